"""On random small days with limits of the time from departure to end, the search keeps them and seldom pays for it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from solver.bound.quick import lower_bound_ticks
from solver.checker import check
from solver.exact import ExactResult, solve_exact
from solver.params import Params
from solver.problem import NONE, Problem
from solver.solution import Solution
from solver.solve import solve
from solver.stop import IterationLimit
from solver.tables import build_tables
from tests.properties.problems import DURATION, random_problem
from tests.solver.search.standing import started
from tests.solver.search.test_floor import lies

COUNT = 30
BESIDE = ("windows", "release", "response", "restore", "breaks", "overtime", "paid_from_departure", "open_end", "facts")


def days() -> Iterator[Problem]:
    for number in range(COUNT):
        rng = np.random.default_rng([61, number])
        rules = {rule for rule in BESIDE if rng.random() < 0.45} | {DURATION}
        yield random_problem(rng, int(rng.integers(2, 5)), int(rng.integers(1, 3)), rules)


@cache
def solved() -> tuple[tuple[Problem, Solution, ExactResult], ...]:
    quick = Params(seed=1, master=None)
    return tuple((day, solve(day, quick, IterationLimit(200)).solution, solve_exact(day)) for day in days())


def test_the_limits_of_these_days_bind() -> None:
    cheaper = [solve_exact(_without_limits(day)).bound_ticks < exact.bound_ticks for day, _, exact in solved()]
    assert sum(cheaper) >= COUNT // 5


def _without_limits(day: Problem) -> Problem:
    return replace(day, shifts=replace(day.shifts, max_duration_s=np.full(day.n_shifts, NONE)))


def test_the_checker_accepts_both_answers() -> None:
    for day, found, exact in solved():
        assert [v.message for plan in (found, exact.solution) for v in check(day, plan).violations] == []


def test_the_search_is_never_below_the_optimum_and_seldom_above_it() -> None:
    excess = [found.cost_ticks - exact.bound_ticks for _, found, exact in solved()]
    assert min(excess) >= 0
    assert sum(each > 0 for each in excess) <= COUNT // 10


def test_no_optimum_undercuts_the_quick_bound() -> None:
    assert all(lower_bound_ticks(build_tables(day)) <= exact.bound_ticks for day, _, exact in solved())


def test_the_floor_is_never_above_the_cost() -> None:
    assert [lie for day in days() for lie in lies(started(day))] == []
