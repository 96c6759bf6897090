"""Visits: how far they have come by the reports of phones and dispatchers, in whatever order those arrive."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.finding import reported_at, shift_at, the_call, the_capacity, the_open_call
from dispatch_engine.board.errors import VisitNotBegunError
from dispatch_engine.board.state import TechnicianState
from dispatch_engine.board.visit_status import CLOSED, RANK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.plan import Stop


def report_visit(state: BoardState, command: c.ReportVisit, now: datetime) -> Iterator[e.Event]:
    """Take a report: the same one again changes nothing, a late one fills gaps only, any other is a fact."""
    call = the_call(state, command.call)
    the_capacity(state, command.technician)
    at = reported_at(state, command.at, now)
    visit = state.visits[call.id]
    if _is_repeated(state, visit, command):
        return
    if visit.status == "cancelled" or _is_late(state, visit, command):
        yield _report(state, command, at, is_late=True)
        return
    yield from _abandoned(state, command)
    follow_up = _follow_up(state, call) if _needs_second_visit(command) else None
    yield _report(state, command, at, follow_up=None if follow_up is None else follow_up.id)
    yield from _used(state, command)
    if follow_up is not None:
        yield e.CallCreated(call=follow_up)


def estimate(state: BoardState, command: c.Estimate, now: datetime) -> Iterator[e.Event]:
    """Expect another arrival, end or duration."""
    call = the_open_call(state, command.call)
    status = state.visits[call.id].status
    if command.ends_at is not None and status != "on_site":
        raise VisitNotBegunError(call.id, status)
    if command.arrives_at is not None and status != "en_route":
        raise VisitNotBegunError(call.id, status)
    if command.ends_at is not None or command.arrives_at is not None:
        yield e.Estimated(call=call.id, ends_at=command.ends_at, arrives_at=command.arrives_at)
    if command.duration is not None:
        yield e.CallChanged(call=call.model_copy(update={"duration": command.duration, "durations": {}}))


def _is_repeated(state: BoardState, visit: VisitState, command: c.ReportVisit) -> bool:
    """Whether the board knows this already: the phone's number came before, and the visit is as reported."""
    last = state.crew.get(command.technician, TechnicianState()).sequence
    is_known = command.sequence is not None and last is not None and command.sequence <= last
    return is_known and visit.status == command.status and visit.technician == command.technician


def _is_late(state: BoardState, visit: VisitState, command: c.ReportVisit) -> bool:
    """Whether a later report was there before: the visit has come further, or the phone has counted on."""
    if visit.technician == command.technician and RANK[visit.status] >= _rank(command):
        return visit.status != command.status or visit.status in CLOSED
    if visit.status in CLOSED:
        return True
    last = state.crew.get(command.technician, TechnicianState()).sequence
    is_behind = command.sequence is not None and last is not None and command.sequence < last
    return is_behind and visit.status != "new"


def _rank(command: c.ReportVisit) -> int:
    return RANK["dispatched"] if command.status == "declined" else RANK[command.status]


def _report(
    state: BoardState, command: c.ReportVisit, at: datetime, *, is_late: bool = False, follow_up: str | None = None
) -> e.VisitReported:
    capacity = state.capacity(command.technician)
    assert capacity is not None
    shift = _shift_of(state, command, at)
    expected_at = command.expected_at
    if command.status == "en_route" and expected_at is None:
        stop = _planned_stop(state, command.call, command.technician)
        expected_at = None if stop is None else at + timedelta(seconds=stop.travel_s)
    return e.VisitReported(
        call=command.call,
        technician=command.technician,
        shift=shift,
        status=command.status,
        at=at,
        sequence=command.sequence,
        expected_at=expected_at,
        reason=command.reason,
        is_late=is_late,
        follow_up=follow_up,
        parts=_set_aside(state, command),
    )


def _shift_of(state: BoardState, command: c.ReportVisit, at: datetime) -> str | None:
    """Return the shift that work belongs to: that of the plan or of earlier reports, else the nearest in time."""
    visit = state.visits[command.call]
    if visit.technician == command.technician and visit.shift is not None:
        return visit.shift
    planned = state.planned_on(command.call)
    if planned is not None and planned.technician == command.technician:
        return planned.shift
    capacity = state.capacity(command.technician)
    assert capacity is not None
    nearest = shift_at(capacity, at)
    return None if nearest is None else nearest.id


def _planned_stop(state: BoardState, call: str, technician: str) -> Stop | None:
    key = state.planned_on(call)
    if key is None or key.technician != technician:
        return None
    return next(stop for stop in state.plan.routes[key].stops if stop.call == call)


def _abandoned(state: BoardState, command: c.ReportVisit) -> Iterator[e.Event]:
    """Take back what the technician was under way to: nobody drives to two sites at once."""
    if RANK.get(command.status, 0) < RANK["en_route"]:
        return
    left = tuple(
        call
        for call, visit in state.visits.items()
        if visit.status == "en_route" and visit.technician == command.technician and call != command.call
    )
    if left:
        yield e.Recalled(calls=left)


def _needs_second_visit(command: c.ReportVisit) -> bool:
    return command.status in ("unable", "awaiting_parts") and command.follow_up


def _follow_up(state: BoardState, call: Call) -> Call:
    """Return the call for a second visit: as the first, without what was fixed of it."""
    number = 2
    while f"{call.id}-{number}" in state.calls:
        number += 1
    return call.model_copy(update={"id": f"{call.id}-{number}", "pin": None, "promise": None, "windows": ()})


def _set_aside(state: BoardState, command: c.ReportVisit) -> dict[str, int]:
    """Return the pieces that the technician keeps for the visit: as planned, else what the call needs for certain."""
    if command.status not in ("en_route", "on_site"):
        return {}
    visit = state.visits[command.call]
    if visit.parts and visit.technician == command.technician:
        return visit.parts
    stop = _planned_stop(state, command.call, command.technician)
    return dict(state.calls[command.call].parts) if stop is None or stop.kind == "fact" else dict(stop.parts)


def _used(state: BoardState, command: c.ReportVisit) -> Iterator[e.Event]:
    """Take what was used out of the van; where nothing is said, a completed visit used what was set aside."""
    used = command.parts_used
    if used is None and command.status == "completed":
        used = state.visits[command.call].parts or _set_aside(state, command.model_copy(update={"status": "on_site"}))
    if used:
        pieces = {part: -number for part, number in used.items()}
        yield e.StockMoved(technician=command.technician, pieces=pieces, cause="used", call=command.call)
