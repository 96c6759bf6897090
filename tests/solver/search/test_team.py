"""A team: one plan of several searches, valid and never dearer than before, whatever the threads and regions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from solver.params import Params
from solver.problem import Problem
from solver.search.team import Team
from tests.solver.planning import faults
from tests.solver.search.standing import PARAMS, best_solution, ground_of, parts_problems, problems

CASES = (*problems(43, 10, n_visits=12, n_shifts=5), *parts_problems(43, 20, 8, 4))
ALONE, SMALL_REGIONS, TWO, THREE = (
    Params(seed=3, threads=threads, search=replace(PARAMS, region=region))
    for threads, region in ((1, 50), (1, 2), (2, 2), (3, 50))
)


def team_of(problem: Problem, params: Params, steps: int = 12) -> tuple[Team, list[int]]:
    """Return a team that has worked, and its best cost step by step."""
    team, seen = Team(ground_of(problem), params, 200), []
    team.start([[]] * problem.n_shifts)
    with ThreadPoolExecutor(params.threads) as threads:
        for number in range(steps):
            seen.append(team.best_ticks)
            team.step(threads, 20, number / steps, (number + 1) / steps)
    team.agree()
    return team, [*seen, team.best_ticks]


@pytest.mark.parametrize("params", [ALONE, SMALL_REGIONS, TWO, THREE], ids=["alone", "regions", "two", "three"])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_best_plan_is_valid_and_costs_what_the_team_says(number: int, params: Params) -> None:
    team, seen = team_of(CASES[number], params)
    solution = best_solution(CASES[number], team)
    assert faults(CASES[number], solution) == []
    assert solution.cost_ticks == team.best_ticks
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("params", [SMALL_REGIONS, TWO], ids=["regions", "two"])
@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_the_same_seed_and_steps_give_the_same_plan(number: int, params: Params) -> None:
    one, other = (team_of(CASES[number], params)[0] for _ in range(2))
    assert one.best_routes() == other.best_routes()


@pytest.mark.parametrize("params", [ALONE, TWO], ids=["alone", "two"])
@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_what_is_adopted_is_kept_where_it_is_cheaper(number: int, params: Params) -> None:
    problem = CASES[number]
    poor, good = team_of(problem, params, 1)[0], team_of(problem, ALONE, 30)[0]
    before = poor.best_ticks
    poor.adopt([[*routing.stops] for routing in good.best_routes()])
    assert poor.best_ticks == min(before, good.best_ticks)
