"""The probability with which a visit of a plan begins within its promise: by sampling the route as it is planned.

Each drive and each work has draws of its own, by the call that it is for, so that two plans of one document meet the
same chance. They are spread evenly over the quantiles (Latin hypercube sampling, McKay, Beckman & Conover 1979).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.spreads import travel_spread, work_spread
from solver.problem import NONE
from solver.sampling import sampled_starts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.quantiles import Quantiles
    from solver.objective import Objective
    from solver.problem import Ints
    from solver.solution import Route, Stop

SAMPLES = 200
"""Of each route; a probability is told to a half percent."""

DIGITS = 4


@dataclass(frozen=True)
class Sampler:
    """Samples routes of one document; ``objective`` has its arrays."""

    frame: Frame
    objective: Objective
    _units: dict[tuple[str, str], NDArray[np.float64]] = field(default_factory=dict)

    def probabilities(self, route: Route) -> list[float | None]:
        """Return for each stop the probability to begin in time; None where nothing varies or nothing was promised."""
        nothing: list[float | None] = [None] * len(route.stops)
        if not self._varies(route):
            return nothing
        limits = [None if stop.is_fact else self._limits(stop) for stop in route.stops]
        if all(each is None for each in limits):
            return nothing
        starts, facts = self._starts(route), sum(stop.is_fact for stop in route.stops)
        return [None if each is None else _share(starts[:, number - facts], each) for number, each in enumerate(limits)]

    def _limits(self, stop: Stop) -> tuple[int, int] | None:
        """Return from when to when a visit is in time: as promised, else by its deadline, else within its windows."""
        visits, v = self.objective.problem.visits, stop.visit
        if v == NONE:
            return None
        if visits.promised_from_s[v] != NONE:
            return int(visits.promised_from_s[v]), int(visits.promised_to_s[v])
        due = self.frame.deadlines.of(self.frame.problem.calls[v])
        if due.response_s is not None:
            return 0, due.response_s
        windows = visits.window_latest_s.row(v)
        return (0, windows[-1]) if windows else None

    def _varies(self, route: Route) -> bool:
        if travel_spread(self.frame.problem.policy) is not None:
            return True
        return any(stop.is_visit and self._work_spread(stop) is not None for stop in route.stops)

    def _work_spread(self, stop: Stop) -> Quantiles | None:
        return work_spread(self.frame.problem.calls[stop.visit], self.frame.problem.policy)

    def _starts(self, route: Route) -> Ints:
        """Return when the decided stops begin, (SAMPLES, stops)."""
        stops = [stop for stop in route.stops if not stop.is_fact]
        drives = np.stack([self._drive_s(stop) for stop in stops], axis=1)
        works = np.stack([self._work_s(stop) for stop in stops], axis=1)
        tables = self.objective.tables
        return sampled_starts(self.objective.problem, tables, route, self._begin_s(route), drives, works)

    def _begin_s(self, route: Route) -> Ints:
        """Return when the decided part begins: later or earlier as what is going on takes longer or shorter."""
        shifts, facts = self.objective.problem.shifts, [stop for stop in route.stops if stop.is_fact]
        resume_s = int(shifts.resume_s[route.shift])
        begin_s = resume_s if resume_s != NONE else facts[-1].end_s if facts else route.departure_s
        begins = np.full(SAMPLES, begin_s, np.int64)
        for stop in self._going_on(route, facts):
            begins += self._work_s(stop) - (stop.end_s - stop.start_s)
        now_s = self.frame.now_s if facts else begin_s
        return np.maximum(begins, min(now_s, begin_s))

    def _going_on(self, route: Route, facts: list[Stop]) -> Iterator[Stop]:
        reported = self.frame.index.shifts[route.shift][1].facts
        going_on = {fact.call for fact in reported.going_on} if reported else set()
        yield from (stop for stop in facts if self.frame.problem.calls[stop.visit].id in going_on)

    def _drive_s(self, stop: Stop) -> Ints:
        return self._drawn("drive", stop, travel_spread(self.frame.problem.policy), stop.travel_s)

    def _work_s(self, stop: Stop) -> Ints:
        spread = self._work_spread(stop) if stop.is_visit else None
        return self._drawn("work", stop, spread, stop.end_s - stop.start_s)

    def _drawn(self, what: str, stop: Stop, spread: Quantiles | None, expected_s: int) -> Ints:
        if spread is None:
            return np.full(SAMPLES, expected_s, np.int64)
        key = what, self.frame.problem.calls[stop.visit].id if stop.is_visit else f"{stop.location}/{stop.meeting}"
        if key not in self._units:
            self._units[key] = _units(*key)
        return np.rint(expected_s * spread(self._units[key])).astype(np.int64)


def _units(*about: str) -> NDArray[np.float64]:
    """Return SAMPLES numbers between 0 and 1, one in each of as many equal parts, in an order that the name decides."""
    chance = np.random.default_rng(zlib.crc32("\x1f".join(about).encode()))
    return (chance.permutation(SAMPLES) + 0.5) / SAMPLES


def _share(starts: Ints, limits: tuple[int, int]) -> float:
    first, last = limits
    return round(float(np.mean((starts >= first) & (starts <= last))), DIGITS)
