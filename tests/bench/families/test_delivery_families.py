from pathlib import Path

import pytest

from bench.families.family import Instance, InstanceError
from bench.families.mtvrptwr import MultiTrip
from bench.families.sdvrptw import SiteDependent
from bench.families.tours import Tour
from bench.families.vrptw import Homberger, Solomon
from tests.bench.families.tiny import planned, solomon, vrplib

POSITIONS = ["0 0", "0 10", "7 7"]
"""The way to the last is 9.899."""

TIMES = ["0 100", "0 100", "0 100"]


def cost_of_plan(instance: Instance) -> float:
    """Return what the document's plan costs, having seen that the family's judge says the same."""
    found, tours = planned(instance)
    judgement = instance.judged(tours)
    assert judgement.faults == ()
    assert not found.unplanned
    assert float(found.cost.total) == judgement.cost
    return judgement.cost


def test_solomons_distances_are_cut_off_after_one_decimal(tmp_path: Path) -> None:
    nodes = ["0 0 0 0 100 0", "7 7 10 0 100 5"]
    assert cost_of_plan(Solomon().read(solomon(tmp_path, nodes))) == 19.6


def test_a_van_brings_no_more_than_its_capacity(tmp_path: Path) -> None:
    nodes = ["0 0 0 0 100 0", "0 10 6 0 100 5", "0 10 5 0 100 5"]
    assert cost_of_plan(Solomon().read(solomon(tmp_path, nodes, capacity=11))) == 20
    assert cost_of_plan(Solomon().read(solomon(tmp_path, nodes, capacity=10))) == 40


def test_hombergers_service_is_the_same_for_all_customers(tmp_path: Path) -> None:
    header = {"DIMENSION": 3, "VEHICLES": 2, "CAPACITY": 10, "SERVICE_TIME": 50}
    sections = {"NODE_COORD": POSITIONS, "DEMAND": ["0", "1", "1"], "TIME_WINDOW": TIMES}
    instance = Homberger().read(vrplib(tmp_path, header, sections))
    assert instance.judged([Tour(1, (1, 2))]).faults == ("vehicle 1 is at 0 at 1274, after 1000",)
    assert cost_of_plan(instance) == 20 + 19.6


def test_customers_of_different_vehicles_need_different_vans(tmp_path: Path) -> None:
    header = {"DIMENSION": 3, "VEHICLES": 2, "VEHICLES_MAX_DURATION": 90}
    sections = {
        "NODE_COORD": POSITIONS,
        "DEMAND": ["0", "1", "1"],
        "SERVICE_TIME": ["0", "5", "5"],
        "TIME_WINDOW": TIMES,
        "CAPACITY": ["10", "10"],
        "VEHICLES_ALLOWED_CLIENTS": ["2", "2 3"],
    }
    instance = SiteDependent().read(vrplib(tmp_path, header, sections))
    _, tours = planned(instance)
    assert cost_of_plan(instance) == 10_000 + 7616 + 9899
    assert [(tour.vehicle, {*tour.stops}) for tour in tours] == [(2, {1, 2})]


def multi_trip(folder: Path, release: list[str], demand: list[str] | None = None) -> Instance:
    header = {"DIMENSION": 3, "VEHICLES": 1, "CAPACITY": 10, "SERVICE_TIME": 5}
    sections = {
        "NODE_COORD": POSITIONS,
        "DEMAND": demand or ["0", "6", "6"],
        "TIME_WINDOW": TIMES,
        "RELEASE_TIME": release,
    }
    return MultiTrip().read(vrplib(folder, header, sections))


def test_a_full_van_comes_back_for_the_rest(tmp_path: Path) -> None:
    instance = multi_trip(tmp_path, ["0", "0", "0"])
    _, tours = planned(instance)
    assert cost_of_plan(instance) == 200 + 2 * 98
    assert {tours[0].stops} <= {(0, 1, 0, 2), (0, 2, 0, 1)}


def test_goods_leave_no_earlier_than_they_are_there(tmp_path: Path) -> None:
    instance = multi_trip(tmp_path, ["0", "0", "40"])
    assert cost_of_plan(instance) == 200 + 2 * 98
    assert planned(instance).tours == (Tour(1, (0, 1, 0, 2)),)


def test_goods_that_come_later_are_waited_for_where_both_fit(tmp_path: Path) -> None:
    instance = multi_trip(tmp_path, ["0", "0", "40"], demand=["0", "5", "5"])
    assert cost_of_plan(instance) == 100 + 76 + 98


def test_a_file_of_another_family_is_refused(tmp_path: Path) -> None:
    path = vrplib(tmp_path, {"DIMENSION": 1}, {"NODE_COORD": ["0 0"]})
    with pytest.raises(InstanceError, match="Maybe it is an instance of another family"):
        SiteDependent().read(path)
    with pytest.raises(InstanceError, match="not in Solomon's format"):
        Solomon().read(path)
