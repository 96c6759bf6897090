"""VROOM re-solved at every event, as a policy of simulated days: all that is open is planned anew each time.

It knows hard windows only, so a deadline is the end of a window; calls that no plan reaches in time may come later, in
a second run. Parts are no matter of its: who lacks one drives by a stock location, as with the rules. Whoever is on the
way or at work is a vehicle that begins there, when the work is expected to end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import vroom

from dispatch_engine.board.heads import expected_end
from dispatch_engine.board.pairs import broken_rules
from dispatch_engine.board.presence import last_moment
from dispatch_engine.board.visit_status import UNTOUCHED
from dispatch_engine.model.effective import (
    contract_of,
    duration_of,
    end_place_of,
    priority_of,
    response_of,
    shifts_of,
    start_place_of,
)
from dispatch_engine.simulation.policies.plain_board import PlainBoard
from dispatch_engine.simulation.policies.policy import Planned
from dispatch_engine.simulation.policies.reach import break_due, reach
from dispatch_engine.simulation.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.policies.policy import Free, Order
    from dispatch_engine.simulation.ways import Ways
    from dispatch_engine.travel.source import TravelSource

EXPLORATION = 5
"""The most that the library offers."""


_NO_STEPS: dict[str, list[int]] = {"vehicle_id": [], "type": [], "id": [], "arrival": [], "waiting_time": []}
"""A plan without any route lacks columns."""


class _Vehicle(NamedTuple):
    """A shift from where and when its technician is free."""

    capacity: Capacity
    shift: Shift
    place: Place
    at: datetime
    breaks_taken: int


@dataclass
class VroomResolved(PlainBoard):
    """Plans all open calls anew whenever something has happened.

    Attributes
    ----------
    day
        Of which it needs the beginning, where its times count from.
    ways
        Drives between places.
    """

    day: Day
    ways: Ways
    name: str = "vroom"
    _routes: dict[str, dict[str, datetime]] = field(default_factory=dict)
    """The calls ahead of each technician, in order, and when work on them is to begin."""
    _breaks: dict[str, int] = field(default_factory=dict)
    _is_stale: bool = True

    def __post_init__(self) -> None:
        super().__init__()

    def tell(self, commands: Sequence[Command], now: datetime) -> None:
        """Note what has happened; planned anew is when the next order is asked for."""
        super().tell(commands, now)
        self._is_stale = True

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Send technicians on their breaks, then each to the first call of the own route."""
        self._breaks.update({name: at.breaks_taken for name, at in free.items()})
        if self._is_stale:
            self._routes, self._is_stale = self._solved(free, now), False
        found = {}
        for name, at in free.items():
            order = break_due(at, now) or self._first(at, now)
            if order is not None:
                found[name] = order
        return found

    def planned(self) -> Mapping[str, Planned]:
        """Return who has each call on a route, and when."""
        return {call: Planned(name, start) for name, calls in self._routes.items() for call, start in calls.items()}

    def _first(self, at: Free, now: datetime) -> Order | None:
        """Return the way to the first call of a route that can still be served; the others wait for the next run."""
        for name in self._routes.get(at.capacity.id, ()):
            if self.state.visits[name].status in UNTOUCHED:
                found = reach(self.state, self.ways, self.state.calls[name], at, now)
                if found is not None:
                    return found.order
        return None

    def _solved(self, free: Mapping[str, Free], now: datetime) -> dict[str, dict[str, datetime]]:
        """Return the calls of each technician; those that no route reaches by their deadline may be late."""
        state = self.state
        calls = [state.calls[name] for name, visit in state.visits.items() if visit.status in UNTOUCHED]
        vehicles = [each for each in self._vehicles(free, now) if each is not None]
        if not calls or not vehicles:
            return {}
        in_time = _Model(self, calls, vehicles, now, frozenset())
        routes, left_out = in_time.solved()
        if left_out:
            routes, _ = _Model(self, calls, vehicles, now, left_out).solved()
        return routes

    def _vehicles(self, free: Mapping[str, Free], now: datetime) -> list[_Vehicle | None]:
        document = self.day.document
        return [self._vehicle(capacity, shift, free.get(capacity.id), now) for capacity, shift in shifts_of(document)]

    def _vehicle(self, capacity: Capacity, shift: Shift, at: Free | None, now: datetime) -> _Vehicle | None:
        """Return a shift as a vehicle; None: it is over, or its technician is ill."""
        crew = self.state.crew.get(capacity.id)
        is_ill = crew is not None and last_moment(shift, crew) is not None
        if is_ill or shift.end + shift.overtime_cap <= now:
            return None
        taken = self._breaks.get(capacity.id, 0)
        if at is not None:
            is_own = at.shift.id == shift.id
            return _Vehicle(capacity, shift, at.place, now, taken) if is_own else None
        place, begins_at = self._next_free(capacity, shift, now)
        return None if place is None else _Vehicle(capacity, shift, place, begins_at, taken)

    def _next_free(self, capacity: Capacity, shift: Shift, now: datetime) -> tuple[Place | None, datetime]:
        """Return where and when somebody who is not free now will be."""
        for name, visit in self.state.visits.items():
            if visit.is_under_way and visit.technician == capacity.id and visit.shift == shift.id:
                call = self.state.calls[name]
                ends_at = expected_end(self.state, call, visit, capacity)
                if visit.started_at is None:
                    ends_at += duration_of(call, capacity)
                return call.place, ends_at
        crew = self.state.crew.get(capacity.id)
        known = None if crew is None else crew.shifts.get(shift.id)
        if known is not None and known.free is not None and known.free.at > now:
            return known.free.place, known.free.at
        return start_place_of(capacity, shift), max(now, shift.start)


