"""Which columns may be part of a better plan: those that cost little beyond what their visits are worth.

A linear program over all columns says what visits and shifts are worth. A column that costs more beyond that than the
incumbent costs beyond the program's optimum is in no better plan; the others are tried in the order of what they cost
beyond it. Without time for the program, a visit is worth its share of its route in the incumbent.

References
----------
Dantzig, Fulkerson & Johnson 1954, "Solution of a large-scale traveling-salesman problem" (fixing by reduced cost).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.bound.known_routes import KnownRoutes, Priced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.bound.master_lp import Solved
    from solver.master import Columns
    from solver.problem import Ints
    from solver.routing import Column

AT_ONCE = 2000
"""So many columns more enter the linear program at a time: few of those that there are matter."""


class Ranking:
    """The columns of a master, and what they cost beyond what their visits are worth.

    Parameters
    ----------
    columns
        All columns.
    incumbent
        The routes of the best plan, a column each.
    deterministic_s
        GLOP's deterministic time for each solve of the linear program, None: there is a limit of time instead.
    reserve_ticks
        What the incumbent costs besides because reserves are missing, of which the linear program knows nothing: a
        better plan may cost so much more without them.
    """

    def __init__(
        self,
        columns: Columns,
        incumbent: Sequence[Column],
        deterministic_s: float | None = None,
        reserve_ticks: int = 0,
    ) -> None:
        self._deterministic_s, self._reserve_ticks = deterministic_s, reserve_ticks
        self._columns, self._incumbent = columns, incumbent
        self._others = columns.beside(incumbent)
        self._n_visits, self._n_shifts = columns.problem.n_visits, columns.problem.n_shifts
        self._visits = np.array(sorted(columns.drop_ticks), np.int64)
        self._row = np.full(self._n_visits, -1, np.int64)
        self._row[self._visits] = np.arange(len(self._visits))
        self._drop = np.array([columns.drop_ticks[v] for v in self._visits.tolist()], np.int64)

    def ranked(self, seconds_left: Callable[[], float | None]) -> list[Column]:
        """Return the columns besides the incumbent's that may be in a better plan, the least dear first."""
        if not self._others:
            return []
        routes = KnownRoutes([self._priced(column) for column in self._others], self._n_shifts, is_sorted=True)
        shares, rent = self._shares(), np.zeros(self._n_shifts, np.int64)
        solved = self._solve(routes, shares, seconds_left)
        if solved is None:
            left = routes.left(self._of_visit(shares))
            return [self._others[at] for at in np.argsort(left, kind="stable").tolist()]
        rent = solved.rent
        left = routes.left(self._of_visit(solved.worth)) - rent[[column.shift for column in self._others]]
        order, most = np.argsort(left, kind="stable"), self._plan_ticks() + self._reserve_ticks
        return [self._others[at] for at in order[left[order] <= most - solved.value].tolist()]

    def _priced(self, column: Column) -> Priced:
        columns = self._columns
        return Priced(column.shift, tuple(columns.visits(column)), column.ticks - columns.idle_ticks[column.shift])

    def _solve(self, routes: KnownRoutes, shares: Ints, seconds_left: Callable[[], float | None]) -> Solved | None:
        """Solve the linear program over all columns; None where there is no time for it."""
        from solver.bound.master_lp import MasterLp

        program = MasterLp(self._drop, self._drop, [1] * self._n_shifts, self._deterministic_s)
        entering = [self._priced(column) for column in self._incumbent]
        entering += routes.take(self._of_visit(shares), np.zeros(self._n_shifts, np.int64), 1 << 60, AT_ONCE)
        solved = None
        while entering:
            for route in entering:
                program.add(route.group, self._row[list(route.visits)].tolist(), route.ticks)
            solved = program.solve(seconds_left)
            if solved is None:
                return None
            entering = routes.take(self._of_visit(solved.worth), solved.rent, 0, AT_ONCE)
        return solved

    def _shares(self) -> Ints:
        """Return what each visit costs in the incumbent: its share of its route, or its drop price."""
        shares = self._drop.copy()
        for route in map(self._priced, self._incumbent):
            shares[self._row[list(route.visits)]] = route.ticks // max(1, len(route.visits))
        return shares

    def _of_visit(self, worth: Ints) -> Ints:
        of_visit = np.zeros(self._n_visits, np.int64)
        of_visit[self._visits] = worth
        return of_visit

    def _plan_ticks(self) -> int:
        """Return what the incumbent costs more than idle shifts."""
        routes = [self._priced(column) for column in self._incumbent]
        planned = {v for route in routes for v in route.visits}
        dropped = sum(ticks for v, ticks in self._columns.drop_ticks.items() if v not in planned)
        return dropped + sum(route.ticks for route in routes)
