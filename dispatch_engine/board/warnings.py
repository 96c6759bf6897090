"""What a dispatcher should look at: facts that contradict rules, plans that slip, reports that cannot be right.

Nothing here refuses or changes anything; the same board has the same warnings.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pydantic import Field

from dispatch_engine.board.heads import begun_by_route, first_ahead
from dispatch_engine.board.pairs import broken_rules
from dispatch_engine.board.state import MINUTE, RouteKey, ShiftState
from dispatch_engine.board.visit_status import MOVES, SENT
from dispatch_engine.catalogue.entries import BOARD_WARNINGS
from dispatch_engine.model.base import Model
from dispatch_engine.model.effective import duration_of
from dispatch_engine.model.fields import Id, Instant, Quantity, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board.history import Said
    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Call

NOTICED: Final = timedelta(minutes=5)
"""What is later than planned or expected by less is not worth a look."""


class BoardWarning(Model):
    """Something on a board that a person should look at."""

    code: Id
    message: Text
    call: Id | None = None
    technician: Id | None = None
    location: Id | None = None
    since: Instant | None = None
    """When it began, where that is known."""
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Of stock below zero: by how many pieces, by part."""


def warnings_of(state: BoardState) -> tuple[BoardWarning, ...]:
    """Return the warnings of a board: those of calls in the order of the board, then stock."""
    return (*_call_warnings(state), *_stock_warnings(state))


def _call_warnings(state: BoardState) -> Iterator[BoardWarning]:
    last = {key: calls[-1] for key, calls in begun_by_route(state).items()}
    for name, call in state.calls.items():
        visit = state.visits[name]
        if visit.status in ("new", *SENT):
            yield from _of_planned(state, call, visit)
        elif visit.status == "en_route":
            yield from _of_under_way(state, call, visit)
        elif visit.status == "on_site":
            yield from _of_under_way(state, call, visit)
            yield from _of_work(state, call, visit, last)
        yield from _of_reports(state, call, visit)


def _of_planned(state: BoardState, call: Call, visit: VisitState) -> Iterator[BoardWarning]:
    key, stop = state.plan.places.get(call.id, (None, None))
    who = None if key is None else key.technician
    over = max((window.end for window in call.windows), default=None)
    if over is not None and over < state.now:
        yield _warning("window_missed", call.id, who, since=over)
    due = visit.due
    if key is not None and stop is not None and due is not None and due.technician == who:
        is_next = first_ahead(state, state.plan.routes[key]) is stop
        if is_next and state.now - due.at > NOTICED:
            yield _warning("late_start", call.id, who, since=due.at)
    if call.required_technicians and {*call.required_technicians} <= {*visit.declined_by}:
        yield _warning("nobody_left_to_ask", call.id)


def _of_under_way(state: BoardState, call: Call, visit: VisitState) -> Iterator[BoardWarning]:
    expected_at, who = visit.arrival_expected_at, visit.technician
    if visit.status == "en_route" and expected_at is not None and state.now - expected_at > NOTICED:
        yield _warning("late_arrival", call.id, who, since=expected_at)
    capacity = None if who is None else state.capacity(who)
    if capacity is not None and visit.override is None and broken_rules(state, call, capacity):
        yield _warning("rule_not_met", call.id, who)
    for absence in () if capacity is None else state.crew[capacity.id].absences:
        if absence.since <= state.now and (absence.until is None or absence.until > state.now):
            yield _warning("absent_on_site", call.id, who, since=absence.since)


def _of_work(state: BoardState, call: Call, visit: VisitState, last: Mapping[RouteKey, str]) -> Iterator[BoardWarning]:
    """Yield what is odd about work that goes on: who has gone on or home has left it open."""
    assert visit.started_at is not None
    assert visit.technician is not None
    capacity = state.capacity(visit.technician)
    shift = next((each for each in capacity.shifts if each.id == visit.shift), None) if capacity else None
    if capacity is None or (shift is None and visit.shift is not None):
        yield _warning("visit_left_open", call.id, visit.technician, since=visit.started_at)
        return
    known = state.crew[visit.technician].shifts.get(str(visit.shift), ShiftState())
    has_gone_on = visit.shift is not None and last.get(RouteKey(visit.technician, visit.shift)) != call.id
    if has_gone_on or known.signed_off_at is not None:
        yield _warning("visit_left_open", call.id, visit.technician, since=visit.started_at)
        return
    ends_at = visit.end_expected_at or visit.started_at + duration_of(call, capacity)
    if state.now - ends_at > NOTICED:
        yield _warning("visit_overrunning", call.id, visit.technician, since=ends_at)


def _of_reports(state: BoardState, call: Call, visit: VisitState) -> Iterator[BoardWarning]:
    """Yield what is odd about what was said of a visit, though it is a fact."""
    if not visit.said:
        return
    if visit.status in MOVES and visit.shift is None:
        yield _warning("visit_without_shift", call.id, visit.technician, since=visit.started_at)
    there = [each for each in visit.said if each.kind == "on_site"]
    if visit.is_under_way and len({each.technician for each in there}) > 1:
        yield _warning("visit_shared", call.id, visit.technician, since=there[-1].at)
    is_cancelled = any(each.kind == "cancelled" for each in visit.said)
    if is_cancelled and visit.status != "cancelled" and visit.started_at is not None:
        yield _warning("worked_on_cancelled", call.id, visit.technician, since=visit.started_at)
    began_at = visit.started_at
    if began_at is not None and call.windows and not any(w.start <= began_at <= w.end for w in call.windows):
        yield _warning("window_missed", call.id, visit.technician, since=began_at)
    for who in sorted({each.technician for each in visit.said if each.technician is not None}):
        if _is_odd(state, [each for each in visit.said if each.technician == who]):
            yield _warning("phone_clock_odd", call.id, who)


def _is_odd(state: BoardState, said: Sequence[Said]) -> bool:
    """Whether the times of one phone's reports run against their numbers, or lie in the future."""
    numbered = [each.at for each in said if each.sequence is not None]
    runs_back = any(earlier - later > NOTICED for earlier, later in pairwise(numbered))
    return runs_back or any(each.at - state.now > MINUTE for each in said)


def _stock_warnings(state: BoardState) -> Iterator[BoardWarning]:
    for name in state.capacities:
        if state.crew[name].overdrawn:
            yield _warning("stock_below_zero", technician=name, parts=state.crew[name].overdrawn)
    for location in state.setup.stock_locations:
        parts = state.overdrawn.get(location.id)
        if parts:
            yield _warning("stock_below_zero", location=location.id, parts=parts)


def _warning(
    code: str,
    call: str | None = None,
    technician: str | None = None,
    location: str | None = None,
    since: datetime | None = None,
    parts: Mapping[str, int] | None = None,
) -> BoardWarning:
    entry = BOARD_WARNINGS[code]
    return BoardWarning(
        code=code,
        message=f"{entry.rule} {entry.advice}",
        call=call,
        technician=technician,
        location=location,
        since=since,
        parts=dict(parts or {}),
    )
