"""The exact model agrees with trying everything, on problems small enough for that."""

from collections.abc import Iterator
from itertools import count, islice

import numpy as np
import pytest

from solver.exact import solve_exact
from solver.problem import Problem
from solver.solution import Solution
from tests.properties.problems import random_problem
from tests.solver.exact import brute_force_parts
from tests.solver.exact.brute_force import RULES, cheapest_ticks

PROBLEMS = 60
MAX_PLANS = 700


@pytest.mark.parametrize("number", range(PROBLEMS))
def test_the_optimum_is_the_cheapest_of_all_plans(number: int) -> None:
    rng = np.random.default_rng([7, number])
    share = rng.random()
    rules = {rule for rule in sorted(RULES) if rng.random() < share}
    problem = random_problem(rng, int(rng.integers(1, 5)), int(rng.integers(1, 3)), rules)
    result = solve_exact(problem)
    assert result.optimal
    assert result.solution.cost_ticks == cheapest_ticks(problem)


def small_parts_problems(seed: int) -> Iterator[tuple[Problem, list[Solution]]]:
    """Yield problems of one route in which parts are short, with all their plans where these are not too many."""
    for number in count():
        rng = np.random.default_rng([seed, number])
        share = rng.random()
        rules = {"restock", *(rule for rule in brute_force_parts.RULES if rng.random() < share)}
        problem = random_problem(rng, int(rng.integers(1, 3)), 1, rules)
        plans = list(islice(brute_force_parts.all_plans(problem), MAX_PLANS + 1))
        if len(plans) <= MAX_PLANS:
            yield problem, plans


def test_with_parts_the_optimum_is_the_cheapest_of_all_plans() -> None:
    for problem, plans in islice(small_parts_problems(8), PROBLEMS):
        assert solve_exact(problem).solution.cost_ticks == brute_force_parts.cheapest_ticks(problem, plans)
