"""A board as the problem document that the planner solves: heads, pins, absences and the time of planning filled in.

A planner that follows a board asks again after every event, and most of a board is as it was. ``ProblemWriter`` keeps
what it made, with the objects it was made of: what comes of the same objects is the same object again, so that who
compares documents finds at a glance what has changed. The document is the same as without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from dispatch_engine.board.heads import Head, begun_by_route, head_of, is_quiet
from dispatch_engine.board.pairs import fitted_to
from dispatch_engine.board.pins import pins_of
from dispatch_engine.board.presence import left_of
from dispatch_engine.board.state import RouteKey, TechnicianState
from dispatch_engine.board.visit_status import RANK
from dispatch_engine.model.calls import Call
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.technicians import Capacity
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Pin
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift

C = TypeVar("C", bound=Capacity)

_OPEN = frozenset(status for status, rank in RANK.items() if rank < RANK["en_route"])


def problem_of(state: BoardState) -> ProblemDocument:
    """Return the problem that the board is at its time.

    Calls that are closed are there only as facts of a shift on the board; those that are worked on by somebody without
    a shift are left out, for nothing of them is to be decided.
    """
    return ProblemWriter().problem_of(state)


class _Made(NamedTuple):
    """Something that was made, and what of; the one is compared by identity, the other by value."""

    objects: tuple[object, ...]
    values: tuple[object, ...]
    result: Any

    def holds_for(self, objects: tuple[object, ...], values: tuple[object, ...]) -> bool:
        is_same = all(mine is theirs for mine, theirs in zip(self.objects, objects, strict=True))
        return is_same and self.values == values


class ProblemWriter:
    """Writes the problem documents of one board, one after the other; for one thread at a time."""

    def __init__(self) -> None:
        self._heads: dict[RouteKey, Head] = {}
        self._capacities: dict[str, _Made] = {}
        self._calls: dict[str, _Made] = {}

    def problem_of(self, state: BoardState) -> ProblemDocument:
        """Return the problem that the board is at its time; what has not changed is the same object as before."""
        heads = self._heads_of(state)
        technicians = tuple(self._planned(state, each, heads) for each in state.technicians.values())
        providers = tuple(self._planned(state, each, heads) for each in state.providers.values())
        shifts = {RouteKey(each.id, shift.id): shift for each in (*technicians, *providers) for shift in each.shifts}
        facts = {fact.call for head in heads.values() for fact in head.facts.visits}
        update = {
            "now": state.plans_from,
            "technicians": technicians,
            "providers": providers,
            "calls": self._calls_of(state, facts, shifts),
        }
        return _in_time(state.setup.model_copy(update=update))

    def _heads_of(self, state: BoardState) -> dict[RouteKey, Head]:
        begun, heads = begun_by_route(state), dict[RouteKey, Head]()
        for capacity in (*state.technicians.values(), *state.providers.values()):
            for shift in capacity.shifts:
                key = RouteKey(capacity.id, shift.id)
                if is_quiet(state, key, begun.get(key, ())):
                    continue
                head = head_of(state, capacity, shift, begun.get(key, ()))
                if head is not None:
                    before = self._heads.get(key)
                    heads[key] = before if before is not None and before == head else head
        self._heads = heads
        return heads

    def _planned(self, state: BoardState, capacity: C, heads: Mapping[RouteKey, Head]) -> C:
        """Return a technician or provider with what is left of the shifts, and of the stock beside what is taken."""
        crew = state.crew[capacity.id]
        own = [heads.get(RouteKey(capacity.id, shift.id)) for shift in capacity.shifts]
        signed_off = tuple(known.signed_off_at for known in crew.shifts.values())
        objects, values = (capacity, crew.absences, *own), (signed_off, state.plans_from if crew.absences else None)
        made = self._capacities.get(capacity.id)
        if made is None or len(made.objects) != len(objects) or not made.holds_for(objects, values):
            made = _Made(objects, values, _with_heads(capacity, crew, own, state))
            self._capacities[capacity.id] = made
        planned: C = made.result
        return planned

    def _calls_of(
        self, state: BoardState, facts: Collection[str], shifts: Mapping[RouteKey, Shift]
    ) -> tuple[Call, ...]:
        visits = state.visits
        open_calls = [call for name, call in state.calls.items() if name not in facts and visits[name].status in _OPEN]
        pins = pins_of(state, open_calls, shifts)
        calls = [self._call_of(state, call, pins.get(call.id), call.id in facts) for call in _kept(state, facts)]
        self._calls = {name: made for name, made in self._calls.items() if name in state.calls}
        return tuple(calls)

    def _call_of(self, state: BoardState, call: Call, pin: Pin | None, is_fact: bool) -> Call:
        visit = state.visits[call.id]
        if is_fact:
            pin = None
        elif pin is None and call.pin is None and not visit.declined_by:
            return call
        if pin is call.pin and (is_fact or (not visit.declined_by and visit.override is None)):
            return call
        people = tuple(state.capacities) if visit.declined_by else ()
        capacity = None if pin is None else state.capacity(pin.technician)
        is_overridden = visit.override is not None
        objects: tuple[object, ...] = (call, visit.declined_by, capacity if is_overridden else None)
        values = (pin, is_fact, people, is_overridden)
        made = self._calls.get(call.id)
        if made is None or not made.holds_for(objects, values):
            update = {"pin": pin} if is_fact else _decided(call, visit, pin, people, capacity)
            made = self._calls[call.id] = _Made(objects, values, call.model_copy(update=update))
        written: Call = made.result
        return written


def _kept(state: BoardState, facts: Collection[str]) -> Iterable[Call]:
    visits = state.visits
    return (call for name, call in state.calls.items() if name in facts or visits[name].status in _OPEN)


def _with_heads(capacity: C, crew: TechnicianState, heads: Sequence[Head | None], state: BoardState) -> C:
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


def _decided(
    call: Call, visit: VisitState, pin: Pin | None, people: Collection[str], capacity: Capacity | None
) -> dict[str, Any]:
    """Return what is other of a call: what is fixed of it, who declined it, which rules are set aside for it."""
    update: dict[str, Any] = {} if pin == call.pin else {"pin": pin}
    if capacity is not None and visit.override is not None:
        update |= fitted_to(call, capacity)
    excluded = [name for name in visit.declined_by if name not in call.excluded_technicians and name in people]
    if excluded:
        update |= _without_those(call.model_copy(update=update), excluded, people)
    return update


def _without_those(call: Call, excluded: Sequence[str], people: Collection[str]) -> dict[str, Any]:
    """Return who may be sent without some technicians: nobody, where only they were asked for."""
    required = tuple(each for each in call.required_technicians if each not in excluded)
    if call.required_technicians and not required:
        return {"excluded_technicians": tuple(people), "required_technicians": (), "preferred_technicians": ()}
    return {
        "excluded_technicians": (*call.excluded_technicians, *excluded),
        "required_technicians": required,
        "preferred_technicians": tuple(each for each in call.preferred_technicians if each not in excluded),
    }


def _in_time(document: ProblemDocument) -> ProblemDocument:
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
