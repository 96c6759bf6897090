"""A team apart: one plan of regions that are worked on elsewhere, valid and never dearer than before."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from solver.params import Params
from solver.search.apart import Improved, Outpost, Piece
from solver.search.team_apart import TeamApart
from solver.stop import IterationLimit
from tests.solver.planning import faults
from tests.solver.search.standing import PARAMS, best_solution, ground_of, parts_problems, problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Problem

CASES = (*problems(47, 8, n_visits=12, n_shifts=5), *parts_problems(47, 12, 8, 4))
CASES = tuple(problem for problem in CASES if not len(problem.meetings))
PARAMS_APART = Params(seed=3, search=replace(PARAMS, region=2))


@dataclass
class Posts:
    """Does pieces here, each on a copy as if it came from elsewhere; every ``lost``-th does not come back."""

    problem: Problem
    size: int = 2
    lost: int = 0
    asked: int = 0
    done: list[tuple[Piece, Improved]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.post = Outpost(self.problem, PARAMS_APART)

    def improve_all(
        self, pieces: Sequence[Piece], iterations: int | None, seconds: float | None
    ) -> list[Improved | None]:
        assert seconds is None
        return [self.improved(piece, iterations or 0) for piece in pieces]

    def improved(self, piece: Piece, iterations: int) -> Improved | None:
        self.asked += 1
        if self.lost and self.asked % self.lost == 0:
            return None
        sent: Piece = pickle.loads(pickle.dumps(piece))
        improved = self.post.improve(sent, IterationLimit(iterations))
        self.done.append((piece, improved))
        return improved


def team_of(problem: Problem, posts: Posts, steps: int = 8) -> tuple[TeamApart, list[int]]:
    """Return a team that has worked, and its best cost step by step."""
    team, seen = TeamApart(ground_of(problem), PARAMS_APART, posts, IterationLimit(30 * steps)), []
    team.start([[]] * problem.n_shifts)
    with ThreadPoolExecutor(1) as nobody:
        for number in range(steps):
            seen.append(team.best_ticks)
            team.step(nobody, 30, number / steps, (number + 1) / steps)
    return team, [*seen, team.best_ticks]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_best_plan_is_valid_and_costs_what_the_team_says(number: int) -> None:
    team, seen = team_of(CASES[number], Posts(CASES[number]))
    solution = best_solution(CASES[number], team)
    assert faults(CASES[number], solution) == []
    assert solution.cost_ticks == team.best_ticks
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_work_that_is_done_again_elsewhere_comes_to_the_same(number: int) -> None:
    problem = CASES[number]
    posts = Posts(problem)
    team_of(problem, posts, 4)
    again = [Outpost(problem, PARAMS_APART).improve(piece, IterationLimit(30)) for piece, _ in posts.done]
    assert [each.share.best for each in again] == [each.share.best for _, each in posts.done]


@pytest.mark.parametrize("number", range(0, len(CASES), 3))
def test_a_region_that_does_not_come_back_stays_as_it_was(number: int) -> None:
    team, seen = team_of(CASES[number], Posts(CASES[number], lost=2))
    assert faults(CASES[number], best_solution(CASES[number], team)) == []
    assert seen == sorted(seen, reverse=True)


def test_more_places_than_shifts_are_not_all_used() -> None:
    posts = Posts(CASES[0], size=9)
    team_of(CASES[0], posts, 1)
    assert posts.asked == CASES[0].n_shifts
