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

from dispatch_engine.board.pairs import broken_rules
from dispatch_engine.board.presence import absences_within, back_at, last_moment
from dispatch_engine.board.state import RouteKey, ShiftState, TechnicianState
from dispatch_engine.board.visit_status import MOVES, SENT
from dispatch_engine.model.effective import duration_of, start_place_of
from dispatch_engine.model.facts import Facts, FactStatus, Resume, VisitFact
from dispatch_engine.spreads import work_spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dispatch_engine.board.state import BoardState, VisitState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.plan import Route, Stop
    from dispatch_engine.model.technicians import Capacity, Shift


@dataclass(frozen=True)
class Head:
    """The head of a route, and the pieces in the van that its unfinished visits will use."""

    facts: Facts
    withheld: Mapping[str, int]


def begun_by_route(state: BoardState) -> dict[RouteKey, list[str]]:
    """Return the calls that technicians set out for at least, by route and in order of time."""
    by_route: dict[RouteKey, list[str]] = {}
    for call, visit in state.visits.items():
        key = route_begun(visit)
        if key is not None:
            by_route.setdefault(key, []).append(call)
    return {key: in_order(state, calls) for key, calls in by_route.items()}


def route_begun(visit: VisitState | None) -> RouteKey | None:
    """Return the route on which a visit was begun; None: on none."""
    if visit is None or visit.status not in MOVES or visit.technician is None or visit.shift is None:
        return None
    return RouteKey(visit.technician, visit.shift)


def in_order(state: BoardState, calls: Iterable[str]) -> list[str]:
    """Return the calls of a route in the order in which they were begun."""
    return sorted(calls, key=lambda call: (_order(state.visits[call]), call))


def first_ahead(state: BoardState, route: Route) -> Stop | None:
    """Return the next stop of a route that nobody has begun; None: there is none."""
    for stop in route.stops:
        visit = None if stop.call is None else state.visits.get(stop.call)
        if stop.call is None or (visit is not None and not visit.is_under_way and not visit.is_closed):
            return stop
    return None


def head_of(state: BoardState, capacity: Capacity, shift: Shift, begun: Sequence[str]) -> Head | None:
    """Return the head of a shift on which these calls were begun; None: nothing has happened, and nothing will soon."""
    return _Walk(state, capacity, shift).head(begun)


def is_quiet(state: BoardState, key: RouteKey, begun: Sequence[str]) -> bool:
    """Whether a shift has no head for certain, by a glance."""
    if begun:
        return False
    known = state.crew[key.technician].shifts.get(key.shift)
    if known is not None and (known.departed_at is not None or known.free is not None):
        return False
    route = state.plan.routes.get(key)
    return route is None or not route.stops or route.stops[0].start > _limit(state)


def is_settled(state: BoardState, key: RouteKey, begun: Sequence[str]) -> bool:
    """Whether a head is the one of a minute ago for certain: nothing is overdue or about to begin, nobody is away."""
    crew, capacity = state.crew.get(key.technician), state.capacity(key.technician)
    if crew is None or capacity is None or crew.absences:
        return False
    known, route = crew.shifts.get(key.shift), state.plan.routes.get(key)
    if known is not None and known.free is not None:
        return False
    for call in begun:
        visit = state.visits[call]
        is_later = visit.ended_at is not None or _expected_at(state, call, visit, capacity) >= state.plans_from
        if not is_later:
            return False
    stop = None if route is None else first_ahead(state, route)
    return stop is None or stop.start > _limit(state)


def _expected_at(state: BoardState, call: str, visit: VisitState, capacity: Capacity) -> datetime:
    """Return when a visit that was begun is expected to end, or its technician to arrive, if that is still ahead."""
    if visit.started_at is not None:
        return visit.end_expected_at or visit.started_at + duration_of(state.calls[call], capacity)
    assert visit.departed_at is not None
    return visit.arrival_expected_at or visit.departed_at


def _limit(state: BoardState) -> datetime:
    """Return the end of the freeze horizon; it moves with the minutes, so that plans do not change by seconds."""
    return state.plans_from + state.rules.freeze_horizon


def _order(visit: VisitState) -> tuple[bool, datetime]:
    """Return what visits are sorted by: when they began, the one under way behind those that were begun."""
    began_at = visit.started_at or visit.departed_at
    assert began_at is not None
    return visit.started_at is None, began_at


