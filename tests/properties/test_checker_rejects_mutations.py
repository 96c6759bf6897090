"""Valid plans of random problems are accepted; each change that breaks a rule is rejected with its code."""

import pytest

from solver.checker import check
from solver.validation.check import validate
from tests.properties.mutations import of_bookkeeping, of_loads, of_rules, of_supplies, of_times
from tests.properties.mutations.trial import Mutation, Trial
from tests.properties.planned import Case, planned_cases, searched_cases
from tests.properties.planted import planted_cases

MUTATIONS = (*of_times.MUTATIONS, *of_rules.MUTATIONS, *of_bookkeeping.MUTATIONS)
MUTATIONS_OF_PARTS = (*of_loads.MUTATIONS, *of_supplies.MUTATIONS)
SEED = 20
BREAKS = frozenset({"breaks", "two_breaks"})
PINS_AND_SKILLS = frozenset({"pins", "skills", "technicians"})
ENOUGH = 10
"""A mutation that breaks fewer plans than this would prove nothing."""


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    few = planned_cases(SEED, 30, BREAKS) + planned_cases(SEED, 20, PINS_AND_SKILLS)
    return planned_cases(SEED, 90) + few + planted_cases(SEED, 15)


@pytest.fixture(scope="module")
def planted() -> tuple[Case, ...]:
    return planted_cases(SEED, 25)


@pytest.fixture(scope="module")
def parts(planted: tuple[Case, ...]) -> tuple[Case, ...]:
    return planted + searched_cases(SEED, 40)


def test_the_problems_of_planted_plans_are_valid(planted: tuple[Case, ...]) -> None:
    for case in planted:
        validate(case.problem)


def test_the_checker_accepts_the_plans_that_are_not_changed(cases: tuple[Case, ...], parts: tuple[Case, ...]) -> None:
    assert [violation.message for case in (*cases, *parts) for violation in case.report.violations] == []


def test_the_derived_cost_is_the_stated_one_term_by_term(cases: tuple[Case, ...]) -> None:
    assert all(dict(case.solution.cost_by_term) == dict(case.report.cost_by_term) for case in cases)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_change_is_rejected_if_and_only_if_it_breaks_a_rule(mutation: Mutation, cases: tuple[Case, ...]) -> None:
    judge(mutation, cases)


@pytest.mark.parametrize("mutation", MUTATIONS_OF_PARTS, ids=lambda mutation: mutation.__name__)
def test_a_change_of_parts_is_rejected_if_and_only_if_it_breaks_a_rule(
    mutation: Mutation, parts: tuple[Case, ...]
) -> None:
    judge(mutation, parts)


def judge(mutation: Mutation, cases: tuple[Case, ...]) -> None:
    trials = [trial for case in cases for trial in mutation(case)]
    assert [wrong for trial in trials if (wrong := wrong_verdict(trial))] == []
    assert sum(bool(trial.broken) for trial in trials) >= ENOUGH


def wrong_verdict(trial: Trial) -> str:
    """Tell what is wrong with the checker's verdict on a trial; nothing where it is as demanded."""
    found = check(trial.problem, trial.solution).codes
    is_missed = bool(trial.broken) and not found & trial.broken
    is_more = trial.alone and not found <= trial.broken
    return f"found {sorted(found)}, expected {sorted(trial.broken)}" if is_missed or is_more else ""
