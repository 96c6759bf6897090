"""Random small problems with reserves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from solver.problem import Problem
from solver.reserves import Reserves
from tests.properties.dice import PER_HOUR
from tests.properties.problems import RULES, random_problem
from tests.properties.supplies import PARTS_RULES

MOST_RESERVES = 3
SHARE_OF_RULES = 0.35


def reserve_cases(
    seed: int,
    count: int,
    max_visits: int = 8,
    max_shifts: int = 3,
    rules: Sequence[str] = (*RULES, *PARTS_RULES),
    *,
    all_day: bool = False,
) -> Iterator[Problem]:
    """Yield problems of random sizes and rules with reserves; ``all_day``: from the first begin to the last end."""
    for number in range(count):
        rng = np.random.default_rng([seed, number])
        n_visits, n_shifts = int(rng.integers(1, max_visits + 1)), int(rng.integers(1, max_shifts + 1))
        on = {rule for rule in rules if rng.random() < SHARE_OF_RULES}
        yield with_reserves(random_problem(rng, n_visits, n_shifts, on), rng, all_day=all_day)


def with_reserves(problem: Problem, rng: np.random.Generator, *, all_day: bool = False) -> Problem:
    """Return the problem with one to three reserves: of intervals, sizes and prices by chance, for some technicians."""
    count, shifts = int(rng.integers(1, MOST_RESERVES + 1)), problem.shifts
    begin_s, end_s = int(shifts.start_s.min()), int((shifts.regular_end_s + shifts.overtime_cap_s).max())
    bounds = np.sort(rng.integers(begin_s, end_s + 1, (count, 2)), axis=1)
    if all_day:
        bounds[:] = begin_s, end_s
    return replace(
        problem,
        reserves=Reserves(
            from_s=bounds[:, 0].copy(),
            until_s=bounds[:, 1].copy(),
            wanted_s=rng.integers(0, problem.n_shifts * (end_s - begin_s) // 2, count),
            ticks_per_s=PER_HOUR * rng.integers(0, 80, count),
            counts=rng.random((count, len(problem.technicians))) < 0.8,
        ),
    )