class _Walk:
    """Walks along one shift from its departure, visit by visit."""

    def __init__(self, state: BoardState, capacity: Capacity, shift: Shift) -> None:
        self.state, self.capacity, self.shift = state, capacity, shift
        crew = state.crew.get(capacity.id, TechnicianState())
        self.known = crew.shifts.get(shift.id, ShiftState())
        self.route = state.plan.routes.get(RouteKey(capacity.id, shift.id))
        self.until = last_moment(shift, crew)
        self.away = absences_within(shift, crew)
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
        if resume is not None and frozen:
            self.free_at, resume = resume.at, None
        for stop in frozen:
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
        free = self.known.free
        delayed = [] if free is None or free.at <= max(self.state.plans_from, self.shift.start) else [free.at]
        if frozen and self.route is not None:
            return max(self.route.departure, self.state.plans_from, *delayed)
        return delayed[0] if delayed else None

    def _add_begun(self, call: str, following: str | None) -> None:
        visit = self.state.visits[call]
        if visit.started_at is None:
            self._add_under_way(call, visit)
            return
        started_at = max(self.free_at, visit.started_at)
        next_at = None if following is None else self._left_for(following)
        ended_at = max(started_at, self._ended_at(call, visit, next_at))
        status: FactStatus = "on_site" if visit.ended_at is None else visit.status  # type: ignore[assignment] # it ended
        if visit.ended_at is None:
            self.withheld.update(visit.parts)
        self._add(VisitFact(call=call, status=status, started_at=started_at, completed_at=ended_at))

    def _left_for(self, call: str) -> datetime | None:
        """Return when the technician set out for a visit, as far as that is known."""
        visit = self.state.visits[call]
        moments = [moment for moment in (visit.departed_at, visit.started_at) if moment is not None]
        return min(moments, default=None)

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
        """Return when a visit ended, or is expected to: not before now, or when its technician left for the next."""
        if visit.ended_at is not None:
            return visit.ended_at
        if next_at is not None:
            return next_at
        return expected_end(self.state, self.state.calls[call], visit, self.capacity)

    def _resume(self) -> Resume | None:
        """Return where and when the technician is free, where that is not at the end of the last visit."""
        free = self.known.free
        if free is not None and free.at < self.free_at:
            free = None
        moment = max(self.free_at if free is None else free.at, self.state.plans_from)
        back = back_at(self.away, moment)
        if back > moment:
            return Resume(place=self._place() if free is None else free.place, at=back)
        return free

    def _place(self) -> Place:
        """Return where the technician is behind all visits of the head."""
        if self.visits:
            return self.state.calls[self.visits[-1].call].place
        start = start_place_of(self.capacity, self.shift)
        assert start is not None  # a shift without it has been refused
        return start

    def _frozen(self, begun: set[str]) -> Iterator[Stop]:
        """Yield the next stops of the route within the freeze horizon, up to the first that is no plain visit."""
        state, limit = self.state, _limit(self.state)
        is_over = state.plans_from >= self.shift.end + self.shift.overtime_cap
        is_away = back_at(self.away, state.plans_from) > state.plans_from
        if self.route is None or is_over or is_away or not state.rules.freeze_horizon:
            return
        kept = self._parts_in_use(begun)
        for stop in self.route.stops:
            if stop.call is not None and (stop.call in begun or _is_out(state, stop.call)):
                continue
            if stop.start > limit or not self._is_plain(stop, kept):
                return
            yield stop

    def _parts_in_use(self, begun: set[str]) -> Counter[str]:
        kept = Counter[str]()
        for call in sorted(begun):
            kept.update(self.state.visits[call].parts)
        return kept

    def _is_plain(self, stop: Stop, kept: Counter[str]) -> bool:
        """Whether a stop is a visit that nothing speaks against, with its parts out of the van as stated.

        ``kept`` are the pieces that the stops before will use; those of this one are added.
        """
        if stop.call is None or stop.sourcing is not None or stop.first_time_fix is not None:
            return False
        call, visit = self.state.calls[stop.call], self.state.visits[stop.call]
        kept.update(call.parts)
        has_parts = all(self.capacity.stock.get(part, 0) >= kept[part] for part in call.parts)
        return has_parts and self._is_there(stop) and self._is_allowed(call, visit)

    def _is_there(self, stop: Stop) -> bool:
        """Whether the technician is on the shift all through a stop."""
        is_in_time = self.until is None or stop.end <= self.until
        away = (each for each in self.away if each.until is not None and each.until > stop.start)
        return is_in_time and all(stop.end <= each.since for each in away)

    def _is_allowed(self, call: Call, visit: VisitState) -> bool:
        """Whether nobody wants the call to be done by somebody else."""
        name = self.capacity.id
        is_wanted = call.pin is None or call.pin.technician == name
        is_sent_elsewhere = visit.status in SENT and visit.technician != name
        may_be = visit.override is not None or not broken_rules(self.state, call, self.capacity)
        return is_wanted and not is_sent_elsewhere and name not in visit.declined_by and may_be


def expected_end(state: BoardState, call: Call, visit: VisitState, capacity: Capacity) -> datetime:
    """Return when a visit that goes on is expected to end: by the technician's word, else by its duration; not yet.

    Work that takes longer than was expected goes on for as long as such work does on the mean, where that is known:
    else what follows would seem to begin at once, minute by minute.
    """
    expected, now = _expected_at(state, call.id, visit, capacity), state.plans_from
    if expected >= now or visit.started_at is None or visit.end_expected_at is not None:
        return max(expected, now)
    spread = work_spread(call, state.setup.policy)
    if spread is None:
        return now
    of_technician = spread.scaled(duration_of(call, capacity).total_seconds())
    return visit.started_at + timedelta(
        seconds=round(of_technician.mean_beyond((now - visit.started_at).total_seconds()))
    )


def _is_out(state: BoardState, call: str) -> bool:
    """Whether nothing of a call is to be done on the route that the plan has it on."""
    visit = state.visits.get(call)
    return visit is None or visit.is_closed or visit.is_under_way
