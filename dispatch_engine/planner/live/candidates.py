"""Who could take a call of a running plan, and at what price: every shift tried, whatever the call is pinned to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.planner.errors import CallUnknownError
from dispatch_engine.planner.explaining import Option, options_of
from solver.problem import FREE, NONE

if TYPE_CHECKING:
    from dispatch_engine.planner.live.running import RunningPlan
    from solver.problem import Ints, Problem


def candidates(running: RunningPlan, call: str) -> tuple[Option, ...]:
    """Return what every shift could do with a call, the cheapest first; nothing where it is a fact.

    Raises
    ------
    CallUnknownError
        The problem has no such call.
    """
    translation = running.translation
    visit = translation.frame.index.visit.get(call)
    if visit is None:
        raise CallUnknownError(call, running.problem)
    if visit in translation.solver_problem.fact_visits:
        return ()
    routes = [routing.stops for routing in running.routings]
    present = next((s for s, route in enumerate(running.solution.routes) if visit in route.visits), None)
    shift = None if present is None else running.solution.routes[present].shift
    free = replace(translation, solver_problem=_unpinned(translation.solver_problem, visit))
    return options_of(free, routes, visit, shift)


def _unpinned(problem: Problem, visit: int) -> Problem:
    """Return the problem with a visit that nobody has fixed."""
    visits = problem.visits
    visits = replace(
        visits,
        pin_level=_with(visits.pin_level, visit, FREE),
        pin_technician=_with(visits.pin_technician, visit, NONE),
        pin_shift=_with(visits.pin_shift, visit, NONE),
        pin_rank=_with(visits.pin_rank, visit, NONE),
        pin_start_s=_with(visits.pin_start_s, visit, NONE),
    )
    return replace(problem, visits=visits)


def _with(column: Ints, row: int, value: int) -> Ints:
    changed = column.copy()
    changed[row] = value
    return changed
