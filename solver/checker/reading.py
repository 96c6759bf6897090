"""One route read from scratch: legs, services, completions and the end, from the order and the starts alone.

What a route records besides (arrivals, travel, completions, its end) is never used here; it is compared with this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from solver.checker.buffers import buffers_s
from solver.checker.figures import figures_of
from solver.checker.holdings import accounts_of, moves_of
from solver.checker.stops import place_of_stop, service_of_stop
from solver.problem import NONE, UNREACHABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.checker.holdings import Account, Move
    from solver.checker.report import RouteFigures
    from solver.problem import Problem
    from solver.solution import BreakTaken, Route, Stop


class Leg(NamedTuple):
    """A way between two places for one shift; it is reachable if the matrix knows a way, whatever the speed."""

    travel_s: int
    distance_m: int
    is_reachable: bool


NO_LEG = Leg(0, 0, is_reachable=True)


class Break(NamedTuple):
    """A break of a shift, and whether it is behind where the decided part of the route begins."""

    number: int
    earliest_s: int
    latest_s: int
    duration_s: int
    is_paid: bool
    is_behind: bool


@dataclass(frozen=True)
class RouteReading:
    """A route and what follows from it. The route's shift and visits exist and its head is the recorded facts."""

    problem: Problem
    route: Route

    @property
    def shift(self) -> int:
        """The shift's index."""
        return self.route.shift

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All stops, facts first."""
        return self.route.stops

    @cached_property
    def technician(self) -> int:
        """The technician of the shift."""
        return int(self.problem.shifts.technician[self.shift])

    @cached_property
    def n_facts(self) -> int:
        """Number of stops at the head that are facts."""
        return len(self.problem.shifts.fact_visit.row(self.shift))

    @property
    def decided(self) -> range:
        """Positions of the stops that were decided."""
        return range(self.n_facts, len(self.stops))

    @cached_property
    def buffers_s(self) -> list[tuple[int, int]]:
        """What is to be kept in hand when each stop begins and when it ends."""
        return buffers_s(self)

    @cached_property
    def figures(self) -> RouteFigures:
        """Driving, distance, paid time and so on."""
        return figures_of(self)

    @cached_property
    def moves(self) -> Sequence[Move]:
        """What happens to pieces of parts, the night's load first."""
        return moves_of(self)

    @cached_property
    def accounts(self) -> Mapping[int, Account]:
        """The account of each part that the route moves."""
        return accounts_of(self)

    @cached_property
    def decided_stops(self) -> tuple[Stop, ...]:
        """The stops that were decided: visits, restocks and meetings."""
        return self.stops[self.n_facts :]

    @cached_property
    def decided_visits(self) -> list[Stop]:
        """The visits that were decided."""
        return [stop for stop in self.decided_stops if stop.is_visit]

    @cached_property
    def n_visits(self) -> int:
        """Number of visits, facts included."""
        return sum(stop.is_visit for stop in self.stops)

    @property
    def is_facts_alone(self) -> bool:
        """Whether nothing was decided but the way back."""
        return not self.decided

    @cached_property
    def has_begun(self) -> bool:
        """Whether the departure is recorded: there are facts, a resume point, or a departure."""
        shifts = self.problem.shifts
        recorded = (shifts.resume_place[self.shift], shifts.resume_s[self.shift], shifts.departed_s[self.shift])
        return self.n_facts > 0 or any(value != NONE for value in recorded)

    @cached_property
    def resume_s(self) -> int:
        """When the decided part begins; the departure itself where nothing has happened yet."""
        resume_s = int(self.problem.shifts.resume_s[self.shift])
        if resume_s != NONE:
            return resume_s
        return self.stops[self.n_facts - 1].end_s if self.n_facts else self.route.departure_s

    @cached_property
    def _last_fact_place(self) -> int:
        if self.n_facts:
            return self.place_of(self.n_facts - 1)
        return int(self.problem.shifts.start_place[self.shift])

    @cached_property
    def resume_place(self) -> int:
        """Where the decided part begins."""
        place = int(self.problem.shifts.resume_place[self.shift])
        return self._last_fact_place if place == NONE else place

    @cached_property
    def _places(self) -> list[int]:
        return [place_of_stop(self.problem, stop) for stop in self.stops]

    def place_of(self, position: int) -> int:
        """Return the place of the stop at a position."""
        return self._places[position]

    @cached_property
    def _speed(self) -> tuple[int, int]:
        """The travel profile of the shift, and the thousandths of its times that this technician takes."""
        shifts = self.problem.shifts
        return int(shifts.profile[self.shift]), int(shifts.travel_permille[self.shift])

    def _leg(self, origin: int, destination: int) -> Leg:
        travel, (profile, permille) = self.problem.travel, self._speed
        duration_s = int(travel.duration_s[profile, origin, destination])
        distance_m = int(travel.distance_m[profile, origin, destination])
        if duration_s >= UNREACHABLE:
            return Leg(duration_s, distance_m, is_reachable=False)
        return Leg((duration_s * permille + 500) // 1000, distance_m, is_reachable=True)

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The way to each stop; to the first decided one from where the route resumes."""
        return tuple(self._leg(self._origin_of(k), self.place_of(k)) for k in range(len(self.stops)))

    def _origin_of(self, position: int) -> int:
        if position == self.n_facts:
            return self.resume_place
        if position == 0:
            return int(self.problem.shifts.start_place[self.shift])
        return self.place_of(position - 1)

    @cached_property
    def leg_to_resume(self) -> Leg:
        """The way from the last fact (or the start) to the resume place."""
        if int(self.problem.shifts.resume_place[self.shift]) == NONE:
            return NO_LEG
        return self._leg(self._last_fact_place, self.resume_place)

    @cached_property
    def is_open_ended(self) -> bool:
        """Whether the route ends at its last stop."""
        return int(self.problem.shifts.end_place[self.shift]) == NONE

    @cached_property
    def leg_back(self) -> Leg:
        """The way to the end place."""
        if self.is_open_ended:
            return NO_LEG
        return self._leg(self._origin_of(len(self.stops)), int(self.problem.shifts.end_place[self.shift]))

    @cached_property
    def services_s(self) -> tuple[int, ...]:
        """Service or handling of each stop: of facts what it took, of others what this technician needs."""
        facts = [stop.end_s - stop.start_s for stop in self.stops[: self.n_facts]]
        decided = [service_of_stop(self.problem, stop, self.technician) for stop in self.decided_stops]
        return (*facts, *decided)

    @cached_property
    def completions_s(self) -> tuple[int, ...]:
        """When each stop is completed."""
        return tuple(stop.start_s + service for stop, service in zip(self.stops, self.services_s, strict=True))

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """The shift's breaks."""
        shifts = self.problem.shifts
        rows = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
        columns = zip(*(row.row(self.shift) for row in rows), strict=True)
        taken = int(shifts.breaks_taken[self.shift])
        return tuple(
            Break(index, earliest, latest, duration, bool(paid), index < taken or self._has_passed(latest))
            for index, (earliest, latest, duration, paid) in enumerate(columns)
        )

    def _has_passed(self, latest_s: int) -> bool:
        return self.has_begun and latest_s < self.resume_s

    def is_before_departure(self, taken: BreakTaken) -> bool:
        """Whether a break of the route is over before it departs."""
        is_first_gap = taken.before == 0 and not self.has_begun
        return is_first_gap and taken.start_s + self.breaks[taken.index].duration_s <= self.route.departure_s

    def breaks_in_gap(self, position: int) -> list[BreakTaken]:
        """Return the breaks taken on the way to the stop at a position (after the last: on the way back)."""
        return [b for b in self.route.breaks if b.before == position and not self.is_before_departure(b)]

    def gap_begin_s(self, position: int) -> int:
        """Return when the gap before a decided position begins."""
        return self.resume_s if position == self.n_facts else self.completions_s[position - 1]

    def gap_end_s(self, position: int) -> int:
        """Return when the gap before a decided position ends: the start there, or the route's end."""
        return self.end_s if position == len(self.stops) else self.stops[position].start_s

    @cached_property
    def unpaid_behind_s(self) -> int:
        """Seconds of the unpaid breaks that were taken before the decided part begins."""
        taken = self.breaks[: int(self.problem.shifts.breaks_taken[self.shift])]
        return sum(b.duration_s for b in taken if not b.is_paid)

    def pause_s(self, position: int) -> int:
        """Return the seconds of break in the gap before a position."""
        return sum(self.breaks[b.index].duration_s for b in self.breaks_in_gap(position))

    @cached_property
    def end_s(self) -> int:
        """The end of the route: arrival at the end place with no idling, or, where that is open, the last completion.

        An open route of facts alone ends when it could have gone on.
        """
        n_stops = len(self.stops)
        if self.is_open_ended:
            return self.gap_begin_s(n_stops)
        arrival_s = self.gap_begin_s(n_stops) + self.leg_back.travel_s + self.pause_s(n_stops)
        over_s = [b.start_s + self.breaks[b.index].duration_s for b in self.breaks_in_gap(n_stops)]
        return max([arrival_s, *over_s])
