"""Plans written by hand for the checker's tests: a route is an order of visits, and the few times that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias

from solver.checker import check
from solver.problem import NONE, Problem
from solver.solution import BreakTaken, Route, Solution, Stop
from tests.solver.builder import Visit, make_problem

Tour: TypeAlias = Sequence[int | Stop]
"""Visits by number, and stops that ``serve``, ``restock`` and ``meet`` make."""

TWO_VISITS = make_problem([Visit(), Visit()])
"""Out 600 s to visit 0, 600 s on to visit 1, 1,200 s back; 600 s of service each; 10 m for a second of driving."""


def drive(
    problem: Problem,
    stops: Tour,
    *,
    shift: int = 0,
    starts: Mapping[int, int] | None = None,
    departure_s: int | None = None,
    breaks: Sequence[tuple[int, int, int]] = (),
    end_s: int | None = None,
    overnight: Mapping[int, int] | None = None,
) -> Route:
    """Drive to ``stops`` without idling, from time 0 at the start place: visits, or what ``serve`` and others make.

    ``starts`` fixes the start of a visit; ``breaks`` are (index, gap, start) and delay the stop after them; ``end_s``
    replaces the end. Facts are not for here: see ``with_facts``.
    """
    shifts = problem.shifts
    clock_s = depart_s = int(shifts.start_s[shift]) if departure_s is None else departure_s
    durations = shifts.break_duration_s.row(shift)
    taken = tuple(BreakTaken(index, gap, at, at + durations[index]) for index, gap, at in breaks)
    planned = [serve(stop) if isinstance(stop, int) else stop for stop in stops]
    places = [int(shifts.start_place[shift]), *(place_of(problem, stop) for stop in planned)]
    timed: list[Stop] = []
    for stop, leg in zip(planned, pairwise(places), strict=True):
        travel_s, distance_m = way(problem, shift, *leg)
        late_s = sum(b.end_s - b.start_s for b in taken if b.before == len(timed) and b.start_s >= depart_s)
        arrival_s = clock_s + travel_s + late_s
        start_s = (starts or {}).get(stop.visit, max(arrival_s, earliest_of(problem, stop)))
        clock_s = start_s + stay_of(problem, stop, shift)
        way_to = replace(stop, travel_s=travel_s, distance_m=distance_m)
        timed.append(replace(way_to, arrival_s=arrival_s, start_s=start_s, end_s=clock_s))
    back = (0, 0) if shifts.end_place[shift] == NONE else way(problem, shift, places[-1], int(shifts.end_place[shift]))
    late_s = sum(b.end_s - b.start_s for b in taken if b.before == len(timed))
    over_s = clock_s + back[0] + late_s if end_s is None else end_s
    return Route(shift, depart_s, over_s, tuple(timed), taken, *back, overnight=tuple((overnight or {}).items()))


def serve(visit: int, sourcing: int = NONE) -> Stop:
    """Make a visit that gets its parts by a sourcing, for ``drive`` to time."""
    return Stop(visit, 0, 0, 0, 0, 0, sourcing=sourcing)


def restock(
    location: int = 0, loads: Mapping[int, int] | None = None, tools: Sequence[int] = (), start_s: int = 0
) -> Stop:
    """Make a restock that begins at ``start_s`` or when the technician is there, for ``drive`` to time."""
    lines = tuple((loads or {}).items())
    return Stop(NONE, 0, start_s, 0, 0, 0, location=location, loads=lines, tools=tuple(tools))


def meet(meeting: int = 0, gives: Mapping[int, int] | None = None, takes: Mapping[int, int] | None = None) -> Stop:
    """Make a stop at a meeting, for ``drive`` to time."""
    given, taken = tuple((gives or {}).items()), tuple((takes or {}).items())
    return Stop(NONE, 0, 0, 0, 0, 0, meeting=meeting, gives=given, loads=taken)


def place_of(problem: Problem, stop: Stop) -> int:
    """Return where a stop is."""
    if stop.is_visit:
        return int(problem.visits.place[stop.visit])
    is_meeting = stop.location == NONE
    return int(problem.meetings.place[stop.meeting] if is_meeting else problem.stock.place[stop.location])


def earliest_of(problem: Problem, stop: Stop) -> int:
    """Return when a stop may begin: a meeting at its time, a restock not before its ``start_s``."""
    return stop.start_s if stop.meeting == NONE else int(problem.meetings.at_s[stop.meeting])


def stay_of(problem: Problem, stop: Stop, shift: int) -> int:
    """Return how long a stop takes."""
    if stop.is_visit:
        return int(problem.visits.service_s[stop.visit, problem.shifts.technician[shift]])
    if stop.meeting != NONE:
        return int(problem.meetings.handling_s[stop.meeting])
    n_lines = len(stop.loads) + len(stop.tools)
    return int(problem.stock.handling_s[stop.location] + n_lines * problem.stock.line_s[stop.location])


def way(problem: Problem, shift: int, origin: int, destination: int) -> tuple[int, int]:
    """Return seconds and metres of a leg at normal speed."""
    profile = int(problem.shifts.profile[shift])
    travel = problem.travel
    return int(travel.duration_s[profile, origin, destination]), int(travel.distance_m[profile, origin, destination])


def plan(*routes: Route, unplanned: Sequence[int] = ()) -> Solution:
    """Put routes together to a plan without a stated cost."""
    return Solution(routes, tuple(unplanned))


def with_stop(route: Route, position: int, **changes: object) -> Route:
    """Change fields of one stop."""
    stops = list(route.stops)
    stops[position] = replace(stops[position], **changes)  # type: ignore[arg-type]  # the fields differ in type
    return replace(route, stops=tuple(stops))


def codes(problem: Problem, *routes: Route, unplanned: Sequence[int] = ()) -> set[str]:
    """Return the codes of the violations of a plan, each of which states itself in a sentence."""
    report = check(problem, plan(*routes, unplanned=unplanned))
    for violation in report.violations:
        assert "Maybe" in violation.message
    return set(report.codes)


def costs(problem: Problem, *routes: Route, unplanned: Sequence[int] = ()) -> dict[str, int]:
    """Return the derived cost by term of a plan that breaks no rule."""
    report = check(problem, plan(*routes, unplanned=unplanned))
    assert report.accepted, [violation.message for violation in report.violations]
    return dict(report.cost_by_term)
