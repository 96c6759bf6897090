"""On random small problems with rules on or off, the search is never below the proven optimum and seldom above it."""

import pytest
from hypothesis import given, settings

from solver.checker import check
from solver.exact import solve_exact
from solver.problem import Problem
from solver.solution import Solution
from tests.properties.optima import COUNT, WORK_LIMIT, Trial, parts_trials, searched, solved_with_parts, trials
from tests.properties.problems import problems
from tests.properties.supplies import PARTS_RULES

SHARE_OF_OPTIMA = 0.95
SHARE_OF_OPTIMA_WITH_PARTS = 0.9
"""Where what one route takes on decides what another can, or a restock is worth its line elsewhere, more is missed."""


@pytest.fixture(scope="module")
def cases() -> tuple[Trial, ...]:
    return trials()


def faults(problem: Problem, solution: Solution) -> list[str]:
    """Return what the checker has against a plan, its cost by term included."""
    return [violation.message for violation in check(problem, solution).violations]


def test_nearly_all_problems_are_solved_to_proven_optimality(cases: tuple[Trial, ...]) -> None:
    assert sum(case.exact.optimal for case in cases) >= 0.95 * COUNT


def test_the_checker_accepts_every_exact_plan_to_the_unit(cases: tuple[Trial, ...]) -> None:
    assert {case.number: f for case in cases if (f := faults(case.problem, case.exact.solution))} == {}


def test_the_checker_accepts_every_plan_of_the_search_to_the_unit(cases: tuple[Trial, ...]) -> None:
    assert {case.number: f for case in cases if (f := faults(case.problem, case.found))} == {}


def test_the_search_is_never_below_the_proven_bound(cases: tuple[Trial, ...]) -> None:
    assert [case.number for case in cases if case.found.cost_ticks < case.exact.bound_ticks] == []


def test_the_search_reaches_the_optimum_nearly_always(cases: tuple[Trial, ...]) -> None:
    missed = [(case.number, case.excess) for case in cases if case.excess > 0]
    assert len(missed) <= (1 - SHARE_OF_OPTIMA) * COUNT, missed


@pytest.fixture(scope="module")
def parts_cases() -> tuple[Trial, ...]:
    return parts_trials()


def test_nearly_all_problems_with_parts_are_solved_to_proven_optimality(parts_cases: tuple[Trial, ...]) -> None:
    assert sum(case.exact.optimal for case in parts_cases) >= 0.95 * len(parts_cases)


def test_the_checker_accepts_every_plan_with_parts_to_the_unit(parts_cases: tuple[Trial, ...]) -> None:
    for case in parts_cases:
        assert faults(case.problem, case.exact.solution) == []
        assert faults(case.problem, case.found) == []


def test_the_search_is_never_below_the_proven_bound_with_parts(parts_cases: tuple[Trial, ...]) -> None:
    assert [case.number for case in parts_cases if case.found.cost_ticks < case.exact.bound_ticks] == []


def test_the_search_reaches_the_optimum_mostly_with_parts(parts_cases: tuple[Trial, ...]) -> None:
    missed = [(case.number, case.excess) for case in parts_cases if case.excess > 0]
    assert len(missed) <= (1 - SHARE_OF_OPTIMA_WITH_PARTS) * len(parts_cases), missed


@settings(max_examples=40)
@given(problem=problems())
def test_any_problem_has_a_valid_plan_not_below_the_bound(problem: Problem) -> None:
    exact, found = solve_exact(problem, work_limit=WORK_LIMIT), searched(problem)
    assert faults(problem, exact.solution) == []
    assert faults(problem, found) == []
    assert found.cost_ticks >= exact.bound_ticks


@settings(max_examples=20)
@given(problem=problems(max_visits=4, max_shifts=2, rules=PARTS_RULES))
def test_any_problem_with_parts_has_a_valid_plan_not_below_the_bound(problem: Problem) -> None:
    exact, found = solved_with_parts(problem), searched(problem)
    assert faults(problem, exact.solution) == []
    assert faults(problem, found) == []
    assert found.cost_ticks >= exact.bound_ticks
