"""The exact model agrees with trying everything, on problems small enough for that."""

import numpy as np
import pytest

from solver.exact import solve_exact
from tests.properties.problems import random_problem
from tests.solver.exact.brute_force import RULES, cheapest_ticks

PROBLEMS = 60


@pytest.mark.parametrize("number", range(PROBLEMS))
def test_the_optimum_is_the_cheapest_of_all_plans(number: int) -> None:
    rng = np.random.default_rng([7, number])
    share = rng.random()
    rules = {rule for rule in sorted(RULES) if rng.random() < share}
    problem = random_problem(rng, int(rng.integers(1, 5)), int(rng.integers(1, 3)), rules)
    result = solve_exact(problem)
    assert result.optimal
    assert result.solution.cost_ticks == cheapest_ticks(problem)
