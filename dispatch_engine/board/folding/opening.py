"""How a board begins: a problem document taken apart, its facts becoming what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.board.state import (
    BoardState,
    RouteKey,
    RunningRoutes,
    ShiftState,
    TechnicianState,
    VisitState,
)
from dispatch_engine.model.effective import EPOCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.board.events import BoardOpened
    from dispatch_engine.model.facts import VisitFact
    from dispatch_engine.model.technicians import Capacity, Shift

C = TypeVar("C", bound="Capacity")


def board_opened(event: BoardOpened) -> BoardState:
    """Return the board that a document describes; its time is that of the entry, whatever the document says."""
    document = event.document
    facts = dict(_facts(document.capacities))
    return BoardState(
        revision=0,
        now=EPOCH,
        setup=document.model_copy(
            update={"technicians": (), "providers": (), "calls": (), "now": None, "horizon": None}
        ),
        rules=event.rules,
        technicians={each.id: without_facts(each) for each in document.technicians},
        providers={each.id: without_facts(each) for each in document.providers},
        crew={each.id: _technician_state(each) for each in document.capacities},
        calls={call.id: call for call in document.calls},
        visits={call.id: facts.get(call.id, VisitState()) for call in document.calls},
        plan=RunningRoutes(),
    )


def without_facts(capacity: C) -> C:
    """Return a technician or provider whose shifts say nothing of what has happened."""
    if all(shift.facts is None for shift in capacity.shifts):
        return capacity
    shifts = tuple(shift.model_copy(update={"facts": None}) for shift in capacity.shifts)
    return capacity.model_copy(update={"shifts": shifts})


def _facts(capacities: Iterable[Capacity]) -> Iterator[tuple[str, VisitState]]:
    for capacity in capacities:
        for shift in capacity.shifts:
            for fact in shift.facts.visits if shift.facts else ():
                yield fact.call, _visit_state(RouteKey(capacity.id, shift.id), fact)


def _visit_state(key: RouteKey, fact: VisitFact) -> VisitState:
    is_open = fact.status == "on_site"
    return VisitState(
        status=fact.status,
        technician=key.technician,
        shift=key.shift,
        started_at=fact.started_at,
        end_expected_at=fact.completed_at if is_open else None,
        ended_at=None if is_open else fact.completed_at,
    )


def _technician_state(capacity: Capacity) -> TechnicianState:
    return TechnicianState(shifts={shift.id: _shift_state(shift) for shift in capacity.shifts if shift.facts})


def _shift_state(shift: Shift) -> ShiftState:
    facts = shift.facts
    assert facts is not None
    return ShiftState(departed_at=facts.departed_at, breaks_taken=facts.breaks_taken, resume=facts.resume)
