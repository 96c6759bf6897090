"""When technicians work: shifts, signing on and off, absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import require_shift
from dispatch_engine.board.decide.errors import AbsenceOrderError, FactsStatedError
from dispatch_engine.board.decide.finding import reported_at, the_capacity, the_shift, the_shift_at
from dispatch_engine.board.errors import OverlapError
from dispatch_engine.board.heads import begun_by_route
from dispatch_engine.board.state import Absence, RouteKey, TechnicianState
from dispatch_engine.board.visit_status import SENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.technicians import Shift


def change_shift(state: BoardState, command: c.ChangeShift, now: datetime) -> Iterator[e.Event]:
    """Add a shift or change its times; shifts of one technician do not overlap."""
    capacity, shift = the_capacity(state, command.technician), command.shift
    if shift.facts is not None:
        raise FactsStatedError(shift.id, "/shift/facts")
    for other in capacity.shifts:
        if other.id != shift.id and overlap(shift, other):
            raise OverlapError(shift.id, other.id)
    require_shift(state, capacity.model_copy(update={"shifts": (shift,)}), "/shift")
    if shift not in capacity.shifts:
        yield e.ShiftSet(technician=capacity.id, shift=shift)


def cancel_shift(state: BoardState, command: c.CancelShift, now: datetime) -> Iterator[e.Event]:
    """Take a shift away, with the orders for it; one on which something has happened ends now."""
    capacity, at = the_capacity(state, command.technician), now.replace(microsecond=0)
    shift = the_shift(capacity, command.shift)
    key = RouteKey(capacity.id, shift.id)
    if has_begun(state, key):
        yield e.SignedOff(technician=capacity.id, shift=shift.id, at=at)
    else:
        yield e.ShiftCancelled(technician=capacity.id, shift=shift.id)
    yield from _recalled(_orders_on(state, key), at)


def sign_on(state: BoardState, command: c.SignOn, now: datetime) -> Iterator[e.Event]:
    """Begin the shift of that time; to do so twice changes nothing."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id)
    if known is None or known.signed_on_at is None or known.signed_off_at is not None:
        yield e.SignedOn(technician=capacity.id, shift=shift.id, at=at)


def sign_off(state: BoardState, command: c.SignOff, now: datetime) -> Iterator[e.Event]:
    """End the shift of that time: what is left of it goes to others."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id)
    if known is None or known.signed_off_at != at:
        yield e.SignedOff(technician=capacity.id, shift=shift.id, at=at)
    yield from _recalled(_orders_on(state, RouteKey(capacity.id, shift.id)), at)


def report_absence(state: BoardState, command: c.ReportAbsence, now: datetime) -> Iterator[e.Event]:
    """Note that a technician cannot work then; orders that fall into it go to others.

    An absence takes the place of those that it overlaps.
    """
    capacity, at = the_capacity(state, command.technician), now.replace(microsecond=0)
    since, until = command.since or at, command.until
    if until is not None and until <= since:
        raise AbsenceOrderError(since, until)
    new = Absence(since=since, until=until, reason=command.reason)
    known = state.crew.get(capacity.id, TechnicianState()).absences
    ahead = [each for each in known if not _is_over(each, at) and not _share_time(each, new)]
    absences = tuple(sorted((*ahead, new), key=lambda each: each.since))
    if absences != known:
        yield e.AbsenceSet(technician=capacity.id, absences=absences)
    yield from _recalled(_orders_during(state, capacity.id, new, at), at)


def end_absence(state: BoardState, command: c.EndAbsence, now: datetime) -> Iterator[e.Event]:
    """Note that a technician can work again: absences that have begun are over, else those that lie ahead are off."""
    capacity, at = the_capacity(state, command.technician), now.replace(microsecond=0)
    known = state.crew.get(capacity.id, TechnicianState()).absences
    ahead = tuple(each for each in known if each.since > at)
    has_begun_one = any(each.since <= at and not _is_over(each, at) for each in known)
    if known:
        yield e.AbsenceSet(technician=capacity.id, absences=ahead if has_begun_one else ())


def has_begun(state: BoardState, key: RouteKey) -> bool:
    """Whether something has happened on a shift."""
    known = state.crew.get(key.technician, TechnicianState()).shifts
    return key.shift in known or key in begun_by_route(state)


def overlap(shift: Shift, other: Shift) -> bool:
    """Whether two shifts, overtime included, share time."""
    return other.start < shift.end + shift.overtime_cap and shift.start < other.end + other.overtime_cap


def _is_over(absence: Absence, at: datetime) -> bool:
    return absence.until is not None and absence.until <= at


def _share_time(one: Absence, other: Absence) -> bool:
    is_before = one.until is not None and one.until <= other.since
    is_behind = other.until is not None and other.until <= one.since
    return not (is_before or is_behind)


def _orders_on(state: BoardState, key: RouteKey) -> tuple[str, ...]:
    """Return the calls for which a technician has an order on a shift or is on the way."""
    return tuple(
        sorted(
            call
            for call, visit in state.visits.items()
            if (visit.status in SENT or visit.status == "en_route")
            and (visit.technician, visit.shift) == (key.technician, key.shift)
        )
    )


def _orders_during(state: BoardState, technician: str, absence: Absence, at: datetime) -> tuple[str, ...]:
    """Return the orders that a technician would do then by the plan, and the one on the way where it begins now."""
    found = []
    for call, visit in state.visits.items():
        if visit.technician != technician or visit.is_closed:
            continue
        stop = state.stop_of(call, technician)
        is_then = stop is None or (stop.end > absence.since and (absence.until is None or stop.start < absence.until))
        is_cut_short = visit.status == "en_route" and absence.since <= at
        if is_cut_short or (visit.status in SENT and is_then):
            found.append(call)
    return tuple(sorted(found))


def _recalled(calls: tuple[str, ...], at: datetime) -> Iterator[e.Recalled]:
    if calls:
        yield e.Recalled(calls=calls, at=at)
