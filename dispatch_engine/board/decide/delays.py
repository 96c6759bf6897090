"""Where technicians are and when they are free: positions, breaks, delays, estimates."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.errors import DelayUnclearError, NothingSaidError
from dispatch_engine.board.decide.finding import reported_at, the_capacity, the_open_call, the_shift_at
from dispatch_engine.board.errors import VisitNotBegunError
from dispatch_engine.board.heads import begun_by_route, expected_end
from dispatch_engine.board.state import Position, RouteKey, ShiftState, TechnicianState
from dispatch_engine.model.effective import duration_of
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


def report_position(state: BoardState, command: c.ReportPosition, now: datetime) -> Iterator[e.Event]:
    """Keep a position that is newer than the one known, and when its technician will be on the site seen from there."""
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    known = state.crew.get(capacity.id, TechnicianState()).position
    if known is not None and at <= known.at:
        return
    position = Position(lat=command.lat, lon=command.lon, at=at)
    yield e.PositionReported(technician=capacity.id, position=position, sequence=command.sequence)
    call = _under_way_to(state, capacity.id, "en_route")
    if command.arrives_at is not None and call is not None:
        visit = state.visits[call]
        is_since = visit.departed_at is None or at >= visit.departed_at
        if is_since and visit.arrival_expected_at != command.arrives_at:
            yield e.Estimated(call=call, at=at, arrives_at=command.arrives_at)


def report_break(state: BoardState, command: c.ReportBreak, now: datetime) -> Iterator[e.Event]:
    """Take the next break of the shift: the technician is free behind it, where the last visit was.

    A report during a break is of that break.
    """
    capacity, at = the_capacity(state, command.technician), reported_at(state, command.at, now)
    shift = the_shift_at(capacity, at)
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id, ShiftState())
    is_same = known.break_at is not None and _is_during(known, at)
    behind = known.breaks_taken - is_same
    duration = shift.breaks[behind].duration if behind < len(shift.breaks) else DEFAULT_BREAK
    begun_at = known.break_at if is_same and known.break_at is not None else at
    place = whereabouts(state, capacity, shift) if known.free is None else known.free.place
    resume = Resume(place=place, at=max(command.ends_at or at + duration, begun_at))
    if not is_same or resume != known.free:
        yield e.BreakTaken(technician=capacity.id, shift=shift.id, at=begun_at, resume=resume)


def report_delay(state: BoardState, command: c.ReportDelay, now: datetime) -> Iterator[e.Event]:
    """Expect a technician to be free later: from the site, from the way there, or from where the technician is."""
    capacity, at = the_capacity(state, command.technician), now.replace(microsecond=0)
    if (command.delay is None) == (command.free_at is None):
        raise DelayUnclearError
    for status in ("en_route", "on_site"):
        call = _under_way_to(state, capacity.id, status)
        if call is not None:
            yield _estimated_by(state, command, call, capacity, at)
            return
    shift = the_shift_at(capacity, at)
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id, ShiftState())
    begins_at = max(at, shift.start) if known.free is None else max(at, shift.start, known.free.at)
    free_at = command.free_at or begins_at + (command.delay or timedelta(0))
    place = whereabouts(state, capacity, shift) if known.free is None else known.free.place
    yield e.DelayReported(technician=capacity.id, shift=shift.id, at=at, free=Resume(place=place, at=max(at, free_at)))


def estimate(state: BoardState, command: c.Estimate, now: datetime) -> Iterator[e.Event]:
    """Expect another arrival, end or duration; the duration of work that goes on says when it ends."""
    call, at = the_open_call(state, command.call), now.replace(microsecond=0)
    visit = state.visits[call.id]
    if command.ends_at is None and command.arrives_at is None and command.duration is None:
        raise NothingSaidError(("ends_at", "arrives_at", "duration"))
    if command.ends_at is not None and visit.status != "on_site":
        raise VisitNotBegunError(call.id, visit.status)
    if command.arrives_at is not None and visit.status != "en_route":
        raise VisitNotBegunError(call.id, visit.status)
    ends_at = command.ends_at
    if command.duration is not None and ends_at is None and visit.started_at is not None:
        ends_at = visit.started_at + command.duration
    if ends_at is not None or command.arrives_at is not None:
        yield e.Estimated(call=call.id, at=at, ends_at=ends_at, arrives_at=command.arrives_at)
    if command.duration is not None and visit.started_at is None:
        yield e.CallChanged(call=call.model_copy(update={"duration": command.duration, "durations": {}}))


def whereabouts(state: BoardState, capacity: Capacity, shift: Shift) -> Place:
    """Return where a technician is by the reports: at the last visit, else where the shift starts."""
    begun = begun_by_route(state).get(RouteKey(capacity.id, shift.id))
    if begun:
        return state.calls[begun[-1]].place
    place = shift.start_place or capacity.home
    assert place is not None  # a technician without it has been refused
    return place


def _under_way_to(state: BoardState, technician: str, status: str) -> str | None:
    """Return the call that a technician is on the way to or works at, the one begun last."""
    visits = ((call, visit) for call, visit in state.visits.items() if visit.status == status)
    mine = [(visit.started_at or visit.departed_at, call) for call, visit in visits if visit.technician == technician]
    return max(mine, default=(None, None), key=lambda each: (str(each[0]), each[1]))[1]


def _is_during(known: ShiftState, at: datetime) -> bool:
    is_break = known.free is not None and known.free_since == known.break_at
    return is_break and known.free is not None and known.break_at is not None and known.break_at <= at < known.free.at


def _estimated_by(
    state: BoardState, command: c.ReportDelay, call: str, capacity: Capacity, at: datetime
) -> e.Estimated:
    visit, work = state.visits[call], duration_of(state.calls[call], capacity)
    if visit.started_at is not None:
        expected = expected_end(state, state.calls[call], visit, capacity)
        ends_at = command.free_at or expected + (command.delay or timedelta(0))
        return e.Estimated(call=call, at=at, ends_at=max(at, ends_at))
    expected = max(visit.arrival_expected_at or at, at)
    arrives_at = expected + command.delay if command.delay is not None else (command.free_at or at) - work
    return e.Estimated(call=call, at=at, arrives_at=max(at, arrives_at))
