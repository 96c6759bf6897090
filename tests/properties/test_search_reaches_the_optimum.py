"""On random small problems with rules on or off, the search is never below the proven optimum and seldom above it."""

import pytest
from hypothesis import given, settings

from solver.checker import check
from solver.exact import solve_exact
from solver.problem import Problem
from solver.solution import Solution
from tests.properties.optima import COUNT, EXACT_LIMIT_S, Trial, searched, trials
from tests.properties.problems import problems

SHARE_OF_OPTIMA = 0.95


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


@settings(max_examples=40)
@given(problem=problems())
def test_any_problem_has_a_valid_plan_not_below_the_bound(problem: Problem) -> None:
    exact, found = solve_exact(problem, EXACT_LIMIT_S), searched(problem)
    assert faults(problem, exact.solution) == []
    assert faults(problem, found) == []
    assert found.cost_ticks >= exact.bound_ticks
