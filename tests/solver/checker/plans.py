"""Plans written by hand for the checker's tests: a route is an order of visits, and the few times that matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from solver.checker import check
from solver.problem import NONE, Problem
from solver.solution import BreakTaken, Route, Solution, Stop
from tests.solver.builder import Visit, make_problem

TWO_VISITS = make_problem([Visit(), Visit()])
"""Out 600 s to visit 0, 600 s on to visit 1, 1,200 s back; 600 s of service each; 10 m for a second of driving."""


def drive(
    problem: Problem,
    visits: Sequence[int],
    *,
    shift: int = 0,
    starts: Mapping[int, int] | None = None,
    departure_s: int | None = None,
    breaks: Sequence[tuple[int, int, int]] = (),
    end_s: int | None = None,
) -> Route:
    """Drive through ``visits`` without idling, from time 0 at the start place.

    ``starts`` fixes the start of a visit; ``breaks`` are (index, gap, start) and delay the stop after them; ``end_s``
    replaces the end. Facts are not for here: see ``with_facts``.
    """
    shifts = problem.shifts
    clock_s = depart_s = int(shifts.start_s[shift]) if departure_s is None else departure_s
    durations = shifts.break_duration_s.row(shift)
    taken = tuple(BreakTaken(index, gap, at, at + durations[index]) for index, gap, at in breaks)
    places = [int(shifts.start_place[shift]), *(int(problem.visits.place[v]) for v in visits)]
    stops: list[Stop] = []
    for visit, leg in zip(visits, pairwise(places), strict=True):
        travel_s, distance_m = way(problem, shift, *leg)
        late_s = sum(b.end_s - b.start_s for b in taken if b.before == len(stops) and b.start_s >= depart_s)
        arrival_s = clock_s + travel_s + late_s
        start_s = (starts or {}).get(visit, arrival_s)
        clock_s = start_s + int(problem.visits.service_s[visit, shifts.technician[shift]])
        stops.append(Stop(visit, arrival_s, start_s, clock_s, travel_s, distance_m))
    back = (0, 0) if shifts.end_place[shift] == NONE else way(problem, shift, places[-1], int(shifts.end_place[shift]))
    late_s = sum(b.end_s - b.start_s for b in taken if b.before == len(stops))
    return Route(shift, depart_s, clock_s + back[0] + late_s if end_s is None else end_s, tuple(stops), taken, *back)


def way(problem: Problem, shift: int, origin: int, destination: int) -> tuple[int, int]:
    """Return seconds and metres of a leg at normal speed."""
    profile = int(problem.shifts.profile[shift])
    travel = problem.travel
    return int(travel.duration_s[profile, origin, destination]), int(travel.distance_m[profile, origin, destination])


def plan(*routes: Route, unplanned: Sequence[int] = ()) -> Solution:
    """Put routes together to a plan without a stated cost."""
    return Solution(routes, tuple(unplanned))


def with_stop(route: Route, position: int, **changes: int | bool) -> Route:
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