class _Model:
    """One question to the library. Seconds count from the beginning of the day."""

    def __init__(
        self,
        policy: VroomResolved,
        calls: Sequence[Call],
        vehicles: Sequence[_Vehicle],
        now: datetime,
        may_be_late: frozenset[str],
    ) -> None:
        self._policy, self._calls, self._vehicles = policy, calls, vehicles
        self._now, self._may_be_late = now, may_be_late
        self._places: list[Place] = [call.place for call in calls]

    def solved(self) -> tuple[dict[str, dict[str, datetime]], frozenset[str]]:
        """Return the calls of each technician in order with their starts, and those that are on no route."""
        model = vroom.Input()
        for number, vehicle in enumerate(self._vehicles):
            model.add_vehicle(self._vehicle(number, vehicle))
        for profile in sorted({vehicle.capacity.profile for vehicle in self._vehicles}):
            seconds, _ = self._policy.ways.table(profile, self._places)
            model.set_durations_matrix(profile, np.minimum(seconds, 10**6).astype(np.uint32))
        for number, call in enumerate(self._calls):
            job = self._job(number, call)
            if job is not None:
                model.add_job(job)
        return self._routes(model.solve(EXPLORATION, nb_threads=1))

    def _vehicle(self, number: int, vehicle: _Vehicle) -> vroom.Vehicle:
        capacity, shift = vehicle.capacity, vehicle.shift
        home = end_place_of(capacity, shift)
        start, end = self._place(vehicle.place), None if home is None else self._place(home)
        window = self._seconds(vehicle.at), self._seconds(shift.end + shift.overtime_cap)
        rests = [
            vroom.Break(k, [vroom.TimeWindow(earliest, latest)], int(rest.duration.total_seconds()))
            for k, rest in enumerate(shift.breaks[vehicle.breaks_taken :])
            if (earliest := max(window[0], self._seconds(rest.earliest))) <= (latest := self._seconds(rest.latest))
        ]
        return vroom.Vehicle(
            number,
            start=start,
            end=end,
            profile=capacity.profile,
            skills={number_of for number_of, call in enumerate(self._calls) if self._may_serve(call, capacity)},
            time_window=vroom.TimeWindow(min(window), window[1]),
            breaks=rests,
            speed_factor=1 / float(capacity.travel_factor),
        )

    def _may_serve(self, call: Call, capacity: Capacity) -> bool:
        state = self._policy.state
        return not broken_rules(state, call, capacity) and capacity.id not in state.visits[call.id].declined_by

    def _place(self, place: Place) -> int:
        self._places.append(place)
        return len(self._places) - 1

    def _job(self, number: int, call: Call) -> vroom.Job | None:
        windows = self._windows(call)
        if not windows:
            return None
        priority = priority_of(call, contract_of(self._policy.state.setup, call))
        return vroom.Job(
            number,
            location=number,
            default_service=int(call.duration.total_seconds()),
            skills={number},
            priority=100 - 15 * priority,
            time_windows=[vroom.TimeWindow(first, last) for first, last in windows],
        )

    def _windows(self, call: Call) -> list[tuple[int, int]]:
        """Return when work may begin, the deadline being the end of it unless it cannot be kept."""
        setup = self._policy.state.setup
        deadline = response_of(call, contract_of(setup, call), setup.policy)
        last = self._policy.day.ends_at
        if deadline is not None and call.id not in self._may_be_late and deadline.at > self._now:
            last = deadline.at
        begin = self._now if call.released_at is None else max(self._now, call.released_at)
        given = [(each.start, each.end) for each in call.windows] or [(begin, last)]
        limited = [(max(begin, first), min(end, last)) for first, end in given]
        return [(self._seconds(first), self._seconds(end)) for first, end in limited if first <= end]

    def _seconds(self, at: datetime) -> int:
        return max(0, int((at - self._policy.day.begins_at) / timedelta(seconds=1)))

    def _routes(self, solution: vroom.Solution) -> tuple[dict[str, dict[str, datetime]], frozenset[str]]:
        routes: dict[str, dict[str, datetime]] = {}
        steps = solution.routes if len(solution.routes) else _NO_STEPS
        columns = (steps[name] for name in _NO_STEPS)
        for vehicle, kind, job, arrival, waiting in zip(*columns, strict=True):
            if kind == "job":
                start = self._policy.day.begins_at + timedelta(seconds=int(arrival + waiting))
                routes.setdefault(self._vehicles[int(vehicle)].capacity.id, {})[self._calls[int(job)].id] = start
        planned = {call for calls in routes.values() for call in calls}
        return routes, frozenset(call.id for call in self._calls) - planned


def vroom_resolved(day: Day, source: TravelSource, iterations: int = 0) -> VroomResolved:
    """Return the policy for a day; the library has a level of exploration of its own instead of iterations."""
    return VroomResolved(day, ways_of(day, source))
