"""The frame of the map, its lines and its markers."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from dispatch_engine.reports.crew import crew_of
from dispatch_engine.reports.frame import SLIMMEST, UNITS_ACROSS, WIDEST, frame_around, path_text
from dispatch_engine.reports.map import DayMap, Ground, day_map, ground_of
from dispatch_engine.reports.streets import TOLERANCE, simplified
from dispatch_engine.travel.source import LatLon
from tests.dispatch_engine.island import documents, island, parsed, stocked

steps = st.lists(st.tuples(st.integers(-9000, 9000), st.integers(-9000, 9000)), min_size=2, max_size=20)


def drawn(view: PlanView) -> tuple[Ground, DayMap]:
    lines = driven_lines(view, Path())
    ground = ground_of(view, lines)
    assert ground is not None
    return ground, day_map(view, view.day_of(view.plan.routes[0]), ground, lines, crew_of(view))


def read_path(path: str) -> list[tuple[int, int]]:
    """Return the corners of a path of one line."""
    head, _, tail = path.removeprefix("M").partition("l")
    points = [tuple(int(part) for part in head.split())]
    numbers = [int(part) for part in tail.replace("-", " -").split()]
    for x, y in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + x, points[-1][1] + y))
    return [(x, y) for x, y in points]


@given(steps)
def test_a_path_reads_back_as_its_line_without_repeats(line: list[tuple[int, int]]) -> None:
    moves = [after for before, after in pairwise(line) if before != after]
    assume(moves)
    assert read_path(path_text([line])) == [line[0], *moves]


def test_a_line_that_stays_where_it_is_has_no_path() -> None:
    assert path_text([[(3, 4), (3, 4)]]) == ""


def test_every_point_lies_inside_its_frame() -> None:
    points = [LatLon(-29.8, -71.3), LatLon(-30.1, -71.2), LatLon(-29.9, -71.4)]
    frame = frame_around(points)
    assert all(frame.holds(*point) for point in points)


@pytest.mark.parametrize("far", [LatLon(-30.9, -71.3), LatLon(-29.8, -70.1)])
def test_a_frame_is_neither_too_slim_nor_too_wide(far: LatLon) -> None:
    frame = frame_around([LatLon(-29.8, -71.3), far])
    assert SLIMMEST - 0.01 <= frame.width / frame.height <= WIDEST + 0.01
    assert max(frame.width, frame.height) == UNITS_ACROSS


def test_a_single_place_has_a_frame() -> None:
    frame = frame_around([LatLon(0.0, 0.0)])
    assert frame.holds(0.0, 0.0)


def test_places_on_both_sides_of_the_antimeridian_are_neighbours() -> None:
    frame = frame_around([LatLon(-17.0, 179.9), LatLon(-17.1, -179.9)])
    assert frame.width * frame.unit_m < 40_000
    assert frame.holds(-17.1, -179.9)


def test_a_simplified_line_keeps_its_ends_and_drops_what_nobody_sees() -> None:
    line = [(0, 0), (50, 1), (100, 0), (100, 200)]
    assert TOLERANCE >= 1
    assert simplified(line) == [(0, 0), (100, 0), (100, 200)]


def test_a_route_follows_the_roads() -> None:
    _, today = drawn(PlanView(*island()))
    assert all(len(read_path(f"M{path}")) > 3 for route in today.routes for path in route.path[1:].split("M")[:1])


def test_each_stop_has_a_marker_with_its_number() -> None:
    _, today = drawn(PlanView(*island()))
    labels = [(marker.member.name, marker.label) for marker in today.markers if marker.member and marker.label]
    assert labels == [("Van one", "1"), ("Van one", "2"), ("Van one", "3"), ("T-2", "1")]


def test_an_unplanned_call_is_marked() -> None:
    _, today = drawn(PlanView(*island()))
    assert [marker.title for marker in today.markers if marker.kind == "unplanned"] == ["C-5 Chiller inland: unplanned"]


def test_an_unplanned_call_on_the_other_side_of_the_globe_does_not_stretch_the_map() -> None:
    problem, plan = documents()
    problem["calls"][4]["place"] = {"lat": 40.0, "lon": -0.5}
    ground, today = drawn(PlanView(*parsed(problem, plan)))
    assert "Outside the map, and unplanned: C-5." in ground.notes
    assert all(marker.kind != "unplanned" for marker in today.markers)


def test_where_nothing_is_planned_the_map_shows_what_is_unplanned() -> None:
    problem, plan = documents()
    view = PlanView(*parsed(problem, plan | {"routes": []}))
    ground = ground_of(view, driven_lines(view, Path()))
    assert ground is not None
    assert ground.notes == ()


def test_stops_without_coordinates_are_counted() -> None:
    problem, plan = documents()
    problem["calls"] = problem["calls"][:3] + problem["calls"][4:]
    del plan["routes"][1]["stops"][0]["place"]
    ground, _ = drawn(PlanView(*parsed(problem, plan)))
    assert "1 stop has no coordinates and cannot be drawn." in ground.notes


def test_the_way_goes_on_from_where_a_technician_resumes() -> None:
    problem, plan = documents()
    resume = {"place": {"lat": -0.5382, "lon": 166.9229}, "at": "2026-03-02T08:40:00+12:00"}
    problem["technicians"][0]["shifts"][0]["facts"]["resume"] = resume
    lines = driven_lines(PlanView(*parsed(problem, plan)), Path())
    assert len(lines.legs[0]) == 5
    assert lines.legs[0][2][0] == LatLon(-0.5382, 166.9229)


def test_restocks_and_meetings_are_markers_of_their_own_with_their_numbers() -> None:
    _, found = drawn(PlanView(*parsed(*stocked())))
    marked = [(marker.kind, marker.label) for marker in found.markers if marker.kind in ("restock", "meeting")]
    assert marked == [("meeting", "3"), ("restock", "2"), ("meeting", "3")]
    assert "restock" not in {marker.kind for marker in drawn(PlanView(*island()))[1].markers}
