"""What time brings: breaks that come due, customers to be told who comes, and days that end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.plans import named
from dispatch_engine.board.heads import begun_by_route, first_ahead
from dispatch_engine.board.state import RouteKey, ShiftState
from dispatch_engine.model.facts import Resume

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.plan import Route


def pass_time(state: BoardState, command: c.PassTime, now: datetime) -> Iterator[e.Event]:
    """Let time pass; what is over since a day leaves the board."""
    yield e.TimePassed()
    begun = begun_by_route(state)
    yield from _visits_due(state, begun, now)
    yield from _breaks_due(state, begun, now)
    yield from named(state, now)
    yield from _ended(state, begun, now)


def _visits_due(state: BoardState, begun: Mapping[RouteKey, Sequence[str]], now: datetime) -> Iterator[e.VisitDue]:
    """Yield the visits for which technicians who have nothing else to do should have set out by now."""
    for key, route in state.plan.routes.items():
        if any(state.visits[call].is_under_way for call in begun.get(key, ())):
            continue
        stop = first_ahead(state, route)
        if stop is None or stop.call is None:
            continue
        due_at, known = stop.start - timedelta(seconds=stop.travel_s), state.visits[stop.call].due
        if due_at < now and (known is None or known.technician != key.technician):
            yield e.VisitDue(call=stop.call, technician=key.technician, at=due_at)


def _breaks_due(state: BoardState, begun: Mapping[RouteKey, Sequence[str]], now: datetime) -> Iterator[e.BreakTaken]:
    """Yield the breaks that begin by now as planned, of technicians who have left and are not at work.

    Nobody reports each break. One that is not counted when its time comes would be planned again and again, later by
    every minute that passes.
    """
    for key, route in state.plan.routes.items():
        known = state.crew[key.technician].shifts.get(key.shift, ShiftState()) if key.technician in state.crew else None
        calls = begun.get(key, ())
        if known is None or not calls or any(state.visits[call].is_under_way for call in calls):
            continue
        due = _break_due(state, route, known, now)
        if due is not None:
            place = state.calls[calls[-1]].place if known.free is None else known.free.place
            yield e.BreakTaken(
                technician=key.technician, shift=key.shift, at=due[0], resume=Resume(place=place, at=due[1])
            )


def _break_due(state: BoardState, route: Route, known: ShiftState, now: datetime) -> tuple[datetime, datetime] | None:
    """Return begin and end of the break that goes on by the plan; None: another stop comes first, or it is counted."""
    stop = first_ahead(state, route)
    if stop is None or stop.kind != "break" or not stop.start <= now < stop.end:
        return None
    is_new = known.break_at is None or stop.start > known.break_at
    return (stop.start, stop.end) if is_new else None


def _ended(state: BoardState, begun: Mapping[RouteKey, Sequence[str]], now: datetime) -> Iterator[e.Event]:
    """Yield the end of a day: shifts that no report can be of any more, with what was done on them.

    Who is still on the way to a call by the reports is not any more; a visit that was never ended stays until somebody
    says what became of it.
    """
    oldest = now - state.rules.oldest_report
    over = {
        RouteKey(capacity.id, shift.id)
        for capacity in state.capacities.values()
        for shift in capacity.shifts
        if shift.end + shift.overtime_cap < oldest
    }
    stale = tuple(
        sorted(call for key in over for call in begun.get(key, ()) if state.visits[call].status == "en_route")
    )
    if stale:
        yield e.Recalled(calls=stale, at=now.replace(microsecond=0))
    on_board = {call for key, calls in begun.items() if key not in over for call in calls}
    closed = (name for name, visit in state.visits.items() if visit.is_closed and name not in on_board)
    gone = tuple(name for name in closed if _is_old(state, name, over, oldest))
    if over or gone:
        yield e.DayEnded(calls=gone, shifts=tuple(sorted(over)))


def _is_old(state: BoardState, name: str, over: set[RouteKey], oldest: datetime) -> bool:
    visit = state.visits[name]
    if visit.technician is not None and visit.shift is not None and RouteKey(visit.technician, visit.shift) in over:
        return True
    closed_at = visit.ended_at or visit.cancelled_at
    return closed_at is None or closed_at < oldest
