"""Judge a plan against a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.breaks import break_faults
from solver.checker.costs import cost_by_term, cost_faults
from solver.checker.figures import figures_of
from solver.checker.holdings import holding_faults, van_faults
from solver.checker.limits import limit_faults
from solver.checker.meetings import handover_faults, meeting_faults
from solver.checker.reading import RouteReading
from solver.checker.report import CheckReport
from solver.checker.restocks import night_faults, restock_faults
from solver.checker.room import room_faults
from solver.checker.rules import visit_rule_faults
from solver.checker.sourcing import sourcing_faults
from solver.checker.stock import stock_faults
from solver.checker.structure import route_faults, shift_faults, visit_faults
from solver.checker.timing import timing_faults
from solver.checker.tools import lent_faults, tool_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solver.checker.report import Violation
    from solver.problem import Problem
    from solver.solution import Solution


def check(problem: Problem, solution: Solution) -> CheckReport:
    """Read the plan from scratch and report every rule it breaks, with its cost and figures.

    The problem is taken as validated (``solver.validation``); above all a shift with facts or a resume point has its
    recorded departure. Where that is missing, every departure is rejected with ``departure_wrong``. A cost that the
    plan states is compared with the derived one term by term. Where a route is so wrong that it cannot be read, neither
    that is compared nor what is given at meetings with what is taken.

    Parameters
    ----------
    problem
        What was to be planned.
    solution
        The plan; its ``cost_by_term`` may be empty.
    """
    faults_by_route = [(route, list(route_faults(problem, route))) for route in solution.routes]
    unreadable = [fault for _, faults in faults_by_route for fault in faults]
    readings = [RouteReading(problem, route) for route, faults in faults_by_route if not faults]
    unplanned = [visit for visit in solution.unplanned if 0 <= visit < problem.n_visits]
    costs = cost_by_term(problem, readings, unplanned)
    faults = [*unreadable, *shift_faults(problem, solution), *visit_faults(problem, solution)]
    faults += _rule_faults(problem, readings)
    if not unreadable:
        faults += handover_faults(readings)
        faults += cost_faults(solution, costs)
    return CheckReport(tuple(faults), costs, tuple(figures_of(reading) for reading in readings))


def _rule_faults(problem: Problem, readings: Sequence[RouteReading]) -> Iterator[Violation]:
    for reading in readings:
        for faults in _ROUTE_RULES:
            yield from faults(reading)
    yield from van_faults(problem, readings)
    yield from stock_faults(problem, readings)
    yield from lent_faults(problem, readings)


_ROUTE_RULES: tuple[Callable[[RouteReading], Iterator[Violation]], ...] = (
    timing_faults,
    break_faults,
    visit_rule_faults,
    limit_faults,
    sourcing_faults,
    tool_faults,
    restock_faults,
    night_faults,
    meeting_faults,
    holding_faults,
    room_faults,
)
