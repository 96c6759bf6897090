"""What is fixed of the calls that are open: by hand, or because the technician has the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.state import RouteKey
from dispatch_engine.board.visit_status import SENT
from dispatch_engine.model.calls import Pin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Shift


def pins_of(state: BoardState, calls: Iterable[Call], shifts: Mapping[RouteKey, Shift]) -> dict[str, Pin]:
    """Return the pins by call, the ranks of each shift numbered anew in the order of the running plan.

    ``shifts`` are those that are left. Nobody is held to a technician or shift that is gone, no call to a start that
    has gone by, and no order holds longer than the shift that it was given on.
    """
    people = {key.technician for key in shifts}
    pins = {call.id: pin for call in calls if (pin := _pin(state, call, shifts)) is not None}
    pins = {call: pin for call, pin in pins.items() if _holds(pin, shifts, people)}
    ranked: dict[RouteKey, list[tuple[tuple[int, int], str]]] = {}
    for call, pin in pins.items():
        if pin.rank is not None and pin.shift is not None:
            key = RouteKey(pin.technician, pin.shift)
            ranked.setdefault(key, []).append(((_place_in_plan(state, key, call), pin.rank), call))
    for entries in ranked.values():
        for rank, (_, call) in enumerate(sorted(entries)):
            if pins[call].rank != rank:
                pins[call] = pins[call].model_copy(update={"rank": rank})
    return pins


def _pin(state: BoardState, call: Call, shifts: Mapping[RouteKey, Shift]) -> Pin | None:
    pin = call.pin
    if pin is not None:
        is_missed = pin.level == "start" and pin.start is not None and pin.start < state.plans_from
        return pin.model_copy(update={"level": "order", "start": None}) if is_missed else pin
    visit = state.visits[call.id]
    if visit.status not in SENT or visit.technician is None or not _is_on(state, visit.technician, visit.shift, shifts):
        return None
    return Pin(level="technician", technician=visit.technician)


def _is_on(state: BoardState, technician: str, name: str | None, shifts: Mapping[RouteKey, Shift]) -> bool:
    """Whether the shift of an order still takes work on; an order without a shift is for any."""
    if name is None:
        return True
    shift = shifts.get(RouteKey(technician, name))
    return shift is not None and shift.end + shift.overtime_cap > state.plans_from


def _holds(pin: Pin, shifts: Mapping[RouteKey, Shift], people: set[str]) -> bool:
    if pin.shift is not None:
        return RouteKey(pin.technician, pin.shift) in shifts
    return pin.technician in people


def _place_in_plan(state: BoardState, key: RouteKey, call: str) -> int:
    """Return the place of a call on its route; one that is not on it comes behind."""
    route = state.plan.routes.get(key)
    stops = [] if route is None else [stop.call for stop in route.stops if stop.kind != "break"]
    return stops.index(call) if call in stops else len(stops)
