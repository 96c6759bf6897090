"""A board as the problem document that the planner solves: heads, pins, absences and the time of planning filled in."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, TypeVar

from dispatch_engine.board.heads import heads_by_route
from dispatch_engine.board.pins import pins_of
from dispatch_engine.board.presence import last_moment, left_of
from dispatch_engine.board.state import RouteKey, TechnicianState
from dispatch_engine.board.visit_status import RANK
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.technicians import Capacity
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.board.heads import Head
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call, Pin
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift

C = TypeVar("C", bound=Capacity)

NO_RULES: Final[dict[str, object]] = {
    "skills": {},
    "tools": (),
    "parts": {},
    "parts_cases": (),
    "windows": (),
    "released_at": None,
    "required_technicians": (),
    "excluded_technicians": (),
    "territory_rule": "ignored",
}
"""A call that was given to somebody by hand against a rule: whoever did so has seen to it."""


def problem_of(state: BoardState) -> ProblemDocument:
    """Return the problem that the board is at its time.

    Calls that are closed are there only as facts of a shift on the board; those that are worked on by somebody without
    a shift are left out, for nothing of them is to be decided.
    """
    heads = heads_by_route(state)
    technicians = tuple(_with_heads(state, each, heads) for each in state.technicians.values())
    providers = tuple(_with_heads(state, each, heads) for each in state.providers.values())
    shifts = {RouteKey(each.id, shift.id) for each in chain(technicians, providers) for shift in each.shifts}
    facts = {fact.call for head in heads.values() for fact in head.facts.visits}
    open_calls = [call for call in state.calls.values() if call.id not in facts and _is_open(state, call.id)]
    pins = pins_of(state, open_calls, shifts)
    decided = {call.id: _to_decide(state, call, pins.get(call.id)) for call in open_calls}
    calls = (decided.get(call.id) or _done(call) for call in state.calls.values() if call.id in {*facts, *decided})
    update = {"now": state.plans_from, "technicians": technicians, "providers": providers, "calls": tuple(calls)}
    return _with_horizon(state.setup.model_copy(update=update))


def _with_horizon(document: ProblemDocument) -> ProblemDocument:
    """Return the document with a horizon that goes up to now at least, when all shifts are over."""
    period, now = horizon_of(document), document.now
    assert now is not None
    if now <= period.end:
        return document
    return document.model_copy(update={"horizon": Window(start=min(period.start, now), end=now)})


def _is_open(state: BoardState, call: str) -> bool:
    return RANK[state.visits[call].status] < RANK["en_route"]


def _with_heads(state: BoardState, capacity: C, heads: Mapping[RouteKey, Head]) -> C:
    """Return a technician or provider with what is left of the shifts, and of the stock beside what is spoken for."""
    shifts = tuple(_shifts(state, capacity, heads))
    withheld = [heads[key].withheld for shift in capacity.shifts if (key := RouteKey(capacity.id, shift.id)) in heads]
    update: dict[str, object] = {} if shifts == capacity.shifts else {"shifts": shifts}
    if any(withheld):
        taken = {part: sum(each.get(part, 0) for each in withheld) for each in withheld for part in each}
        update["stock"] = {part: max(0, number - taken.get(part, 0)) for part, number in capacity.stock.items()}
    return capacity.model_copy(update=update) if update else capacity


def _shifts(state: BoardState, capacity: Capacity, heads: Mapping[RouteKey, Head]) -> Iterator[Shift]:
    crew = state.crew.get(capacity.id, TechnicianState())
    for shift in capacity.shifts:
        head = heads.get(RouteKey(capacity.id, shift.id))
        left = left_of(shift, last_moment(shift, crew), None if head is None else head.facts)
        if left is not None:
            yield left


def _done(call: Call) -> Call:
    """Return a call of which nothing is fixed any more, for it is a fact."""
    return call if call.pin is None else call.model_copy(update={"pin": None})


def _to_decide(state: BoardState, call: Call, pin: Pin | None) -> Call:
    """Return a call with what is fixed of it, and without the technicians who declined it."""
    update: dict[str, object] = {} if pin == call.pin else {"pin": pin}
    if state.visits[call.id].override is not None:
        return call.model_copy(update={**update, **NO_RULES})
    excluded = [name for name in state.visits[call.id].declined_by if name not in call.excluded_technicians]
    if excluded:
        update["excluded_technicians"] = (*call.excluded_technicians, *excluded)
        update["preferred_technicians"] = tuple(each for each in call.preferred_technicians if each not in excluded)
        update["required_technicians"] = tuple(each for each in call.required_technicians if each not in excluded)
    return call.model_copy(update=update) if update else call
