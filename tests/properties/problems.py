"""Random small problems, each rule switched on or off by name and tight enough to bind.

``random_problem(rng, n_visits, n_shifts, rules)`` draws one; ``random_cases(seed, count)`` draws sizes and rules too;
``problems()`` is the Hypothesis strategy, which shrinks by dropping rules, visits and shifts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from solver.problem import (
    NONE,
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    TERRITORY_IGNORED,
    TERRITORY_PREFERRED,
    TERRITORY_REQUIRED,
    UNREACHABLE,
    Problem,
    Travel,
)
from tests.properties.dice import DAY_S, PER_HOUR, PER_KM, UNIT, Dice
from tests.properties.supplies import PARTS_RULES, Supplied, with_supplies
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem

BUFFERS = "buffers"
RULES = (
    "skills",
    "tools",
    "technicians",
    "territories",
    "windows",
    "release",
    "response",
    "restore",
    "capped_lateness",
    "downtime",
    "low_drop_price",
    "breaks",
    "two_breaks",
    "overtime",
    "limits",
    "paid_from_departure",
    "callout",
    "fairness",
    "parts",
    "pins",
    "facts",
    "promises",
    "two_days",
    "open_end",
    "wild_travel",
    "unreachable",
    "permille",
    "profiles",
    BUFFERS,
)
"""The names of the rules that can be switched on."""

DURATION = "duration"
"""A rule besides: limits of the time from departure to end."""

BESIDE_MEETINGS = frozenset({"meetings", "uncertain", "room", "lent_tools", "breaks", "overtime", "downtime"})
MAX_VISITS, MAX_SHIFTS = 8, 3


def problems(
    max_visits: int = MAX_VISITS, max_shifts: int = MAX_SHIFTS, rules: Sequence[str] = RULES
) -> st.SearchStrategy[Problem]:
    """Hypothesis strategy of problems by seed, sizes and a set of the rules given."""
    return st.builds(
        lambda seed, n_visits, n_shifts, on: random_problem(np.random.default_rng(seed), n_visits, n_shifts, on),
        st.integers(0, 2**32 - 1),
        st.integers(1, max_visits),
        st.integers(1, max_shifts),
        st.frozensets(st.sampled_from(rules)),
    )


def random_cases(
    seed: int, count: int, max_visits: int = MAX_VISITS, max_shifts: int = MAX_SHIFTS
) -> Iterator[Problem]:
    """Yield ``count`` problems of random sizes and rules, the same for the same seed."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        n_visits, n_shifts = int(rng.integers(1, max_visits + 1)), int(rng.integers(1, max_shifts + 1))
        share = rng.random()
        rules = {rule for rule in RULES if rule != BUFFERS and rng.random() < share}
        # By chance of its own, so that problems without this rule are what they were before there was one.
        rules |= {BUFFERS} if np.random.default_rng([seed, number, 1]).random() < share else set()
        yield random_problem(rng, n_visits, n_shifts, rules)


