"""What has happened on a shift, and what will whatever is decided, as the head of its route.

A head is never infeasible, whatever the phones reported: visits that contradict each other are put in order. Besides
visits that were begun it holds the one that the technician is under way to, and those within the freeze horizon, at
the times at which they are expected.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import TYPE_CHECKING

from dispatch_engine.board.presence import last_moment
from dispatch_engine.board.state import RouteKey, ShiftState, TechnicianState, decided_stops
from dispatch_engine.board.visit_status import RANK
from dispatch_engine.model.effective import duration_of
from dispatch_engine.model.facts import Facts, FactStatus, VisitFact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.facts import Resume
    from dispatch_engine.model.plan import Route, Stop
    from dispatch_engine.model.technicians import Capacity, Shift


@dataclass(frozen=True)
class Head:
    """The head of a route, and the pieces in the van that its unfinished visits will use."""

    facts: Facts
    withheld: Mapping[str, int]


def heads_by_route(state: BoardState) -> dict[RouteKey, Head]:
    """Return the heads of all shifts that have one."""
    begun, heads = begun_by_route(state), dict[RouteKey, Head]()
    for capacity in state.capacities.values():
        for shift in capacity.shifts:
            key = RouteKey(capacity.id, shift.id)
            head = _Walk(state, capacity, shift).head(begun.get(key, ()))
            if head is not None:
                heads[key] = head
    return heads


def begun_by_route(state: BoardState) -> dict[RouteKey, list[str]]:
    """Return the calls that technicians set out for at least, by route and in order of time."""
    by_route: dict[RouteKey, list[str]] = {}
    for call, visit in state.visits.items():
        is_begun = RANK["en_route"] <= RANK[visit.status] < RANK["cancelled"]
        if is_begun and visit.technician is not None and visit.shift is not None:
            by_route.setdefault(RouteKey(visit.technician, visit.shift), []).append(call)
    for calls in by_route.values():
        calls.sort(key=lambda call: (_order(state.visits[call]), call))
    return by_route


def _order(visit: VisitState) -> tuple[bool, datetime]:
    """Return what visits are sorted by: when they began, the one under way behind those that were begun."""
    moments = (visit.started_at, visit.departed_at, visit.ended_at)
    return visit.started_at is None, next(moment for moment in moments if moment is not None)


class _Walk:
    """Walks along one shift from its departure, visit by visit."""

    def __init__(self, state: BoardState, capacity: Capacity, shift: Shift) -> None:
        self.state, self.capacity, self.shift = state, capacity, shift
        crew = state.crew.get(capacity.id, TechnicianState())
        self.known = crew.shifts.get(shift.id, ShiftState())
        self.route = state.plan.routes.get(RouteKey(capacity.id, shift.id))
        self.until = last_moment(shift, crew)
        self.visits: list[VisitFact] = []
        self.withheld: Counter[str] = Counter()

    def head(self, begun: Sequence[str]) -> Head | None:
        frozen = list(self._frozen({*begun}))
        departed_at = self._departed_at(begun, frozen)
        if departed_at is None:
            return None
        self.free_at = departed_at
        for call, following in zip_longest(begun, begun[1:]):
            self._add_begun(call, following)
        resume = self._resume()
        for stop in () if resume is not None else frozen:
            self._add_frozen(stop)
        facts = Facts(
            departed_at=departed_at,
            visits=tuple(self.visits),
            resume=resume,
            breaks_taken=min(self.known.breaks_taken, len(self.shift.breaks)),
        )
        return Head(facts, dict(self.withheld))

    def _departed_at(self, begun: Sequence[str], frozen: Sequence[Stop]) -> datetime | None:
        """Return when the technician left the first place; who has not left yet leaves now at the earliest."""
        visits = [self.state.visits[call] for call in begun]
        left = [visit.departed_at or visit.started_at for visit in visits[:1]]
        reported = [moment for moment in (self.known.departed_at, *left) if moment is not None]
        if reported:
            return min(reported)
        return max(self.route.departure, self.state.plans_from) if frozen and self.route is not None else None

    def _add_begun(self, call: str, following: str | None) -> None:
        visit = self.state.visits[call]
        if visit.started_at is None:
            self._add_under_way(call, visit)
            return
        started_at = max(self.free_at, visit.started_at)
        next_at = None if following is None else self.state.visits[following].started_at
        ended_at = max(started_at, self._ended_at(call, visit, next_at))
        status: FactStatus = "on_site" if visit.ended_at is None else visit.status  # type: ignore[assignment] # it ended
        if visit.ended_at is None:
            self.withheld.update(visit.parts)
        self._add(VisitFact(call=call, status=status, started_at=started_at, completed_at=ended_at))

    def _add_under_way(self, call: str, visit: VisitState) -> None:
        assert visit.departed_at is not None
        arrives_at = max(self.free_at, visit.arrival_expected_at or visit.departed_at, self.state.plans_from)
        self.withheld.update(visit.parts)
        self._add_expected(self.state.calls[call], arrives_at)

    def _add_frozen(self, stop: Stop) -> None:
        assert stop.call is not None
        call = self.state.calls[stop.call]
        earliest = max(self.free_at, self.state.plans_from) + timedelta(seconds=stop.travel_s)
        self.withheld.update(call.parts)
        self._add_expected(call, max(stop.start, earliest))

    def _add_expected(self, call: Call, arrives_at: datetime) -> None:
        """Add a visit that will begin when its technician is there and a window is open, if one still will be."""
        started_at = min((max(arrives_at, w.start) for w in call.windows if w.end >= arrives_at), default=arrives_at)
        ended_at = started_at + duration_of(call, self.capacity)
        self._add(VisitFact(call=call.id, status="on_site", started_at=started_at, completed_at=ended_at))

    def _add(self, fact: VisitFact) -> None:
        self.visits.append(fact)
        self.free_at = fact.completed_at

    def _ended_at(self, call: str, visit: VisitState, next_at: datetime | None) -> datetime:
        """Return when a visit ended, or is expected to: not before now, or when its technician began the next one."""
        if visit.ended_at is not None:
            return visit.ended_at
        if next_at is not None:
            return next_at
        assert visit.started_at is not None
        work = duration_of(self.state.calls[call], self.capacity)
        return max(visit.end_expected_at or visit.started_at + work, self.state.plans_from)

    def _resume(self) -> Resume | None:
        """Return where and when the technician is free by a report that is later than the last visit."""
        resume = self.known.resume
        return resume if resume is not None and resume.at >= self.free_at else None

    def _frozen(self, begun: set[str]) -> Iterator[Stop]:
        """Yield the next stops of the route within the freeze horizon, up to the first that is no plain visit."""
        limit = self.state.now + self.state.rules.freeze_horizon
        is_over = self.state.plans_from >= self.shift.end + self.shift.overtime_cap
        if self.route is None or is_over or not self.state.rules.freeze_horizon:
            return
        for stop in _stops_ahead(self.state, self.route, begun):
            if stop.start > limit or not self._is_plain(stop):
                return
            yield stop

    def _is_plain(self, stop: Stop) -> bool:
        """Whether a stop is a visit that nothing speaks against, with its parts out of the van as stated."""
        if stop.call is None or stop.sourcing is not None or stop.first_time_fix is not None:
            return False
        call, visit = self.state.calls.get(stop.call), self.state.visits.get(stop.call)
        if call is None or visit is None or RANK[visit.status] >= RANK["en_route"]:
            return False
        is_wanted = call.pin is None or call.pin.technician == self.capacity.id
        is_there = self.until is None or stop.end <= self.until
        return is_wanted and is_there and self.capacity.id not in (*visit.declined_by, *call.excluded_technicians)


def _stops_ahead(state: BoardState, route: Route, begun: set[str]) -> Iterator[Stop]:
    """Yield the stops of a route behind those that were begun, without calls that need nothing any more."""
    for stop in decided_stops(route):
        if stop.call is None or (stop.call not in begun and not _is_closed(state, stop.call)):
            yield stop


def _is_closed(state: BoardState, call: str) -> bool:
    return call not in state.visits or state.visits[call].is_closed
