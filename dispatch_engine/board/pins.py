"""What is fixed of the calls that are open: by hand, or because the technician has the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.state import RouteKey, decided_stops
from dispatch_engine.board.visit_status import SENT
from dispatch_engine.model.calls import Pin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call


def pins_of(state: BoardState, calls: Iterable[Call], shifts: Collection[RouteKey]) -> dict[str, Pin]:
    """Return the pins by call, the ranks of each shift numbered anew in the order of the running plan.

    Nobody is held to a technician or shift that is gone.
    """
    pins = {call.id: pin for call in calls if (pin := _pin(state, call)) is not None and _holds(pin, shifts)}
    ranked: dict[RouteKey, list[tuple[tuple[int, int], str]]] = {}
    for call, pin in pins.items():
        if pin.rank is not None and pin.shift is not None:
            key = RouteKey(pin.technician, pin.shift)
            ranked.setdefault(key, []).append(((_place_in_plan(state, key, call), pin.rank), call))
    for entries in ranked.values():
        for rank, (_, call) in enumerate(sorted(entries)):
            pins[call] = pins[call].model_copy(update={"rank": rank})
    return pins


def _pin(state: BoardState, call: Call) -> Pin | None:
    visit = state.visits[call.id]
    if call.pin is not None:
        return call.pin
    if visit.status in SENT and visit.technician is not None:
        return Pin(level="technician", technician=visit.technician)
    return None


def _holds(pin: Pin, shifts: Collection[RouteKey]) -> bool:
    if pin.shift is not None:
        return RouteKey(pin.technician, pin.shift) in shifts
    return any(key.technician == pin.technician for key in shifts)


def _place_in_plan(state: BoardState, key: RouteKey, call: str) -> int:
    """Return the place of a call on its route; one that is not on it comes behind."""
    route = state.plan.routes.get(key)
    stops = [] if route is None else [stop.call for stop in decided_stops(route)]
    return stops.index(call) if call in stops else len(stops)
