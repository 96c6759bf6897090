"""What has happened on a shift, as the head of its route: never infeasible, whatever the phones reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.board.state import RouteKey, ShiftState, TechnicianState
from dispatch_engine.board.visit_status import ENDED, RANK
from dispatch_engine.model.effective import duration_of
from dispatch_engine.model.facts import Facts, FactStatus, Resume, VisitFact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.technicians import Capacity, Shift


class Done(NamedTuple):
    """A call with how far its visit has come."""

    call: str
    visit: VisitState


def done_by_route(state: BoardState) -> dict[RouteKey, list[Done]]:
    """Return the visits that technicians set out for, on the site of, or over, by route and in order of time."""
    by_route: dict[RouteKey, list[Done]] = {}
    for call, visit in state.visits.items():
        if visit.technician is None or visit.shift is None or visit.status == "cancelled":
            continue
        if RANK[visit.status] >= RANK["en_route"]:
            by_route.setdefault(RouteKey(visit.technician, visit.shift), []).append(Done(call, visit))
    for visits in by_route.values():
        visits.sort(key=lambda each: (_began_at(each.visit), each.call))
    return by_route


def facts_of(state: BoardState, capacity: Capacity, shift: Shift, done: Iterable[Done]) -> Facts | None:
    """Return the head of a shift's route; None where nobody has set out.

    Reports that contradict each other are put in order: a visit begins when the one before is over at the latest, one
    that nobody has reported the end of ends when the next begins.
    """
    known = state.crew.get(capacity.id, TechnicianState()).shifts.get(shift.id, ShiftState())
    reached = [each for each in done if each.visit.started_at is not None]
    under_way = [each for each in done if each.visit.status == "en_route"]
    begins = [each.visit.started_at for each in reached if each.visit.started_at is not None]
    departures = [moment for moment in (known.departed_at, *begins[:1]) if moment is not None]
    if not departures:
        return None
    departed_at = min(departures)
    visits = _in_order(state, capacity, reached, departed_at)
    free_at = visits[-1].completed_at if visits else departed_at
    return Facts(
        departed_at=departed_at,
        visits=visits,
        resume=_resume(state, known, under_way, free_at),
        breaks_taken=min(known.breaks_taken, len(shift.breaks)),
    )


def _began_at(visit: VisitState) -> datetime:
    moments = (visit.started_at, visit.departed_at, visit.ended_at)
    return next(moment for moment in moments if moment is not None)


def _in_order(
    state: BoardState, capacity: Capacity, reached: list[Done], departed_at: datetime
) -> tuple[VisitFact, ...]:
    facts: list[VisitFact] = []
    free_at = departed_at
    for number, (call, visit) in enumerate(reached):
        assert visit.started_at is not None
        started_at = max(free_at, visit.started_at)
        following = reached[number + 1].visit.started_at if number + 1 < len(reached) else None
        ended_at = max(started_at, _ended_at(state, capacity, Done(call, visit), following))
        status: FactStatus = visit.status if visit.status in ENDED else "on_site"  # type: ignore[assignment] # ENDED are
        facts.append(VisitFact(call=call, status=status, started_at=started_at, completed_at=ended_at))
        free_at = ended_at
    return tuple(facts)


def _ended_at(state: BoardState, capacity: Capacity, done: Done, following: datetime | None) -> datetime:
    """Return when a visit ended, or is expected to: not before now, or when its technician began the next one."""
    call, visit = done
    if visit.ended_at is not None:
        return visit.ended_at
    if following is not None:
        return following
    assert visit.started_at is not None
    expected_at = visit.end_expected_at or visit.started_at + duration_of(state.calls[call], capacity)
    return max(expected_at, state.now.replace(microsecond=0))


def _resume(state: BoardState, known: ShiftState, under_way: list[Done], free_at: datetime) -> Resume | None:
    """Return where and when the technician is free: at the site that is driven to, else by the shift's own report."""
    if under_way:
        call, visit = under_way[-1]
        assert visit.departed_at is not None
        arrives_at = visit.arrival_expected_at or visit.departed_at
        return Resume(place=state.calls[call].place, at=max(arrives_at, free_at))
    if known.resume is not None and known.resume.at >= free_at:
        return known.resume
    return None


def heads_by_shift(state: BoardState) -> Mapping[RouteKey, Facts]:
    """Return the heads of all shifts on which something has happened."""
    done = done_by_route(state)
    heads: dict[RouteKey, Facts] = {}
    for capacity in state.capacities.values():
        for shift in capacity.shifts:
            key = RouteKey(capacity.id, shift.id)
            facts = facts_of(state, capacity, shift, done.get(key, ()))
            if facts is not None:
                heads[key] = facts
    return heads
