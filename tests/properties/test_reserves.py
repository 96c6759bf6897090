"""Reserves on random small problems: search, exact model and checker agree on what is free and what is missing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.bound.quick import lower_bound_ticks
from solver.checker import check
from solver.exact import solve_exact
from solver.problem import Problem
from solver.solution import Solution
from solver.tables import build_tables
from tests.properties.optima import WORK_LIMIT, Trial, searched
from tests.properties.problems import RULES, problems
from tests.properties.reserves import reserve_cases, with_reserves

COUNT = 80
SHARE_OF_OPTIMA = 0.8
"""Routes are timed as is cheapest without reserves, so that a visit is not put off to keep its technician free."""
SHARE_OF_OPTIMA_ALL_DAY = 0.95
"""Where reserves are for the whole day it does not matter when within it somebody is free."""


def trials(*, all_day: bool) -> tuple[Trial, ...]:
    cases = reserve_cases(11, COUNT, 5, 3, RULES, all_day=all_day)
    solved = ((problem, solve_exact(problem, work_limit=WORK_LIMIT)) for problem in cases)
    return tuple(Trial(k, problem, exact, searched(problem)) for k, (problem, exact) in enumerate(solved))


@pytest.fixture(scope="module")
def cases() -> tuple[Trial, ...]:
    return trials(all_day=False)


@pytest.fixture(scope="module")
def all_day_cases() -> tuple[Trial, ...]:
    return trials(all_day=True)


def faults(problem: Problem, solution: Solution) -> list[str]:
    return [violation.message for violation in check(problem, solution).violations]


def test_the_checker_accepts_every_exact_plan_with_reserves_to_the_unit(cases: tuple[Trial, ...]) -> None:
    assert {case.number: f for case in cases if (f := faults(case.problem, case.exact.solution))} == {}


def test_something_is_missing_in_many_plans_and_much_is_kept_in_others(cases: tuple[Trial, ...]) -> None:
    missing = sum(case.exact.solution.cost_by_term["reserve"] > 0 for case in cases)
    assert COUNT // 4 < missing < COUNT - COUNT // 10


def test_the_search_is_never_below_the_proven_bound(cases: tuple[Trial, ...]) -> None:
    assert [case.number for case in cases if case.found.cost_ticks < case.exact.bound_ticks] == []


def test_the_search_mostly_reaches_the_optimum(cases: tuple[Trial, ...]) -> None:
    missed = [(case.number, case.excess) for case in cases if case.excess > 0]
    assert len(missed) <= (1 - SHARE_OF_OPTIMA) * COUNT, missed


def test_the_search_nearly_always_reaches_the_optimum_where_reserves_are_for_all_day(
    all_day_cases: tuple[Trial, ...],
) -> None:
    missed = [(case.number, case.excess) for case in all_day_cases if case.excess > 0]
    assert len(missed) <= (1 - SHARE_OF_OPTIMA_ALL_DAY) * COUNT, missed


def test_a_lower_bound_that_knows_nothing_of_reserves_holds_with_them(cases: tuple[Trial, ...]) -> None:
    for case in cases:
        assert lower_bound_ticks(build_tables(case.problem)) <= case.exact.solution.cost_ticks or not case.exact.optimal


@settings(max_examples=60)
@given(problem=problems(), seed=st.integers(0, 2**32 - 1))
def test_the_checker_accepts_every_plan_of_the_search_with_reserves(problem: Problem, seed: int) -> None:
    problem = with_reserves(problem, np.random.default_rng(seed))
    assert faults(problem, searched(problem)) == []
