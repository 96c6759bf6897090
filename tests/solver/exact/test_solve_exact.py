"""What ``solve_exact`` promises as a function."""

import numpy as np

from solver.checker import check
from solver.exact import solve_exact
from tests.properties.problems import random_problem
from tests.solver.builder import Visit, make_problem


def test_the_bound_of_an_optimal_plan_is_its_cost() -> None:
    result = solve_exact(make_problem([Visit(), Visit()]))
    assert result.optimal
    assert result.bound_ticks == result.solution.cost_ticks


def test_without_time_everything_is_unplanned_and_the_plan_is_valid() -> None:
    problem = random_problem(np.random.default_rng(3), 8, 3, {"downtime", "facts"})
    result = solve_exact(problem, time_limit_s=0)
    assert not result.optimal
    assert set(result.solution.unplanned) == set(range(8)) - problem.fact_visits
    assert check(problem, result.solution).accepted


def test_a_plan_cut_short_is_valid_priced_as_the_checker_does_and_not_below_its_bound() -> None:
    problem = random_problem(np.random.default_rng(5), 8, 3, {"downtime", "paid_from_departure", "promises", "breaks"})
    result = solve_exact(problem, work_limit=0.02)
    assert not result.optimal
    report = check(problem, result.solution)
    assert report.accepted
    assert report.cost_ticks == result.solution.cost_ticks >= result.bound_ticks


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = random_problem(np.random.default_rng(8), 6, 2, {"windows", "breaks", "overtime"})
    assert solve_exact(problem, seed=4) == solve_exact(problem, seed=4)


def test_as_much_work_gives_the_same_plan_and_bound() -> None:
    problem = random_problem(np.random.default_rng(5), 8, 3, {"downtime", "paid_from_departure", "promises", "breaks"})
    assert solve_exact(problem, work_limit=0.02) == solve_exact(problem, work_limit=0.02)


def test_a_problem_without_visits_has_an_empty_plan() -> None:
    solution = solve_exact(make_problem([])).solution
    assert (solution.routes, solution.unplanned) == ((), ())


def test_a_problem_without_shifts_leaves_everything_unplanned() -> None:
    assert solve_exact(make_problem([Visit()], shifts=[])).solution.unplanned == (0,)
