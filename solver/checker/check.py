"""Judge a plan against a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.costs import cost_by_term, cost_faults
from solver.checker.holdings import van_faults
from solver.checker.meetings import handover_faults
from solver.checker.reading import RouteReading
from solver.checker.record import record_of
from solver.checker.report import CheckReport
from solver.checker.stock import stock_faults
from solver.checker.structure import route_faults, shift_faults, visit_faults
from solver.checker.tools import lent_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from solver.checker.record import RouteRecord
    from solver.checker.report import Violation
    from solver.problem import Problem
    from solver.solution import Solution


def check(
    problem: Problem,
    solution: Solution,
    known: Mapping[int, RouteRecord] | None = None,
    between: Callable[[], None] | None = None,
) -> CheckReport:
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
    known
        Records without faults, by shift, of routes that were read before: they are not read again. They have to be of
        the very route, and of a shift and visits of which nothing has changed but the number of a visit. Rules over
        several routes and the plan's bookkeeping are always judged anew.
    between
        Called after each route; what it raises ends the check.
    """
    unreadable: list[Violation] = []
    records: list[RouteRecord] = []
    for route in solution.routes:
        record = None if known is None else known.get(route.shift)
        if record is None and (faults := list(route_faults(problem, route))):
            unreadable += faults
        else:
            records.append(record or record_of(RouteReading(problem, route)))
        if between is not None:
            between()
    unplanned = [visit for visit in solution.unplanned if 0 <= visit < problem.n_visits]
    costs = cost_by_term(problem, records, unplanned)
    faults = [*unreadable, *shift_faults(problem, solution), *visit_faults(problem, solution)]
    faults += _rule_faults(problem, records)
    if not unreadable:
        faults += handover_faults(records)
        faults += cost_faults(solution, costs)
    return CheckReport(tuple(faults), costs, tuple(records))


def _rule_faults(problem: Problem, records: Sequence[RouteRecord]) -> Iterator[Violation]:
    for record in records:
        yield from record.faults
    yield from van_faults(problem, records)
    yield from stock_faults(problem, records)
    yield from lent_faults(problem, records)
