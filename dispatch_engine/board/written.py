"""What the problem document says of technicians, calls and time, by what has happened on the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from dispatch_engine.board.pairs import fitted_to
from dispatch_engine.board.presence import left_of
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.technicians import Capacity
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dispatch_engine.board.heads import Head
    from dispatch_engine.board.state import BoardState, TechnicianState, VisitState
    from dispatch_engine.model.calls import Call, Pin
    from dispatch_engine.model.problem import ProblemDocument

C = TypeVar("C", bound=Capacity)


def capacity_with(capacity: C, crew: TechnicianState, heads: Sequence[Head | None], state: BoardState) -> C:
    """Return a technician or provider with what is left of the shifts, and of the stock beside what is taken.

    ``heads`` are those of the shifts, in order. The same object comes back where nothing has happened.
    """
    shifts = []
    for shift, head in zip(capacity.shifts, heads, strict=True):
        left = left_of(shift, crew, None if head is None else head.facts, state.plans_from)
        if left is not None:
            shifts.append(left)
    is_same = len(shifts) == len(capacity.shifts) and all(a is b for a, b in zip(shifts, capacity.shifts, strict=True))
    update: dict[str, object] = {} if is_same else {"shifts": tuple(shifts)}
    withheld = [head.withheld for head in heads if head is not None and head.withheld]
    taken = {part: sum(each.get(part, 0) for each in withheld) for each in withheld for part in each}
    stock = {part: max(0, number - taken.get(part, 0)) for part, number in capacity.stock.items()}
    if stock != capacity.stock:
        update["stock"] = stock
    reserved = {part: min(number, stock.get(part, 0)) for part, number in capacity.reserved_stock.items()}
    if reserved != capacity.reserved_stock:
        update["reserved_stock"] = {part: number for part, number in reserved.items() if number}
    return capacity.model_copy(update=update) if update else capacity


def call_as_fact(call: Call) -> Call:
    """Return a call of which nothing is fixed any more, for it is a fact."""
    return call if call.pin is None else call.model_copy(update={"pin": None})


def call_to_decide(state: BoardState, call: Call, pin: Pin | None) -> Call:
    """Return a call with what is fixed of it, who declined it, and without the rules that are set aside for it.

    The same object comes back where there is nothing of that.
    """
    visit = state.visits[call.id]
    update: dict[str, Any] = {} if pin == call.pin else {"pin": pin}
    capacity = None if pin is None or visit.override is None else state.capacity(pin.technician)
    if capacity is not None:
        update |= fitted_to(call, capacity)
    if visit.declined_by:
        update |= _without_those(call.model_copy(update=update), visit, state.capacities)
    return call.model_copy(update=update) if update else call


def _without_those(call: Call, visit: VisitState, people: Collection[str]) -> dict[str, Any]:
    """Return who may be sent without those who declined: nobody, where only they were asked for."""
    excluded = [name for name in visit.declined_by if name not in call.excluded_technicians and name in people]
    if not excluded:
        return {}
    required = tuple(each for each in call.required_technicians if each not in excluded)
    if call.required_technicians and not required:
        return {"excluded_technicians": tuple(people), "required_technicians": (), "preferred_technicians": ()}
    return {
        "excluded_technicians": (*call.excluded_technicians, *excluded),
        "required_technicians": required,
        "preferred_technicians": tuple(each for each in call.preferred_technicians if each not in excluded),
    }


def in_time(document: ProblemDocument) -> ProblemDocument:
    """Return the document with a horizon that goes up to now at least, and without meetings outside of it."""
    period, now = horizon_of(document), document.now
    assert now is not None
    update: dict[str, Any] = {}
    if now > period.end:
        period = Window(start=min(period.start, now), end=now)
        update["horizon"] = period
    meetings = tuple(
        each for each in document.meetings if each.at >= period.start and each.at + each.duration <= period.end
    )
    if meetings != document.meetings:
        update["meetings"] = meetings
    return document.model_copy(update=update) if update else document
