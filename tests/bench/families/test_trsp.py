from pathlib import Path

import pytest

from bench.families.family import InstanceError
from bench.families.tours import Tour
from bench.families.trsp import Technicians, Trsp
from bench.families.trsp_judge import PROGRAM, published_text
from tests.bench.families.tiny import planned, trsp, written

DEPOT = "0 0 0 100 0 [] [] []"
HOME = "0 10 0 100 0 [0] [0] [1]"
REQUEST = "0 20 0 100 5 [0] [0] [1]"


def instance(folder: Path, *nodes: str, crew: int = 1) -> Technicians:
    return Trsp().read(trsp(folder, [DEPOT, *nodes], crew))


def faults(given: Technicians, *stops: int) -> tuple[str, ...]:
    return given.judged([Tour(1, stops)]).faults


def test_working_time_is_from_the_latest_departure_to_home(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "0 20 50 60 5 [0] [] []")
    assert given.judged([Tour(1, (2,))]).cost == pytest.approx(25)


def test_waiting_that_no_later_departure_saves_is_working_time(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "0 20 0 20 5 [] [] []", "0 20 50 60 5 [] [] []")
    assert given.judged([Tour(1, (2, 3))]).cost == pytest.approx(55 - 20 + 10 + 10)


@pytest.mark.parametrize(
    ("request_node", "missing"),
    [
        ("0 20 0 100 5 [1] [] []", "skills"),
        ("0 20 0 100 5 [] [1] []", "tools"),
        ("0 20 0 100 5 [] [] [2]", "parts"),
    ],
)
def test_a_technician_without_what_is_needed_is_told(tmp_path: Path, request_node: str, missing: str) -> None:
    assert faults(instance(tmp_path, HOME, request_node), 2) == (f"technician 1 has not the {missing} for 2",)


def test_parts_are_used_up_along_the_tour(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, REQUEST, REQUEST)
    assert faults(given, 2, 3) == ("technician 1 has not the parts for 3",)


def test_after_the_depot_nothing_but_skills_is_lacking(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "0 20 0 100 5 [] [1] [9]", "0 20 0 100 5 [1] [] []")
    assert faults(given, 0, 2) == ()
    assert faults(given, 0, 3) == ("technician 1 has not the skills for 3",)


def test_the_depot_is_visited_once(tmp_path: Path) -> None:
    assert faults(instance(tmp_path, HOME, REQUEST), 0, 2, 0) == ("technician 1 is at the depot twice",)


def test_a_late_technician_is_told_where(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "0 20 0 9 5 [] [] []", "0 100 0 100 5 [] [] []")
    assert faults(given, 2) == ("technician 1 is late at 2",)
    assert faults(given, 3) == ("technician 1 is late at 1",)


def test_tours_are_published_in_the_authors_numbers(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, HOME, HOME, REQUEST, REQUEST, crew=3)
    tours = [Tour(1, (4,)), Tour(3, (0, 5))]
    assert published_text(given.file, tours) == "<1,4,6||3,11,5,8>"


def test_a_plan_costs_the_working_time_but_for_ways_rounded_up(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "7 7 0 100 5 [0] [] []")
    found = planned(given)
    cost = given.judged(found.tours).cost
    assert cost == pytest.approx(2 * 58**0.5 + 5)
    assert cost <= float(found.plan.cost.total) <= cost + 0.002


def test_a_plan_goes_to_the_depot_for_what_is_lacking(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, "0 20 0 100 5 [0] [1] [9]")
    tours = planned(given).tours
    assert tours == (Tour(1, (0, 2)),)
    assert given.judged(tours).faults == ()


def test_the_program_beside_the_instances_is_asked_too(tmp_path: Path) -> None:
    given = instance(tmp_path, HOME, REQUEST)
    written(tmp_path / PROGRAM, ["print('working time 26.0000')"])
    assert faults(given, 2) == (f"{PROGRAM} says that the working time is 26.0000, not 25.0000",)
    written(tmp_path / PROGRAM, ["print('working time 25.0000')"])
    assert faults(given, 2) == ()
    written(tmp_path / PROGRAM, ["raise SystemExit('tool 2')"])
    assert faults(given, 2) == (f"{PROGRAM}: tool 2",)


def test_distances_of_the_files_own_are_refused(tmp_path: Path) -> None:
    path = trsp(tmp_path, [DEPOT, HOME, REQUEST])
    written(path, [path.read_text(encoding="utf-8"), "DISTANCES"])
    with pytest.raises(InstanceError, match="brings its own distances"):
        Trsp().read(path)


def test_a_file_of_another_family_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="Maybe it is an instance of another family"):
        Trsp().read(written(tmp_path / "other.txt", ["C101", "VEHICLE"]))
