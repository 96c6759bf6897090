"""What the solver's tests share: plan with little effort, and let the checker judge what comes out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solver.checker import check
from solver.objective import Objective
from solver.params import Params
from solver.problem import Problem
from solver.solution import Route, Solution
from solver.solve import Result, solve
from solver.stop import IterationLimit
from solver.tables import build_tables
from solver.timetable import route_ticks, timed_route
from tests.solver.builder import Shift, Technician, Visit, make_problem

QUICK = Params(seed=1, master=None)
NEAR, FAR = Shift(technician=0), Shift(technician=1, start_place=2, end_place=2)
FURTHER_TICKS = 2 * (2400 - 600) * (10 + 1)
"""What the longer way of ``near_and_far`` costs, there and back: ten metres and one paid second for each second."""


def plan(
    problem: Problem, params: Params = QUICK, iterations: int = 200, start: Sequence[Sequence[int]] | None = None
) -> Result:
    """Solve a problem; the checker accepts the plan and derives the same cost term by term."""
    result = solve(problem, params, IterationLimit(iterations), start)
    assert faults(problem, result.solution) == []
    assert set(result.why) == set(result.solution.unplanned)
    return result


def faults(problem: Problem, solution: Solution) -> list[str]:
    """Return what the checker has against a plan; its cost has to be stated in full."""
    report = check(problem, solution)
    assert dict(solution.cost_by_term) == dict(report.cost_by_term)
    return [violation.message for violation in report.violations]


def timed(problem: Problem, visits: Sequence[int], shift: int = 0) -> Route:
    """Time a sequence by the schedule pass; the checker accepts the route, whose terms add up to the pass's ticks."""
    tables = build_tables(problem)
    objective, route = Objective(problem, tables), timed_route(problem, tables, shift, visits)
    assert route is not None
    left_out = [v for v in range(problem.n_visits) if v not in {*visits, *problem.fact_visits}]
    assert faults(problem, Solution((route,), tuple(left_out), objective.cost_by_term([route], left_out))) == []
    assert sum(objective.route_by_term(route).values()) == route_ticks(tables, shift, visits)
    return route


def near_and_far(visit: Visit, crew: Sequence[Technician] | None = None) -> Problem:
    """Return a visit 600 s away from technician 0 and 2,400 s away from technician 1."""
    return make_problem([visit], crew, [NEAR, FAR], line_s=(0, 600, 3000))


def codes(result: Result, visit: int = 0) -> list[str]:
    """Return the reason codes against an unplanned visit, one for each shift."""
    return [reason.reason.code for reason in result.why[visit]]


def order(solution: Solution, shift: int = 0) -> tuple[int, ...]:
    """Return the decided visits of a shift in order."""
    return next((route.visits for route in solution.routes if route.shift == shift), ())


def starts(solution: Solution) -> dict[int, int]:
    """Return when each planned visit starts."""
    return {stop.visit: stop.start_s for route in solution.routes for stop in route.stops}


def at_position(visits: Sequence[int], position: int, visit: int) -> list[int]:
    """Return ``visits`` with ``visit`` put in before ``position``."""
    return [*visits[:position], visit, *visits[position:]]


def as_route(visits: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return visits as the kernels take them."""
    return np.array(visits, np.int64)
