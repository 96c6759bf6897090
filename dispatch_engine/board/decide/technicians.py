"""Technicians and providers: who there is, when they work, where they are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import require_provider, require_shift, require_technician
from dispatch_engine.board.decide.finding import reported_at, the_capacity, the_shift, the_shift_at
from dispatch_engine.board.errors import OverlapError
from dispatch_engine.board.heads import begun_by_route
from dispatch_engine.board.state import Absence, Position, RouteKey, TechnicianState
from dispatch_engine.model.facts import Resume
from dispatch_engine.model.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.technicians import Capacity, Shift

DEFAULT_BREAK = timedelta(minutes=30)
"""Where neither the report nor the shift says how long a break is."""


def set_technician(state: BoardState, command: c.SetTechnician, now: datetime) -> Iterator[e.Event]:
    """Add or replace a technician."""
    require_technician(state, command.technician, "/technician")
    yield e.TechnicianSet(technician=command.technician)


def set_provider(state: BoardState, command: c.SetProvider, now: datetime) -> Iterator[e.Event]:
    """Add or replace a provider."""
    require_provider(state, command.provider, "/provider")
    yield e.ProviderSet(provider=command.provider)


def change_shift(state: BoardState, command: c.ChangeShift, now: datetime) -> Iterator[e.Event]:
    """Add a shift or change its times; shifts of one technician do not overlap."""
    capacity, shift = the_capacity(state, command.technician), command.shift
    others = [each for each in capacity.shifts if each.id != shift.id]
    for other in others:
        if other.start < shift.end + shift.overtime_cap and shift.start < other.end + other.overtime_cap:
            raise OverlapError(shift.id, other.id)
    changed = capacity.model_copy(update={"shifts": (shift,)})
    require_shift(state, changed, "/shift")
    yield e.ShiftSet(technician=capacity.id, shift=shift)


def cancel_shift(state: BoardState, command: c.CancelShift, now: datetime) -> Iterator[e.Event]:
    """Take a shift away; one on which something has happened ends now."""
    capacity = the_capacity(state, command.technician)
    shift = the_shift(capacity, command.shift)
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id)
    if known is not None or RouteKey(capacity.id, shift.id) in begun_by_route(state):
        yield e.SignedOff(technician=capacity.id, shift=shift.id, at=now.replace(microsecond=0))
    else:
        yield e.ShiftCancelled(technician=capacity.id, shift=shift.id)


def sign_on(state: BoardState, command: c.SignOn, now: datetime) -> Iterator[e.Event]:
    """Begin the shift of that time."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    yield e.SignedOn(technician=capacity.id, shift=the_shift_at(capacity, at).id, at=at)


def sign_off(state: BoardState, command: c.SignOff, now: datetime) -> Iterator[e.Event]:
    """End the shift of that time."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    yield e.SignedOff(technician=capacity.id, shift=the_shift_at(capacity, at).id, at=at)


def report_absence(state: BoardState, command: c.ReportAbsence, now: datetime) -> Iterator[e.Event]:
    """Note that a technician cannot work; in the future is as good as in the past."""
    capacity = the_capacity(state, command.technician)
    since = command.since or now.replace(microsecond=0)
    absence = Absence(since=since, until=command.until, reason=command.reason)
    yield e.AbsenceSet(technician=capacity.id, absence=absence)


def end_absence(state: BoardState, command: c.EndAbsence, now: datetime) -> Iterator[e.Event]:
    """Note that a technician can work again; nothing changes where that is so already."""
    capacity = the_capacity(state, command.technician)
    if state.crew.get(capacity.id, TechnicianState()).absences:
        yield e.AbsenceSet(technician=capacity.id, absence=None)


def report_position(state: BoardState, command: c.ReportPosition, now: datetime) -> Iterator[e.Event]:
    """Keep a position that is newer than the one known."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    known = state.crew.get(capacity.id, TechnicianState()).position
    if known is None or at > known.at:
        position = Position(lat=command.lat, lon=command.lon, at=at)
        yield e.PositionReported(technician=capacity.id, position=position, sequence=command.sequence)


def report_break(state: BoardState, command: c.ReportBreak, now: datetime) -> Iterator[e.Event]:
    """Take the next break of the shift: the technician is free behind it, where the last visit was."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    taken = state.crew.get(capacity.id, TechnicianState()).shifts
    behind = taken[shift.id].breaks_taken if shift.id in taken else 0
    duration = shift.breaks[behind].duration if behind < len(shift.breaks) else DEFAULT_BREAK
    resume = Resume(place=_whereabouts(state, capacity, shift), at=command.ends_at or at + duration)
    yield e.BreakTaken(technician=capacity.id, shift=shift.id, at=at, resume=resume)


def _whereabouts(state: BoardState, capacity: Capacity, shift: Shift) -> Place:
    """Return where a technician is by the reports: at the last visit, else where the shift starts."""
    begun = begun_by_route(state).get(RouteKey(capacity.id, shift.id))
    if begun:
        return state.calls[begun[-1]].place
    place = shift.start_place or capacity.home
    assert place is not None  # a technician without it has been refused
    return place