def random_parts_cases(seed: int, count: int, max_visits: int = 5, max_shifts: int = 2) -> Iterator[Problem]:
    """Yield ``count`` problems in which parts are short: many of the rules on them are on, and a few others."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        n_visits, n_shifts = int(rng.integers(1, max_visits + 1)), int(rng.integers(1, max_shifts + 1))
        share, share_of_parts = rng.uniform(0, 0.4), rng.uniform(0.2, 0.9)
        rules = {rule for rule in RULES if rule != BUFFERS and rng.random() < share}
        rules |= {rule for rule in PARTS_RULES if rng.random() < share_of_parts}
        rules |= {str(rng.choice(PARTS_RULES))}
        if "meetings" in rules and rng.random() < 0.5:  # where there is another way, it is nearly always cheaper
            n_visits, n_shifts, rules = max_visits, max_shifts, rules & BESIDE_MEETINGS
        yield random_problem(rng, n_visits, n_shifts, rules)


def random_problem(
    rng: np.random.Generator, n_visits: int, n_shifts: int, rules: set[str] | frozenset[str] | None = None
) -> Problem:
    """Draw a problem; ``rules`` are names of ``RULES`` and ``PARTS_RULES``, None means all of ``RULES``.

    Visits that become facts are among the ``n_visits``.
    """
    return _Draw.of(rng, n_visits, n_shifts, frozenset(RULES if rules is None else rules)).problem()


@dataclass(frozen=True)
class _Draw(Dice):
    """One draw: what a problem is made of, rule by rule."""

    n_visits: int
    n_shifts: int
    n_technicians: int
    n_places: int

    @classmethod
    def of(cls, rng: np.random.Generator, n_visits: int, n_shifts: int, rules: frozenset[str]) -> _Draw:
        n_technicians = int(rng.integers(1, n_shifts + 1)) if "meetings" not in rules else n_shifts
        return cls(rng, rules, n_visits, n_shifts, n_technicians, n_places=int(rng.integers(2, n_visits + 3)))

    @property
    def n_profiles(self) -> int:
        return 2 if "profiles" in self.rules else 1

    def problem(self) -> Problem:
        shifts = [self.shift(s) for s in range(self.n_shifts)]
        visits = [self.visit() for _ in range(self.n_visits)]
        visits = [self.pinned(visit, index, shifts) for index, visit in enumerate(visits)]
        travel = self.travel()
        if "facts" in self.rules:
            shifts, travel = self.with_facts(shifts, visits, travel)
        if "parts" in self.rules:
            visits = [replace(visit, parts=self.levels(2, 1, 2)) for visit in visits]
        technicians = [self.technician() for _ in range(self.n_technicians)]
        supplied = Supplied(visits, technicians, shifts)
        fairness = self.fairness()
        if self.rules & set(PARTS_RULES):
            supplied = with_supplies(self, supplied, self.n_places)
        return make_problem(
            **vars(supplied),
            travel=travel,
            fairness=fairness,
            horizon_s=DAY_S * (2 if "two_days" in self.rules else 1),
        )

    def travel(self) -> Travel:
        planes = [self.plane() for _ in range(self.n_profiles)]
        return Travel(np.stack([d for d, _ in planes]), np.stack([m for _, m in planes]))

    def plane(self) -> tuple[np.ndarray, np.ndarray]:
        n = self.n_places
        where = self.rng.random((n, 2))
        apart = np.sqrt(((where[:, None] - where[None]) ** 2).sum(-1))
        duration_s = apart * 2400 * self.rng.uniform(0.9, 1.2, (n, n))
        distance_m = apart * 24_000 * self.rng.uniform(0.9, 1.2, (n, n))
        if "wild_travel" in self.rules:
            duration_s, distance_m = self.rng.uniform(60, 3000, (n, n)), self.rng.uniform(100, 30_000, (n, n))
        if "unreachable" in self.rules:
            blocked = self.rng.random((n, n)) < 0.12
            duration_s[blocked], distance_m[blocked] = UNREACHABLE, 0
        np.fill_diagonal(duration_s, 0)
        np.fill_diagonal(distance_m, 0)
        return duration_s.astype(np.int32), distance_m.astype(np.int32)

    def technician(self) -> Technician:
        return Technician(
            skills=self.levels(2, 1, 3, 0.8) if "skills" in self.rules else {},
            tools=self.some(2, 0.8) if "tools" in self.rules else (),
            territories=self.some(2) if "territories" in self.rules else (),
            stock=self.levels(2, 1, 5, 0.9) if "parts" in self.rules else {},
        )

    def shift(self, index: int) -> Shift:
        rng = self.rng
        day = index % 2 if "two_days" in self.rules else 0
        start_s = day * DAY_S + self.number(7 * 3600, 9 * 3600)
        regular_end_s = start_s + self.number(3 * 3600, (5 if "overtime" in self.rules else 9) * 3600)
        return Shift(
            technician=index % self.n_technicians,
            profile=int(rng.integers(self.n_profiles)),
            travel_permille=self.number(700, 1400) if "permille" in self.rules else 1000,
            start_place=int(rng.integers(self.n_places)),
            end_place=NONE if self.has("open_end", 0.5) else int(rng.integers(self.n_places)),
            start_s=start_s,
            regular_end_s=regular_end_s,
            overtime_cap_s=self.number(0, 7200) if "overtime" in self.rules else 0,
            paid_from_departure=self.has("paid_from_departure"),
            wage_ticks_per_s=self.price(PER_HOUR, 0, 40),
            overtime_ticks_per_s=self.price(PER_HOUR, 0, 30) if "overtime" in self.rules else 0,
            distance_ticks_per_m=self.price(PER_KM, 0, 2) // 4,
            fixed_ticks=self.price(UNIT, 0, 60) if self.has("callout") else 0,
            visit_ticks=self.price(UNIT, 0, 20) if self.has("callout") else 0,
            max_visits=self.number(1, 5) if self.has("limits", 0.4) else NONE,
            max_driving_s=self.number(3000, 12_000) if self.has("limits", 0.4) else NONE,
            max_distance_m=self.number(20_000, 120_000) if self.has("limits", 0.4) else NONE,
            max_duration_s=self.number(2000, 12_000) if self.has(DURATION, 0.7) else NONE,
            workload_target_s=self.number(3600, 25_000) if self.has("fairness", 0.8) else NONE,
            breaks=self.breaks(start_s, regular_end_s),
            travel_buffer_permille=self.number(0, 900) if self.has(BUFFERS) else 0,
        )

    def breaks(self, start_s: int, end_s: int) -> list[Break]:
        breaks: list[Break] = []
        earliest_s = latest_s = start_s
        for number in range(self.has("breaks", 0.8) + self.has("two_breaks", 0.6)):
            earliest_s = self.number(earliest_s, max(earliest_s, start_s + (end_s - start_s) * (number + 1) // 3))
            latest_s = max(latest_s, earliest_s + self.number(0, 5400))
            breaks.append(Break(earliest_s, latest_s, self.number(300, 3600), self.rng.random() < 0.5))
        return breaks

    def fairness(self) -> list[tuple[int, int]]:
        if "fairness" not in self.rules:
            return []
        return [(self.number(0, 3600) * k, self.price(PER_HOUR, 1, 20)) for k in range(1, self.number(1, 2) + 1)]

    def visit(self) -> Visit:
        day_start_s = (DAY_S if self.has("two_days", 0.5) else 0) + 7 * 3600
        low_price = self.has("low_drop_price")
        visit = Visit(
            place=int(self.rng.integers(self.n_places)),
            service_s=[self.number(300, 4000) for _ in range(self.n_technicians)],
            buffer_permille=self.number(0, 1500) if self.has(BUFFERS) else 0,
            windows=self.windows(day_start_s) if self.has("windows") else (),
            release_s=day_start_s + self.number(0, 5 * 3600) if self.has("release", 0.4) else 0,
            response=self.steps(day_start_s) if self.has("response", 0.5) else (),
            restore=self.steps(day_start_s) if self.has("restore", 0.5) else (),
            downtime_from_s=day_start_s - self.number(0, 7200),
            downtime_ticks_per_s=self.price(PER_HOUR, 1, 80) if self.has("downtime", 0.4) else 0,
            drop_ticks=self.price(UNIT, 5, 80) if low_price else self.price(UNIT, 300, 2000),
        )
        if visit.windows and self.has(BUFFERS):
            visit = replace(visit, window_ticks_per_s=self.price(PER_HOUR, 1, 60))
        return self.with_promise(self.with_technicians(visit), day_start_s)

    def with_technicians(self, visit: Visit) -> Visit:
        n, given = self.n_technicians, "technicians" in self.rules
        return replace(
            visit,
            skills=self.levels(2, 1, 2) if self.has("skills", 0.6) else {},
            tools=self.some(2, 0.4) if self.has("tools", 0.5) else (),
            required=self.some(n) if given and self.has("technicians", 0.2) else (),
            preferred=self.some(n) if given else (),
            excluded=self.some(n, 0.1) if given else (),
            preference_ticks=self.price(UNIT, 0, 30) if given else 0,
            territory=self.number(NONE, 1) if "territories" in self.rules else NONE,
            territory_rule=self.territory_rule(),
            territory_ticks=self.price(UNIT, 0, 40),
        )

    def territory_rule(self) -> int:
        if "territories" not in self.rules:
            return TERRITORY_IGNORED
        return int(self.rng.choice([TERRITORY_IGNORED] + 4 * [TERRITORY_PREFERRED] + [TERRITORY_REQUIRED]))

    def with_promise(self, visit: Visit, day_start_s: int) -> Visit:
        if not self.has("promises"):
            return visit
        from_s = day_start_s + self.number(0, 7 * 3600)
        return replace(
            visit,
            promised_technician=int(self.rng.integers(self.n_technicians)),
            reassign_ticks=self.price(UNIT, 1, 40),
            promised=(from_s, from_s + self.number(0, 5400)) if self.rng.random() < 0.7 else (NONE, NONE),
            retime_ticks=self.price(UNIT, 1, 60),
            promise_drop_ticks=self.price(UNIT, 1, 60),
        )

    def windows(self, day_start_s: int) -> list[tuple[int, int]]:
        windows: list[tuple[int, int]] = []
        earliest_s = day_start_s
        for _ in range(self.number(1, 3)):
            earliest_s += self.number(0, 3 * 3600)
            latest_s = earliest_s + self.number(0, 3 * 3600)
            windows.append((earliest_s, latest_s))
            earliest_s = latest_s + 1
        return windows

    def steps(self, day_start_s: int) -> list[tuple[int, int]]:
        """Draw increases of slope; with ``capped_lateness`` the slope may fall again, never below zero."""
        steps: list[tuple[int, int]] = []
        after_s, slope = day_start_s, 0
        for _ in range(self.number(1, 3)):
            after_s += self.number(0, 3 * 3600)
            rate = -slope if slope and self.has("capped_lateness", 0.5) else self.price(PER_HOUR, 1, 60)
            steps.append((after_s, rate))
            slope += rate
        return steps

    def pinned(self, visit: Visit, index: int, shifts: Sequence[Shift]) -> Visit:
        if not self.has("pins", 0.35):
            return visit
        level = int(self.rng.choice([TECHNICIAN_FIXED, ORDER_FIXED, START_FIXED]))
        shift = int(self.rng.integers(len(shifts)))
        in_order = level != TECHNICIAN_FIXED
        return replace(
            visit,
            pin_level=level,
            pin_technician=shifts[shift].technician,
            pin_shift=shift if in_order or self.rng.random() < 0.5 else NONE,
            pin_rank=(index * 5) % 11 if in_order and self.rng.random() < 0.8 else NONE,
            pin_start_s=shifts[shift].start_s + self.number(0, 20_000) if level == START_FIXED else NONE,
            window_ticks_per_s=0 if level == START_FIXED else visit.window_ticks_per_s,
        )

    def with_facts(
        self, shifts: Sequence[Shift], visits: Sequence[Visit], travel: Travel
    ) -> tuple[list[Shift], Travel]:
        """Let some shifts have begun: departed, with facts at the head, with or without a resume point."""
        left = list(self.rng.permutation(self.n_visits))
        begun = []
        for shift in shifts:
            count = min(int(self.rng.choice([0, 1, 1, 2])), len(left) // 2)
            begun.append(self.begun(shift, [int(left.pop()) for _ in range(count)]))
        return begun, with_known_ways(begun, visits, travel)

    def begun(self, shift: Shift, done: Sequence[int]) -> Shift:
        clock_s = departed_s = shift.start_s + self.number(0, 3600)
        facts = []
        for visit in done:
            start_s = clock_s + self.number(0, 3600)
            clock_s = start_s + self.number(0, 5400)
            facts.append(Fact(visit, start_s, clock_s))
        resumes = self.rng.random() < 0.4
        if not facts and not resumes:
            return replace(shift, departed_s=departed_s) if self.rng.random() < 0.3 else shift
        return replace(
            shift,
            facts=facts,
            departed_s=departed_s,
            resume_place=int(self.rng.integers(self.n_places)) if resumes else NONE,
            resume_s=clock_s + self.number(0, 1800) if resumes else NONE,
            breaks_taken=self.number(0, len(shift.breaks)),
            head_buffer_s=self.number(0, 3600) if self.has(BUFFERS) else 0,
        )


def with_known_ways(shifts: Sequence[Shift], visits: Sequence[Visit], travel: Travel) -> Travel:
    """Open the ways that are driven whatever is decided: from fact to fact and back from the last."""
    duration_s, distance_m = travel.duration_s.copy(), travel.distance_m.copy()
    for shift in shifts:
        stops = [shift.start_place, *(visits[fact.visit].place for fact in shift.facts), shift.resume_place]
        known = [place for place in [*stops, shift.end_place] if place is not None and place != NONE]
        for leg in pairwise(known):
            if (duration_s[(slice(None), *leg)] >= UNREACHABLE).any():
                duration_s[(slice(None), *leg)], distance_m[(slice(None), *leg)] = 2500, 25_000
    return Travel(duration_s, distance_m)
