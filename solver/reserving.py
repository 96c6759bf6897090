"""What combinations of columns leave free for the reserves, and what that costs where it is too little."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.routing import Routing
from solver.rules.reserves import free_on, missing_ticks
from solver.timetable import timed_route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.problem import Ints, Problem
    from solver.routing import Column
    from solver.tables import Tables


def free_with(problem: Problem, tables: Tables, shift: int, routing: Routing) -> Ints:
    """Return for how long a shift is free for each reserve (n_reserves,) with these stops on its route."""
    route = timed_route(problem, tables, shift, *routing)
    return free_on(problem, shift, route if route is not None and route.stops else None)


def free_by_shift(problem: Problem, tables: Tables, routings: Mapping[int, Routing]) -> dict[int, tuple[int, ...]]:
    """Return for how long routes are free for each reserve, by shift; nothing where there are no reserves."""
    if not len(problem.reserves):
        return {}
    return {s: tuple(free_with(problem, tables, s, routing).tolist()) for s, routing in routings.items()}


class Reserving:
    """What is kept free of the reserves beside columns; a shift without a column does what has happened alone."""

    def __init__(self, problem: Problem, tables: Tables) -> None:
        self._problem = problem
        self._idle_s = np.zeros((len(problem.reserves), problem.n_shifts), np.int64)
        for shift, free in free_by_shift(problem, tables, {s: Routing() for s in range(problem.n_shifts)}).items():
            self._idle_s[:, shift] = free

    def idle_s(self, reserve: int) -> int:
        """Return for how long all shifts together are free for a reserve without any column."""
        return int(self._idle_s[reserve].sum())

    def taken_s(self, column: Column, reserve: int) -> int:
        """Return by how much less its shift is free for a reserve with a column than without."""
        return int(self._idle_s[reserve, column.shift]) - column.free_s[reserve]

    def kept_s(self, chosen: Sequence[Column]) -> Ints:
        """Return the seconds that are kept of each reserve."""
        kept = [self.idle_s(k) - sum(self.taken_s(c, k) for c in chosen) for k in range(len(self._problem.reserves))]
        return np.array(kept, np.int64)

    def ticks(self, chosen: Sequence[Column]) -> int:
        """Return the price of what is missing."""
        return missing_ticks(self._problem, self.kept_s(chosen))
