"""The fold: a board after an event is a function of the board before and the event, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, Any

from dispatch_engine.board import events as e
from dispatch_engine.board.folding import opening, plans, setup, stock, technicians, visits
from dispatch_engine.board.setup_events import (
    ContractSet,
    LocationRemoved,
    LocationSet,
    MeetingRemoved,
    MeetingSet,
    PartSet,
    PolicySet,
    RulesSet,
    TerritorySet,
)
from dispatch_engine.board.state import BoardState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from dispatch_engine.board.state import RunningRoutes

_STEPS: Mapping[type[Any], Callable[[BoardState, Any], BoardState]] = {
    e.CallCreated: visits.call_created,
    e.CallChanged: visits.call_changed,
    e.CallCancelled: visits.call_cancelled,
    e.VisitReported: visits.visit_reported,
    e.Estimated: visits.estimated,
    e.VisitDue: visits.visit_due,
    e.CallPinned: visits.call_pinned,
    e.Promised: visits.promised,
    e.Recalled: visits.recalled,
    e.TechnicianSet: technicians.technician_set,
    e.ProviderSet: technicians.provider_set,
    e.ShiftSet: technicians.shift_set,
    e.ShiftCancelled: technicians.shift_cancelled,
    e.SignedOn: technicians.signed_on,
    e.SignedOff: technicians.signed_off,
    e.AbsenceSet: technicians.absence_set,
    e.PositionReported: technicians.position_reported,
    e.BreakTaken: technicians.break_taken,
    e.RestockBegun: technicians.restock_begun,
    e.DelayReported: technicians.delay_reported,
    e.TechnicianRemoved: technicians.technician_removed,
    e.StockMoved: stock.stock_moved,
    e.StockCounted: stock.stock_counted,
    LocationSet: setup.location_set,
    LocationRemoved: setup.location_removed,
    ContractSet: setup.contract_set,
    TerritorySet: setup.territory_set,
    PartSet: setup.part_set,
    MeetingSet: setup.meeting_set,
    MeetingRemoved: setup.meeting_removed,
    PolicySet: plans.policy_set,
    RulesSet: plans.rules_set,
    e.PlanPublished: plans.plan_published,
    e.DayEnded: plans.day_ended,
    e.TimePassed: plans.time_passed,
}


def evolve(state: BoardState | None, event: e.Event) -> BoardState:
    """Return the board after an event; a board begins with ``BoardOpened``."""
    if isinstance(event, e.BoardOpened):
        return opening.board_opened(event)
    if state is None:
        raise AssertionError(f"a board begins with board_opened, not with {event.type}")
    return _STEPS[type(event)](state, event)


def folded(state: BoardState | None, revision: int, now: datetime, happened: Iterable[e.Event]) -> BoardState:
    """Return the board after all events of the entry of ``revision``, which was recorded at ``now``."""
    after = evolved(state, happened)
    assert after is not None  # an entry has at least one event
    return recorded(after, revision, now)


def evolved(state: BoardState | None, happened: Iterable[e.Event]) -> BoardState | None:
    """Return the board after some events of an entry that is not recorded yet; None: there is none, and no event."""
    for event in happened:
        state = evolve(state, event)
    return state


def recorded(state: BoardState, revision: int, now: datetime) -> BoardState:
    """Return the board after all events of an entry as one of that revision and time.

    Time on a board never goes back, whatever the clocks of several servers say; it is in UTC, as the log has it.
    """
    now = max(state.now, now.astimezone(UTC))
    return replace(state, revision=revision, now=now, plan=_settled(state.plan, revision, now))


def _settled(plan: RunningRoutes, revision: int, now: datetime) -> RunningRoutes:
    """Return the plan with the time of its entry, or without its basis where the entry is a later one."""
    if plan.basis is None:
        return plan
    if plan.revision != revision:
        return plan.with_same_routes(basis=None)
    return plan if plan.basis.now is not None else plan.with_same_routes(basis=replace(plan.basis, now=now))
