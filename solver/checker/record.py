"""What is kept of a route once it was read: its faults, its cost, and what rules over several routes need to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solver.checker.breaks import break_faults
from solver.checker.costs import route_costs
from solver.checker.holdings import holding_faults
from solver.checker.limits import limit_faults
from solver.checker.meetings import handovers_of, meeting_faults
from solver.checker.reserves import free_spans
from solver.checker.restocks import night_faults, restock_faults
from solver.checker.room import room_faults
from solver.checker.rules import visit_rule_faults
from solver.checker.sourcing import sourcing_faults
from solver.checker.stock import withdrawals_of
from solver.checker.timing import timing_faults
from solver.checker.tools import borrowed_tools, tool_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from solver.checker.meetings import Handover
    from solver.checker.reading import RouteReading
    from solver.checker.report import RouteFigures, Violation
    from solver.checker.stock import Withdrawal


class RouteRecord(NamedTuple):
    """One route. ``costs`` in ticks as ``route_costs`` has them; ``drawn`` pieces by part from the van's own stock.

    ``withdrawals`` are from stock locations, ``borrowed`` (location, tool) one for each piece, ``handovers`` at
    meetings; ``free`` are the intervals in which the technician could take another call, where there are reserves.
    """

    shift: int
    technician: int
    faults: tuple[Violation, ...]
    costs: tuple[int, ...]
    figures: RouteFigures
    drawn: Mapping[int, int]
    withdrawals: tuple[Withdrawal, ...]
    borrowed: tuple[tuple[int, int], ...]
    handovers: tuple[Handover, ...]
    free: tuple[tuple[int, int], ...]


def record_of(reading: RouteReading) -> RouteRecord:
    """Judge a route by the rules that concern it alone."""
    return RouteRecord(
        shift=reading.shift,
        technician=reading.technician,
        faults=tuple(fault for faults in _ROUTE_RULES for fault in faults(reading)),
        costs=route_costs(reading),
        figures=reading.figures,
        drawn={part: account.drawn for part, account in reading.accounts.items()},
        withdrawals=tuple(withdrawals_of(reading)),
        borrowed=tuple(borrowed_tools(reading)),
        handovers=tuple(handovers_of(reading)),
        free=free_spans(reading),
    )


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
