"""Random problems with what the exact model and the search make of them, worked out once for all tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from solver.exact import ExactResult, solve_exact
from solver.params import Params
from solver.problem import NONE, Problem
from solver.solution import Solution
from solver.solve import solve
from solver.stop import IterationLimit
from tests.properties.problems import random_cases, random_parts_cases

SEED, COUNT = 5, 200
PARTS_SEED, PARTS_COUNT = 6, 200
ITERATIONS = 2000
WORK_LIMIT = 1.0
"""Nearly all are solved with a tenth of it; the few that are not are judged by their bound."""


@dataclass(frozen=True)
class Trial:
    """A problem, its proven optimum (or bound), and the plan of the search."""

    number: int
    problem: Problem
    exact: ExactResult
    found: Solution

    @property
    def excess(self) -> int:
        """How much dearer the search's plan is than the exact one, in ticks."""
        return self.found.cost_ticks - self.exact.solution.cost_ticks


def searched(problem: Problem) -> Solution:
    """Plan with the search."""
    return solve(problem, Params(), IterationLimit(ITERATIONS)).solution


@cache
def exact_trials() -> tuple[tuple[Problem, ExactResult], ...]:
    """Solve the fixed problems exactly."""
    return tuple((problem, solve_exact(problem, work_limit=WORK_LIMIT)) for problem in random_cases(SEED, COUNT))


@cache
def exact_parts_trials() -> tuple[tuple[Problem, ExactResult], ...]:
    """Solve the fixed problems in which parts are short exactly."""
    cases = random_parts_cases(PARTS_SEED, PARTS_COUNT)
    return tuple((problem, solved_with_parts(problem)) for problem in cases)


def solved_with_parts(problem: Problem) -> ExactResult:
    """Solve exactly; where a van has little room, a third restock at a place can pay."""
    has_limit = bool((problem.stock.van_room != NONE).any())
    return solve_exact(problem, work_limit=WORK_LIMIT, restocks=3 if has_limit else 2)


@cache
def trials() -> tuple[Trial, ...]:
    """Solve the fixed problems both ways."""
    return _trials(exact_trials())


@cache
def parts_trials() -> tuple[Trial, ...]:
    """Solve the fixed problems in which parts are short both ways."""
    return _trials(exact_parts_trials())


def _trials(solved: Iterable[tuple[Problem, ExactResult]]) -> tuple[Trial, ...]:
    return tuple(Trial(k, problem, exact, searched(problem)) for k, (problem, exact) in enumerate(solved))
