"""Technicians on the way to a stock location: nobody sends them elsewhere before they have been there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.finding import reported_at, the_capacity, the_location, the_shift_at
from dispatch_engine.board.folding.crew import shift_state
from dispatch_engine.board.heads import first_ahead
from dispatch_engine.board.state import RouteKey
from dispatch_engine.model.facts import Resume

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState


def report_restock(state: BoardState, command: c.ReportRestock, now: datetime) -> Iterator[e.Event]:
    """Have the rest of a technician's day begin at a stock location, on arrival; the same again changes nothing."""
    capacity, location = the_capacity(state, command.technician), the_location(state, command.location)
    at = reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    arrives_at = command.arrives_at or at + _way(state, RouteKey(capacity.id, shift.id), location.id)
    free = Resume(place=location.place, at=max(at, arrives_at))
    if free != shift_state(state, capacity.id, shift.id).free:
        yield e.RestockBegun(technician=capacity.id, shift=shift.id, location=location.id, at=at, free=free)


def _way(state: BoardState, key: RouteKey, location: str) -> timedelta:
    """Return how long the way to a restock takes that is planned next; nothing where another stop is, or none."""
    route = state.plan.routes.get(key)
    stop = None if route is None else first_ahead(state, route)
    return timedelta(seconds=stop.travel_s) if stop is not None and stop.location == location else timedelta(0)
