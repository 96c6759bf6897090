from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.frame import Frame
from dispatch_engine.planner.translate import translate
from dispatch_engine.planner.travel_times import travel_times
from dispatch_engine.travel.given import GivenSource, GivenTable
from dispatch_engine.travel.open import open_travel
from dispatch_engine.travel.source import CAR, LatLon, Place, Provenance, TravelMatrix
from tests.dispatch_engine.planner.days import call, day, plan_of, reasons_of, straight_road, technician

EVERYWHERE = GivenSource({"car": GivenTable(["-"], [[0]], [[0]])})


class Unasked:
    """A source that must not be asked for times."""

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        raise AssertionError(f"asked for {len(places)} places of {profile}")

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        return None

    def provenance(self) -> Provenance:
        return EVERYWHERE.provenance()


def located(**more: Any) -> ProblemDocument:
    home, north, south = ({"lat": lat, "lon": -71.3} for lat in (-29.95, -29.96, -29.97))
    calls = [call("C-1", duration=600) | {"place": place} for place in (north,)]
    calls += [call("C-2") | {"place": south}, call("C-3") | {"place": north}, call("C-4") | {"place": home}]
    crew = [technician() | {"home": home}]
    return day(calls, crew, travel={"source": "geodesic"}, **more)


def test_calls_and_homes_at_one_point_are_one_place() -> None:
    places = Frame.of(located()).places
    assert [place.lat for place in places.for_travel] == [-29.96, -29.97, -29.95]
    assert [[user.id for user in users] for users in places.users] == [["C-1", "C-3"], ["C-2"], ["C-4", "T-1"]]


def test_places_are_named_by_their_id_else_by_whose_they_are() -> None:
    home = {"id": "depot", "lat": 1.0, "lon": 2.0}
    problem = day([call() | {"place": {"lat": 1.0, "lon": 2.1}}], [technician(home="depot")], places=[home], travel={})
    assert [place.id for place in Frame.of(problem).places.for_travel] == ["call C-1", "depot"]


def test_each_profile_in_use_has_its_matrix() -> None:
    slow = straight_road()["matrices"][0] | {"profile": "bike"}
    slow = slow | {"duration_s": [[4 * entry for entry in row] for row in slow["duration_s"]]}
    travel = {"source": "matrix", "matrices": [slow, *straight_road()["matrices"]]}
    problem = day([call()], [technician(), technician("T-2", profile="bike")], travel=travel)
    solver_problem = translate(problem, open_travel(problem.travel, Path.cwd())).solver_problem
    assert solver_problem.shifts.profile.tolist() == [0, 1]
    assert np.array_equal(4 * solver_problem.travel.duration_s[0], solver_problem.travel.duration_s[1])


def test_without_calls_or_shifts_no_source_is_asked() -> None:
    for problem in (day([]), day([call()], []), day([call()], [technician(shifts=[])])):
        assert travel_times(Frame.of(problem), Unasked()).warnings == ()


def test_a_place_that_cannot_be_reached_is_a_warning_and_the_reason_of_its_call() -> None:
    roads = straight_road()["matrices"][0]
    for i in range(5):
        roads["duration_s"][i][5] = roads["duration_s"][5][i] = None
    problem = day([call(), call("C-2", "P5")], travel={"source": "matrix", "matrices": [roads]})
    found = plan_of(problem)
    assert [(warning.code, warning.call) for warning in found.warnings] == [("no_route", "C-2")]
    assert "no way" in reasons_of(found)["unreachable"]


def test_a_place_far_from_any_road_is_a_warning_with_the_distance_for_each_call_there() -> None:
    far = {"lat": -29.93, "lon": -71.5}
    calls = [call() | {"place": far}, call("C-2") | {"place": far}]
    travel = {"source": "road", "network": "coquimbo"}
    problem = day(calls, [technician() | {"home": {"lat": -29.96, "lon": -71.34}}], travel=travel)
    times = travel_times(Frame.of(problem), open_travel(problem.travel, Path.cwd()))
    assert [(warning.code, warning.call) for warning in times.warnings] == [
        ("outside_network", "C-1"),
        ("outside_network", "C-2"),
    ]
    assert all(int(str(warning.detail["distance_m"])) > 5000 for warning in times.warnings)


def test_the_provenance_of_times_is_stated_in_scalars() -> None:
    found = travel_times(Frame.of(located()), open_travel(located().travel, Path.cwd())).provenance
    assert found.source == "geodesic"
    assert found.detail["duration_factor"] == 1.26
    assert found.detail["circuity"] == "[[2000.0, 1.45], [10000.0, 1.4], [30000.0, 1.3]]"


def test_the_provenance_of_a_network_has_its_name() -> None:
    problem = day([], [], travel={"source": "road", "network": "nauru"})
    found = travel_times(Frame.of(problem), open_travel(problem.travel, Path.cwd())).provenance
    assert (found.source, found.detail["network"]) == ("road", "nauru")
    assert str(found.detail["version"]).startswith("sha256:")
    assert "OpenStreetMap" in str(found.attribution)
