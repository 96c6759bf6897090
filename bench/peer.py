"""What every solver in the comparison offers, and the values that go in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bench.rules import RuleSet
    from solver.problem import Problem

Routes = list[list[int]]
"""The visits of each shift, in order."""


@dataclass(frozen=True)
class Task:
    """One question to a solver: a reduced problem, seconds of search, a seed."""

    problem: Problem
    time_limit_s: float
    seed: int


@dataclass(frozen=True)
class Answer:
    """What a solver says: visits of each shift, and the seconds its search took (building the model not counted).

    ``stated_ticks`` is what the solver itself thinks its plan costs, in our unit, None where it does not say or counts
    otherwise; ``bound_ticks`` what it proves that every plan costs at least; ``note`` names a setting that was chosen
    along the way; ``trace`` has the seconds at which better plans were found and what these cost in ticks, in order,
    for solvers that tell.
    """

    routes: Routes
    seconds: float
    iterations: int | None = None
    stated_ticks: int | None = None
    bound_ticks: int | None = None
    note: str = ""
    trace: tuple[tuple[float, int], ...] = ()


class Peer(Protocol):
    """A solver that can be asked under a set of rules. Where it has no seed, the seed shuffles the visits."""

    @property
    def name(self) -> str:
        """The name in tables and on the command line."""
        ...

    @property
    def rules(self) -> RuleSet:
        """What it can express."""
        ...

    def answer(self, task: Task) -> Answer:
        """Plan the task's problem with one thread."""
        ...
