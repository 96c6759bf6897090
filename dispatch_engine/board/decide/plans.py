"""What may not change of the plan, what customers are told of it, and by which prices and rules it is made."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import require_policy
from dispatch_engine.board.decide.finding import the_call, the_capacity, the_open_call, the_shift
from dispatch_engine.board.errors import CallNotPlannedError
from dispatch_engine.board.heads import begun_by_route
from dispatch_engine.board.state import RouteKey, calls_of
from dispatch_engine.board.visit_status import SENT
from dispatch_engine.model.calls import Pin, Promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.plan import Stop


def pin_call(state: BoardState, command: c.PinCall, now: datetime) -> Iterator[e.Event]:
    """Fix what the plan says of a call, or what the command says."""
    call = the_open_call(state, command.call)
    pin = _pin(state, command)
    if pin != call.pin:
        yield e.CallPinned(call=call.id, pin=pin)


def unpin_call(state: BoardState, command: c.UnpinCall, now: datetime) -> Iterator[e.Event]:
    """Take a pin away; nothing changes where there is none."""
    if the_open_call(state, command.call).pin is not None:
        yield e.CallPinned(call=command.call, pin=None)


def assign_call(state: BoardState, command: c.AssignCall, now: datetime) -> Iterator[e.Event]:
    """Pin a call to a technician, whatever it costs; whether rules allow it was tried before."""
    call, capacity = the_open_call(state, command.call), the_capacity(state, command.technician)
    shift = None if command.shift is None else the_shift(capacity, command.shift).id
    pin = Pin(level="technician", technician=capacity.id, shift=shift)
    if pin != call.pin:
        yield e.CallPinned(call=call.id, pin=pin, override=command.override)


def set_policy(state: BoardState, command: c.SetPolicy, now: datetime) -> Iterator[e.Event]:
    """Plan by other prices."""
    require_policy(state.setup.model_copy(update={"policy": command.policy}), "/policy")
    if command.policy != state.setup.policy:
        yield e.PolicySet(policy=command.policy)


def set_rules(state: BoardState, command: c.SetRules, now: datetime) -> Iterator[e.Event]:
    """Run the board by other rules."""
    if command.rules != state.rules:
        yield e.RulesSet(rules=command.rules)


def publish_plan(state: BoardState, command: c.PublishPlan, now: datetime) -> Iterator[e.Event]:
    """Promise what the plan says of the calls."""
    planned = dict(_planned(state))
    wanted = planned.keys() if command.calls is None else command.calls
    promises: dict[str, Promise | None] = {}
    for name in wanted:
        call = the_open_call(state, name, "/calls")
        if name not in planned:
            raise CallNotPlannedError(name)
        key, stop = planned[name]
        promise = Promise(technician=key.technician, start=stop.start)
        if promise != call.promise:
            promises[name] = promise
    if promises:
        yield e.Promised(promises=promises)


def recall_plan(state: BoardState, command: c.RecallPlan, now: datetime) -> Iterator[e.Event]:
    """Take promises and orders back."""
    names: Iterable[str] = state.calls.keys() if command.calls is None else command.calls
    calls = [the_call(state, name, "/calls") for name in names]
    promised = {call.id: None for call in calls if call.promise is not None}
    if promised:
        yield e.Promised(promises=promised)
    sent = tuple(call.id for call in calls if state.visits[call.id].status in SENT)
    if sent:
        yield e.Recalled(calls=sent)


def pass_time(state: BoardState, command: c.PassTime, now: datetime) -> Iterator[e.Event]:
    """Let time pass; what is over since a day leaves the board."""
    yield e.TimePassed()
    yield from _ended(state, now)


def _ended(state: BoardState, now: datetime) -> Iterator[e.Event]:
    """Yield the end of a day: shifts that are over on days gone by, with what was done on them."""
    oldest = now - state.rules.oldest_report
    begun = begun_by_route(state)
    shifts = [
        (RouteKey(capacity.id, shift.id), shift.end + shift.overtime_cap)
        for capacity in state.capacities.values()
        for shift in capacity.shifts
    ]
    over = [key for key, end in shifts if end < oldest and _is_done(state, begun.get(key, ()))]
    done = {call for key in over for call in begun.get(key, ())}
    kept = {call for key, calls in begun.items() if key not in set(over) for call in calls}
    closed = [name for name, visit in state.visits.items() if visit.is_closed and name not in kept]
    gone = tuple(name for name in closed if name in done or _is_old(state, name, oldest))
    if over or gone:
        yield e.DayEnded(calls=gone, shifts=tuple((key.technician, key.shift) for key in over))


def _is_done(state: BoardState, begun: Iterable[str]) -> bool:
    """Whether nobody is on a site or under way on a shift by the reports."""
    return all(state.visits[call].is_closed for call in begun)


def _is_old(state: BoardState, name: str, oldest: datetime) -> bool:
    ended_at = state.visits[name].ended_at or state.calls[name].reported_at
    return ended_at is None or ended_at < oldest


def _pin(state: BoardState, command: c.PinCall) -> Pin:
    """Return the pin: what the command leaves open is as planned."""
    planned = dict(_planned(state)).get(command.call)
    technician = command.technician or (planned[0].technician if planned else None)
    if technician is None:
        raise CallNotPlannedError(command.call)
    capacity = the_capacity(state, technician)
    is_as_planned = planned is not None and planned[0].technician == technician
    shift = command.shift or (planned[0].shift if planned and is_as_planned and command.level != "technician" else None)
    if shift is not None:
        the_shift(capacity, shift)
    if command.level == "technician":
        return Pin(level="technician", technician=technician, shift=shift)
    if shift is None or not planned:
        raise CallNotPlannedError(command.call)
    rank = _rank(state, planned[0], command.call) if is_as_planned else None
    start = (command.start or planned[1].start) if command.level == "start" else None
    return Pin(level=command.level, technician=technician, shift=shift, rank=rank, start=start)


def _rank(state: BoardState, key: RouteKey, call: str) -> int:
    """Return the place of a call among those of its route, from 0."""
    return calls_of(state.plan.routes[key]).index(call)


def _planned(state: BoardState) -> Iterator[tuple[str, tuple[RouteKey, Stop]]]:
    stops = chain.from_iterable(((key, stop) for stop in route.stops) for key, route in state.plan.routes.items())
    for key, stop in stops:
        if stop.call is not None and not state.visits[stop.call].is_closed:
            yield stop.call, (key, stop)
