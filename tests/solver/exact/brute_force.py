"""The cheapest plan by trying everything: every assignment, every order, every gap for every break.

Each route is timed as early as possible, so it knows only rules under which earlier is never dearer: ``RULES``. It is
the oracle of the oracle, and shares nothing with ``solver.exact``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations_with_replacement, pairwise, permutations, product

from solver.problem import NONE, ORDER_FIXED, START_FIXED, UNREACHABLE, Problem
from tests.properties.problems import RULES as ALL_RULES

RULES = frozenset(ALL_RULES) - {"paid_from_departure", "facts", "promises", "territories", "technicians"}
"""The rules that are known here. Preferences, territories and promised technicians are prices on pairs only."""


def cheapest_ticks(problem: Problem) -> int:
    """Return the cost of the best plan."""
    return _BruteForce(problem).cheapest()


class _BruteForce:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.known: dict[tuple[int, tuple[int, ...]], int | None] = {}

    def cheapest(self) -> int:
        p = self.problem
        plans = product((NONE, *range(p.n_shifts)), repeat=p.n_visits)
        return min(cost for plan in plans if (cost := self._of_plan(plan)) is not None)

    def _of_plan(self, plan: Sequence[int]) -> int | None:
        if not self._parts_suffice(plan):
            return None
        total = sum(self._dropped(v) for v, shift in enumerate(plan) if shift == NONE)
        for shift in range(self.problem.n_shifts):
            cost = self._of_shift(shift, tuple(v for v, on in enumerate(plan) if on == shift))
            if cost is None:
                return None
            total += cost
        return total

    def _parts_suffice(self, plan: Sequence[int]) -> bool:
        left = self.problem.technicians.stock.copy()
        for v, shift in enumerate(plan):
            if shift != NONE:
                left[self.problem.shifts.technician[shift]] -= self.problem.visits.parts[v]
        return bool((left >= 0).all())

    def _dropped(self, v: int) -> int:
        visits, end = self.problem.visits, self.problem.horizon_s
        return int(visits.drop_ticks[v]) + self._late(v, end, end)

    def _late(self, v: int, start_s: int, end_s: int, before_s: int = 0, after_s: int = 0) -> int:
        """Return the price of lateness, reckoned with the buffers of the start and of the end."""
        visits = self.problem.visits
        total = int(visits.downtime_ticks_per_s[v]) * max(0, end_s - int(visits.downtime_from_s[v]))
        total += sum(rate * max(0, start_s + before_s - after) for after, rate in visits.response.row(v))
        if before_s and visits.window_ticks_per_s[v]:
            total += int(visits.window_ticks_per_s[v]) * max(0, start_s + before_s - visits.window_latest_s.row(v)[-1])
        return total + sum(rate * max(0, end_s + after_s - after) for after, rate in visits.restore.row(v))

    def _of_shift(self, shift: int, visits: tuple[int, ...]) -> int | None:
        if (shift, visits) not in self.known:
            costs = [cost for order in permutations(visits) for cost in _Order(self, shift, order).costs()]
            self.known[shift, visits] = min(costs, default=None)
        return self.known[shift, visits]

    def late(self, v: int, start_s: int, end_s: int, before_s: int, after_s: int) -> int:
        return self._late(v, start_s, end_s, before_s, after_s)


def _root(square: int) -> int:
    return next(root for root in (math.isqrt(square), math.isqrt(square) + 1) if root * root >= square)


class _Order:
    """One order of visits on one shift."""

    def __init__(self, search: _BruteForce, shift: int, order: tuple[int, ...]) -> None:
        self.search, self.problem, self.shift, self.order = search, search.problem, shift, order

    def _of(self, name: str) -> int:
        return int(getattr(self.problem.shifts, name)[self.shift])

    @cached_property
    def legs(self) -> list[tuple[int, int]]:
        """Seconds and metres of each leg, the one to the end place last."""
        travel, profile = self.problem.travel, self._of("profile")
        places = [self._of("start_place"), *(int(self.problem.visits.place[v]) for v in self.order)]
        places += [self._of("end_place")] if self._of("end_place") != NONE else []
        legs = [
            (int(travel.duration_s[profile, a, b]), int(travel.distance_m[profile, a, b])) for a, b in pairwise(places)
        ]
        if any(seconds >= UNREACHABLE for seconds, _ in legs):
            return []
        return [((seconds * self._of("travel_permille") + 500) // 1000, metres) for seconds, metres in legs]

    def services(self) -> list[int]:
        return [int(self.problem.visits.service_s[v, self._of("technician")]) for v in self.order]

    @cached_property
    def buffers(self) -> list[tuple[int, int]]:
        """What is to be kept in hand at the start and the end of each visit."""
        squares, found = self._of("head_buffer_s") ** 2, []
        for v, (leg_s, _), service_s in zip(self.order, self.legs, self.services(), strict=False):
            squares += ((leg_s * self._of("travel_buffer_permille") + 500) // 1000) ** 2
            begun = squares
            squares += ((service_s * int(self.problem.visits.buffer_permille[v]) + 500) // 1000) ** 2
            found.append((_root(begun), _root(squares)))
        return found

    def costs(self) -> Iterator[int]:
        """Yield the cost for every way to lay the breaks, as far as it is allowed."""
        if not self.order:
            yield self._fairness(0)
        elif self.legs and self._qualities() and self._within_limits():
            n_breaks = len(self.problem.shifts.break_earliest_s.row(self.shift))
            last_gap = len(self.legs) - 1
            for taken in range(n_breaks + 1):
                for gaps in combinations_with_replacement(range(-1, last_gap + 1), taken):
                    if (cost := self._timed(gaps)) is not None:
                        yield cost

    def _qualities(self) -> bool:
        visits, who = self.problem.visits, self.problem.technicians
        t = self._of("technician")
        able = all(
            (visits.skill_level[v] <= who.skill_level[t]).all() and (visits.needs_tool[v] <= who.has_tool[t]).all()
            for v in self.order
        )
        pinned = all(
            int(visits.pin_technician[v]) in (NONE, t) and int(visits.pin_shift[v]) in (NONE, self.shift)
            for v in self.order
        )
        ranks = [int(visits.pin_rank[v]) for v in self.order if visits.pin_level[v] >= ORDER_FIXED]
        ranks = [rank for rank in ranks if rank != NONE]
        return able and pinned and ranks == sorted(ranks)

    def _within_limits(self) -> bool:
        found = {
            "max_visits": len(self.order),
            "max_driving_s": sum(seconds for seconds, _ in self.legs),
            "max_distance_m": sum(metres for _, metres in self.legs),
        }
        return all(self._of(name) in (NONE, max(value, self._of(name))) for name, value in found.items())

    def _break(self, index: int) -> tuple[int, int, int, bool]:
        shifts = self.problem.shifts
        rows = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
        earliest_s, latest_s, duration_s, paid = (row.row(self.shift)[index] for row in rows)
        return earliest_s, latest_s, duration_s, bool(paid)

    def _timed(self, gaps: tuple[int, ...]) -> int | None:
        """Return the cost with break k in gap ``gaps[k]`` (-1: before departure), all as early as it can be."""
        clock_s, late, unpaid_s = self._of("start_s"), 0, 0
        for gap in range(-1, len(self.legs)):
            leg_s = self.legs[gap][0] if gap >= 0 else 0
            ready_s, free_s = clock_s + leg_s, clock_s
            for index in [k for k, where in enumerate(gaps) if where == gap]:
                earliest_s, latest_s, duration_s, paid = self._break(index)
                free_s = max(free_s, earliest_s) + duration_s
                if free_s - duration_s > latest_s:
                    return None
                ready_s += duration_s
                unpaid_s += 0 if paid else duration_s
            clock_s = max(ready_s, free_s)
            if 0 <= gap < len(self.order):
                v = self.order[gap]
                start_s = self._start(v, clock_s)
                if start_s is None:
                    return None
                clock_s = start_s + self.services()[gap]
                late += self.search.late(v, start_s, clock_s, *self.buffers[gap])
        return self._closed(clock_s, unpaid_s, len(gaps), late)

    def _start(self, v: int, ready_s: int) -> int | None:
        visits = self.problem.visits
        if visits.pin_level[v] == START_FIXED:
            pinned_s = int(visits.pin_start_s[v])
            return pinned_s if ready_s <= pinned_s else None
        ready_s = max(ready_s, int(visits.release_s[v]))
        windows = list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))
        if not windows:
            return ready_s
        return min((max(ready_s, first) for first, last in windows if ready_s <= last), default=None)

    def _closed(self, end_s: int, unpaid_s: int, taken: int, late: int) -> int | None:
        regular_end_s = self._of("regular_end_s")
        left_out = self.problem.shifts.break_latest_s.row(self.shift)[taken:]
        if end_s > regular_end_s + self._of("overtime_cap_s") or any(end_s > latest_s for latest_s in left_out):
            return None
        return (
            late
            + self._of("wage_ticks_per_s") * (end_s - self._of("start_s") - unpaid_s)
            + self._of("overtime_ticks_per_s") * max(0, end_s - regular_end_s)
            + self._of("distance_ticks_per_m") * sum(metres for _, metres in self.legs)
            + self._of("fixed_ticks")
            + self._of("visit_ticks") * len(self.order)
            + self._fairness(sum(self.services()) + sum(seconds for seconds, _ in self.legs))
        )

    def _fairness(self, workload_s: int) -> int:
        target_s = self._of("workload_target_s")
        if target_s == NONE:
            return 0
        deviation_s = abs(workload_s - target_s)
        return sum(rate * max(0, deviation_s - beyond) for beyond, rate in self.problem.fairness.row(0))
