"""Judge a plan against a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.breaks import break_faults
from solver.checker.costs import cost_by_term, cost_faults
from solver.checker.figures import figures_of
from solver.checker.limits import limit_faults, part_faults
from solver.checker.reading import RouteReading
from solver.checker.report import CheckReport
from solver.checker.rules import visit_rule_faults
from solver.checker.structure import route_faults, shift_faults, visit_faults
from solver.checker.timing import timing_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.report import Violation
    from solver.problem import Problem
    from solver.solution import Solution


def check(problem: Problem, solution: Solution) -> CheckReport:
    """Read the plan from scratch and report every rule it breaks, with its cost and figures.

    The problem is taken as validated (``solver.validation``); above all a shift with facts or a resume point has its
    recorded departure. Where that is missing, every departure is rejected with ``departure_wrong``. A cost that the
    plan states is compared with the derived one term by term, unless a route is so wrong that it cannot be priced.

    Parameters
    ----------
    problem
        What was to be planned.
    solution
        The plan; its ``cost_by_term`` may be empty.
    """
    unreadable = [fault for route in solution.routes for fault in route_faults(problem, route)]
    readings = [RouteReading(problem, r) for r in solution.routes if not any(route_faults(problem, r))]
    unplanned = [visit for visit in solution.unplanned if 0 <= visit < problem.n_visits]
    costs = cost_by_term(problem, readings, unplanned)
    faults = [*unreadable, *shift_faults(problem, solution), *visit_faults(problem, solution)]
    faults += _rule_faults(problem, readings)
    if not unreadable:
        faults += cost_faults(solution, costs)
    return CheckReport(tuple(faults), costs, tuple(figures_of(reading) for reading in readings))


def _rule_faults(problem: Problem, readings: Sequence[RouteReading]) -> Iterator[Violation]:
    for reading in readings:
        yield from timing_faults(reading)
        yield from break_faults(reading)
        yield from visit_rule_faults(reading)
        yield from limit_faults(reading)
    yield from part_faults(problem, readings)
