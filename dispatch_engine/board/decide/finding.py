"""Finding what a command names, or refusing it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.errors import (
    CallClosedError,
    CallNotThereError,
    LocationNotThereError,
    ReportTooEarlyError,
    ReportTooOldError,
    ShiftNotThereError,
    TechnicianNotThereError,
)

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.model.technicians import Capacity, Shift

AROUND = timedelta(hours=6)
"""Work this long before or after a shift still belongs to it."""


def the_call(state: BoardState, name: str, pointer: str = "/call") -> Call:
    """Return a call of the board.

    Raises
    ------
    CallNotThereError
    """
    if name not in state.calls:
        raise CallNotThereError(name, state.calls.keys(), pointer)
    return state.calls[name]


def the_open_call(state: BoardState, name: str, pointer: str = "/call") -> Call:
    """Return a call of which something is still to be done.

    Raises
    ------
    CallNotThereError, CallClosedError
    """
    call = the_call(state, name, pointer)
    visit = state.visits[name]
    if visit.is_closed:
        raise CallClosedError(name, visit.status)
    return call


def the_capacity(state: BoardState, name: str, pointer: str = "/technician") -> Capacity:
    """Return a technician or provider.

    Raises
    ------
    TechnicianNotThereError
    """
    capacity = state.capacity(name)
    if capacity is None:
        raise TechnicianNotThereError(name, state.capacities.keys(), pointer)
    return capacity


def the_shift(capacity: Capacity, name: str, pointer: str = "/shift") -> Shift:
    """Return a shift.

    Raises
    ------
    ShiftNotThereError
    """
    shift = next((each for each in capacity.shifts if each.id == name), None)
    if shift is None:
        raise ShiftNotThereError(name, [each.id for each in capacity.shifts], pointer)
    return shift


def the_location(state: BoardState, name: str, pointer: str = "/location") -> StockLocation:
    """Return a stock location.

    Raises
    ------
    LocationNotThereError
    """
    found = next((each for each in state.setup.stock_locations if each.id == name), None)
    if found is None:
        raise LocationNotThereError(name, [each.id for each in state.setup.stock_locations], pointer)
    return found


def shift_at(capacity: Capacity, at: datetime) -> Shift | None:
    """Return the shift at or nearest to a moment; None where none is within a few hours of it."""

    def distance(shift: Shift) -> timedelta:
        return max(shift.start - at, at - (shift.end + shift.overtime_cap), timedelta(0))

    nearest = min(capacity.shifts, key=lambda each: (distance(each), each.start), default=None)
    return nearest if nearest is not None and distance(nearest) <= AROUND else None


def the_shift_at(capacity: Capacity, at: datetime) -> Shift:
    """Return the shift at or nearest to a moment.

    Raises
    ------
    ShiftNotThereError
        There is none within a few hours of it.
    """
    shift = shift_at(capacity, at)
    if shift is None:
        raise ShiftNotThereError(f"at {at.isoformat()}", [each.id for each in capacity.shifts], "/technician")
    return shift


def reported_at(state: BoardState, at: datetime | None, now: datetime) -> datetime:
    """Return when something happened, in whole seconds; what is not said is now.

    Raises
    ------
    ReportTooEarlyError, ReportTooOldError
    """
    if at is None:
        return now.replace(microsecond=0)
    if at > now + state.rules.clock_tolerance:
        raise ReportTooEarlyError(at, now)
    if at < now - state.rules.oldest_report:
        raise ReportTooOldError(at, state.rules.oldest_report)
    return at
