"""Visits: how far they have come by the reports of phones and dispatchers, in whatever order those arrive."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.finding import reported_at, shift_at, the_call, the_capacity
from dispatch_engine.board.folding.visits import visit_reported
from dispatch_engine.board.visit_status import RANK, SECOND_VISIT, UNDER_WAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Call


def report_visit(state: BoardState, command: c.ReportVisit, now: datetime) -> Iterator[e.Event]:
    """Take a report, early or late: the same one again changes nothing, any other finds its place among the others."""
    call = the_call(state, command.call)
    the_capacity(state, command.technician)
    at = reported_at(state, command.at, now)
    before = state.visits[call.id]
    if _is_repeated(before, command, at):
        return
    report = _report(state, command, at)
    after = visit_reported(state, report).visits[call.id]
    follow_up = _follow_up(state, command, call, after)
    if follow_up is not None:
        report = report.model_copy(update={"follow_up": follow_up.id})
    yield report
    yield from _used(state, command, before, after)
    if follow_up is not None:
        yield e.CallCreated(call=follow_up)
    yield from _second_visit_needless(state, before, after, at)


def _is_repeated(visit: VisitState, command: c.ReportVisit, at: datetime) -> bool:
    """Whether the board knows this already: by the phone's number, else by the time, or since it is so."""
    mine = [each for each in visit.said if each.kind == command.status and each.technician == command.technician]
    if command.sequence is not None:
        return any(each.sequence == command.sequence for each in mine)
    is_so = visit.status == command.status and visit.technician == command.technician
    is_told = command.at is None and is_so and command.expected_at is None
    return is_told or any(each.at == at and each.expected_at == command.expected_at for each in mine)


def _report(state: BoardState, command: c.ReportVisit, at: datetime) -> e.VisitReported:
    expected_at = command.expected_at
    if command.status == "en_route" and expected_at is None:
        stop = state.stop_of(command.call, command.technician)
        expected_at = None if stop is None else at + timedelta(seconds=stop.travel_s)
    return e.VisitReported(
        call=command.call,
        technician=command.technician,
        shift=_shift_of(state, command, at),
        status=command.status,
        at=at,
        sequence=command.sequence,
        expected_at=expected_at,
        reason=command.reason,
        parts=_set_aside(state, command) if command.status in UNDER_WAY else {},
    )


def _shift_of(state: BoardState, command: c.ReportVisit, at: datetime) -> str | None:
    """Return the shift that work belongs to: that of earlier reports or of the plan, else the nearest in time."""
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


def _follow_up(state: BoardState, command: c.ReportVisit, call: Call, after: VisitState) -> Call | None:
    """Return the call for a second visit: as the first, without what was fixed of it, with the parts that it needs."""
    is_wanted = command.status in SECOND_VISIT and command.follow_up
    if not is_wanted or after.status != command.status or after.follow_up is not None:
        return None
    number = 2
    while f"{call.id}-{number}" in state.calls:
        number += 1
    update: dict[str, object] = {"id": f"{call.id}-{number}", "pin": None, "promise": None, "windows": ()}
    update |= {"response_steps": ()}  # somebody has responded
    left = Counter(call.parts) - Counter(command.parts_used or {})
    update["parts"] = dict(left) if command.parts_needed is None else command.parts_needed
    if command.parts_needed is not None:
        update["parts_cases"] = ()  # the cause is known now
    if command.parts_expected_at is not None:
        update["released_at"] = command.parts_expected_at
    return call.model_copy(update=update)


def _second_visit_needless(
    state: BoardState, before: VisitState, after: VisitState, at: datetime
) -> Iterator[e.CallCancelled]:
    """Cancel the second visit of a call that was completed after all, if nobody has set out for it."""
    name = before.follow_up
    is_withdrawn = name is not None and after.status == "completed" and name in state.visits
    if is_withdrawn and name is not None and RANK[state.visits[name].status] < RANK["en_route"]:
        yield e.CallCancelled(call=name, at=at, reason="the first visit was completed after all")


def _set_aside(state: BoardState, command: c.ReportVisit) -> dict[str, int]:
    """Return the pieces that the technician keeps for the visit: as planned, else what the call needs for certain."""
    visit = state.visits[command.call]
    if visit.parts and visit.technician == command.technician:
        return visit.parts
    stop = state.stop_of(command.call, command.technician)
    return dict(state.calls[command.call].parts) if stop is None or stop.kind == "fact" else dict(stop.parts)


def _used(state: BoardState, command: c.ReportVisit, before: VisitState, after: VisitState) -> Iterator[e.StockMoved]:
    """Take what was used out of the van; where nothing is said, a visit that is completed used what was set aside."""
    used = command.parts_used
    is_completed_by_it = command.status == after.status == "completed" and before.status not in (
        "completed",
        *SECOND_VISIT,
    )
    if used is None and is_completed_by_it:
        used = _set_aside(state, command)
    if used:
        pieces = {part: -number for part, number in used.items()}
        yield e.StockMoved(technician=command.technician, pieces=pieces, cause="used", call=command.call)
