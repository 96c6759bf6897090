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
    """Count a technician as free at a stock location, once there and done; the same again changes nothing."""
    capacity, location = the_capacity(state, command.technician), the_location(state, command.location)
    at = reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    ends_at = command.ends_at or _planned_end(state, RouteKey(capacity.id, shift.id), location.id, at) or at
    free = Resume(place=location.place, at=max(at, ends_at))
    if free != shift_state(state, capacity.id, shift.id).free:
        yield e.RestockBegun(technician=capacity.id, shift=shift.id, location=location.id, at=at, free=free)


def _planned_end(state: BoardState, key: RouteKey, location: str, at: datetime) -> datetime | None:
    """Return when a restock that is planned next would end if the technician set out for it at a moment."""
    route = state.plan.routes.get(key)
    stop = None if route is None else first_ahead(state, route)
    if stop is None or stop.location != location:
        return None
    return max(stop.start, at + timedelta(seconds=stop.travel_s)) + (stop.end - stop.start)
