"""What may not change of the plan, what customers are told of it, and by which prices and rules it is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import require_board
from dispatch_engine.board.decide.errors import VisitBegunError
from dispatch_engine.board.decide.finding import the_capacity, the_open_call, the_shift, the_shift_at
from dispatch_engine.board.errors import CallNotPlannedError
from dispatch_engine.board.setup_events import PolicySet, RulesSet
from dispatch_engine.board.state import calls_of
from dispatch_engine.board.visit_status import SENT, UNTOUCHED
from dispatch_engine.model.calls import MAX_CHANGES, Pin, Promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState, RouteKey
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.plan import Stop
    from dispatch_engine.model.technicians import Capacity


def pin_call(state: BoardState, command: c.PinCall, now: datetime) -> Iterator[e.Event]:
    """Fix what the plan says of a call, or what the command says."""
    call = the_open_call(state, command.call)
    pin = _pin(state, command)
    _require_free(state, call.id, pin.technician)
    if pin != call.pin:
        yield e.CallPinned(call=call.id, pin=pin, override=_still_overridden(state, call, pin))


def unpin_call(state: BoardState, command: c.UnpinCall, now: datetime) -> Iterator[e.Event]:
    """Take a pin away; nothing changes where there is none."""
    if the_open_call(state, command.call).pin is not None:
        yield e.CallPinned(call=command.call, pin=None)


def assign_call(state: BoardState, command: c.AssignCall, now: datetime) -> Iterator[e.Event]:
    """Pin a call to a technician, whatever it costs; whether rules allow it was tried before."""
    call, capacity = the_open_call(state, command.call), the_capacity(state, command.technician)
    _require_free(state, call.id, capacity.id)
    pin = _assigned(capacity, command)
    if pin != call.pin or command.override != state.visits[call.id].override:
        yield e.CallPinned(call=call.id, pin=pin, override=command.override)


def set_policy(state: BoardState, command: c.SetPolicy, now: datetime) -> Iterator[e.Event]:
    """Plan by other prices."""
    if command.policy != state.setup.policy:
        after = replace(state, setup=state.setup.model_copy(update={"policy": command.policy}))
        require_board(state, after, {"/policy": "/policy"}, "the policy")
        yield PolicySet(policy=command.policy)


def set_rules(state: BoardState, command: c.SetRules, now: datetime) -> Iterator[e.Event]:
    """Run the board by other rules."""
    if command.rules != state.rules:
        yield RulesSet(rules=command.rules)


def publish_plan(state: BoardState, command: c.PublishPlan, now: datetime) -> Iterator[e.Event]:
    """Promise what the plan says of the calls on which nobody has begun."""
    planned = _planned(state)
    wanted = planned.keys() if command.calls is None else command.calls
    promises: dict[str, Promise | None] = {}
    for name in wanted:
        call = the_open_call(state, name, "/calls")
        if name not in planned:
            raise CallNotPlannedError(name, "/calls")
        promise = _promised(state, call, *planned[name], now)
        if promise != call.promise and state.visits[name].status != "on_site":
            promises[name] = promise
    if promises:
        yield e.Promised(promises=promises)


def _promised(state: BoardState, call: Call, key: RouteKey, stop: Stop, now: datetime) -> Promise:
    """Return what a customer is told; who was told somebody else hears that it is another, and who when it is time."""
    told = None if call.promise is None else call.promise.technician
    is_named = told == key.technician or state.setup.policy.is_named(stop.start, now)
    technician = key.technician if is_named else None
    return Promise(technician=technician, start=stop.start, changes=_changes(call.promise, key.technician))


def named(state: BoardState, now: datetime) -> Iterator[e.Promised]:
    """Tell customers who were told when somebody comes, and not yet who, where it is time for that by the policy."""
    policy = state.setup.policy
    if policy.name_technician_ahead is None:
        return
    promises: dict[str, Promise | None] = {}
    for name, (key, stop) in _planned(state).items():
        promise = state.calls[name].promise
        if promise is None or promise.technician is not None or state.visits[name].status not in UNTOUCHED:
            continue
        if policy.is_named(stop.start, now):
            promises[name] = promise.model_copy(update={"technician": key.technician})
    if promises:
        yield e.Promised(promises=promises)


def _changes(promise: Promise | None, technician: str) -> int:
    """Return how often a customer has been told of another technician once this one is promised."""
    if promise is None:
        return 0
    return min(MAX_CHANGES, promise.changes + (promise.technician not in (None, technician)))


def recall_plan(state: BoardState, command: c.RecallPlan, now: datetime) -> Iterator[e.Event]:
    """Take promises and orders back; from who is under way, where the call is named."""
    if command.calls is None:
        names = [name for name, visit in state.visits.items() if not visit.is_closed]
    else:
        names = [the_open_call(state, name, "/calls").id for name in dict.fromkeys(command.calls)]
    promised: dict[str, Promise | None] = {name: None for name in names if state.calls[name].promise is not None}
    if promised:
        yield e.Promised(promises=promised)
    taken_back = SENT if command.calls is None else SENT | {"en_route"}
    sent = tuple(name for name in names if state.visits[name].status in taken_back)
    if sent:
        yield e.Recalled(calls=sent, at=now.replace(microsecond=0))


def _require_free(state: BoardState, call: str, technician: str) -> None:
    """Refuse to give a visit to somebody else while its technician is under way or on the site."""
    visit = state.visits[call]
    if visit.is_under_way and visit.technician is not None and visit.technician != technician:
        raise VisitBegunError(call, visit.technician, visit.status)


def _still_overridden(state: BoardState, call: Call, pin: Pin) -> str | None:
    """Return why rules are set aside, where the technician has the call by hand already."""
    is_same = call.pin is not None and call.pin.technician == pin.technician
    return state.visits[call.id].override if is_same else None


def _assigned(capacity: Capacity, command: c.AssignCall) -> Pin:
    shift = None if command.shift is None else the_shift(capacity, command.shift).id
    if command.start is None:
        return Pin(level="technician", technician=capacity.id, shift=shift)
    shift = shift or the_shift_at(capacity, command.start).id
    return Pin(level="start", technician=capacity.id, shift=shift, start=command.start)


def _pin(state: BoardState, command: c.PinCall) -> Pin:
    """Return the pin: what the command leaves open is as planned."""
    key, stop = _planned(state).get(command.call, (None, None))
    technician = command.technician or (None if key is None else key.technician)
    if technician is None:
        raise CallNotPlannedError(command.call)
    capacity = the_capacity(state, technician)
    if key is None or key.technician != technician or command.shift not in (None, key.shift):
        key = stop = None  # the plan says nothing of what is asked for
    shift = command.shift or (key.shift if key is not None and command.level != "technician" else None)
    if shift is not None:
        the_shift(capacity, shift)
    if command.level == "technician":
        return Pin(level="technician", technician=technician, shift=shift)
    start = (command.start or (None if stop is None else stop.start)) if command.level == "start" else None
    if shift is None or (command.level == "start" and start is None):
        raise CallNotPlannedError(command.call)
    rank = None if key is None else calls_of(state.plan.routes[key]).index(command.call)
    return Pin(level=command.level, technician=technician, shift=shift, rank=rank, start=start)


def _planned(state: BoardState) -> dict[str, tuple[RouteKey, Stop]]:
    """Return where the plan has the calls that are open, with whoever is still on the board."""
    return {
        name: (key, stop)
        for name, (key, stop) in state.plan.places.items()
        if name in state.visits and not state.visits[name].is_closed and state.capacity(key.technician) is not None
    }
