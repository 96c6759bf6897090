"""The plan's bookkeeping: every visit once, every shift once, the facts at the head as recorded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.checker.stops import night_piece_faults, stop_faults
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from solver.problem import Problem
    from solver.solution import Route, Solution, Stop


def route_faults(problem: Problem, route: Route) -> Iterator[Violation]:
    """Yield what makes a route unreadable: an unknown shift or break, bad stops, nothing done, or changed facts."""
    if not 0 <= route.shift < problem.n_shifts:
        yield Violation("shift_unknown", route.shift, f"0 to {problem.n_shifts - 1}")
        return
    for stop in route.stops:
        yield from stop_faults(problem, route.shift, stop)
    yield from night_piece_faults(problem, route)
    n_breaks = len(problem.shifts.break_earliest_s.row(route.shift))
    for taken in route.breaks:
        if not 0 <= taken.index < n_breaks:
            yield Violation("break_unknown", taken.index, f"0 to {n_breaks - 1}", route.shift)
    yield from _changed_facts(problem, route)
    is_used = any(stop.is_visit or stop.gives for stop in route.stops)
    if not is_used and not problem.shifts.fact_visit.row(route.shift):
        yield Violation("route_empty", 0, "1 visit or more", route.shift)


def _recorded_facts(problem: Problem, shift: int) -> list[tuple[int, int, int]]:
    shifts = problem.shifts
    columns = (shifts.fact_visit.row(shift), shifts.fact_start_s.row(shift), shifts.fact_end_s.row(shift))
    return list(zip(*columns, strict=True))


def _changed_facts(problem: Problem, route: Route) -> Iterator[Violation]:
    recorded = _recorded_facts(problem, route.shift)
    for k, fact in enumerate(recorded):
        stop = route.stops[k] if k < len(route.stops) else None
        found = (stop.visit, stop.start_s, stop.end_s) if stop else None
        if found != fact or not (stop and stop.is_fact and stop.sourcing == NONE):
            yield Violation("fact_changed", f"{found}{_label(stop)}", f"{fact} at position {k}", route.shift, fact[0])
    for stop in route.stops[len(recorded) :]:
        if stop.is_fact:
            yield Violation.at(stop, route.shift, "fact_changed", "a stop marked as a fact", "a decided stop")


def _label(stop: Stop | None) -> str:
    if stop is None:
        return ""
    labels = {"not marked as a fact": not stop.is_fact, "with a sourcing": stop.sourcing != NONE}
    return "".join(f", {label}" for label, is_so in labels.items() if is_so)


def shift_faults(problem: Problem, solution: Solution) -> Iterator[Violation]:
    """Yield shifts with two routes, and shifts whose facts no route holds."""
    routes_by_shift = Counter(route.shift for route in solution.routes)
    for shift, count in routes_by_shift.items():
        if count > 1:
            yield Violation("shift_twice", count, 1, shift)
    for shift in range(problem.n_shifts):
        if shift not in routes_by_shift and (facts := problem.shifts.fact_visit.row(shift)):
            yield Violation("fact_changed", "no route", f"a route with the facts {facts}", shift)


def visit_faults(problem: Problem, solution: Solution) -> Iterator[Violation]:
    """Yield visits that are on routes twice, lost, or wrongly among the unplanned."""
    visits = [stop.visit for route in solution.routes for stop in route.stops if stop.visit != NONE]
    on_routes = set(visits)
    if len(on_routes) < len(visits):
        for visit, count in Counter(visits).items():
            if count > 1:
                yield Violation("visit_twice", count, 1, visit=visit)
    missing = set(range(problem.n_visits)).difference(on_routes, solution.unplanned, problem.fact_visits)
    for visit in sorted(missing):
        yield Violation("visit_missing", "neither planned nor unplanned", "one of them", visit=visit)
    yield from _unplanned_faults(problem, on_routes, Counter(solution.unplanned))


def _unplanned_faults(problem: Problem, on_routes: AbstractSet[int], unplanned: Counter[int]) -> Iterator[Violation]:
    facts = problem.fact_visits
    for visit, count in unplanned.items():
        if not 0 <= visit < problem.n_visits:
            yield Violation("visit_unknown", visit, f"0 to {problem.n_visits - 1}")
        elif visit in facts:
            yield Violation("unplanned_wrong", "unplanned", "a fact", visit=visit)
        elif visit in on_routes:
            yield Violation("unplanned_wrong", "unplanned and planned", "one of them", visit=visit)
        elif count > 1:
            yield Violation("unplanned_wrong", f"listed {count} times", "listed once", visit=visit)
