"""How a board begins: a problem document taken apart, its facts becoming what has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.board.history import Said
from dispatch_engine.board.replay import replayed
from dispatch_engine.board.state import (
    BoardState,
    Move,
    RouteKey,
    RunningRoutes,
    ShiftState,
    TechnicianState,
    VisitState,
)
from dispatch_engine.model.effective import EPOCH
from dispatch_engine.model.places import NamedPlace
from dispatch_engine.model.positions import positions_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.board.events import BoardOpened
    from dispatch_engine.model.facts import VisitFact
    from dispatch_engine.model.problem import ProblemDocument
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
            update={
                "technicians": (),
                "providers": (),
                "calls": (),
                "now": None,
                "horizon": None,
                "places": _named_places(document),
            }
        ),
        rules=event.rules,
        technicians={each.id: without_facts(each) for each in document.technicians},
        providers={each.id: without_facts(each) for each in document.providers},
        crew={each.id: _technician_state(each) for each in document.capacities},
        calls={call.id: call for call in document.calls},
        visits={call.id: facts.get(call.id, VisitState()) for call in document.calls},
        plan=RunningRoutes(),
    )


def _named_places(document: ProblemDocument) -> tuple[NamedPlace, ...]:
    """Return all places by name, also those whose position is stated where they are used: that use may end."""
    stated = {place.id for place in document.places}
    others = ((name, at) for name, at in positions_of(document).items() if name not in stated)
    return (*document.places, *(NamedPlace(id=name, lat=at.lat, lon=at.lon) for name, at in others))


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
    ends = {"expected_at": fact.completed_at} if is_open else {}
    said = [Said(kind="on_site", technician=key.technician, shift=key.shift, at=fact.started_at, **ends)]
    if not is_open:
        said.append(Said(kind=fact.status, technician=key.technician, shift=key.shift, at=fact.completed_at))
    return VisitState(said=tuple(said)).model_copy(update=replayed(said))


def _technician_state(capacity: Capacity) -> TechnicianState:
    known = {shift.id: (_shift_state(shift), shift.facts) for shift in capacity.shifts if shift.facts}
    return TechnicianState(
        shifts={name: shift for name, (shift, _) in known.items()},
        moves=tuple(Move(call=fact.call, at=fact.started_at) for _, facts in known.values() for fact in facts.visits),
    )


def _shift_state(shift: Shift) -> ShiftState:
    facts = shift.facts
    assert facts is not None
    return ShiftState(departed_at=facts.departed_at, breaks_taken=facts.breaks_taken, free=facts.resume)
