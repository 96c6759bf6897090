"""One search: its state, its random numbers, its pool, and the slices in which it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import DROP, IS_FACT
from solver.search import moves
from solver.search.anneal import anneal
from solver.search.order import WEIGHTS
from solver.search.pool import add_route, empty, new_pool
from solver.search.recreate import recreate
from solver.search.rng import new_rng
from solver.search.state import ABSENT, BEST_TICKS, CURRENT_TICKS, POOLED, new_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from solver.params import SearchParams
    from solver.problem import Problem
    from solver.tables import Tables


class Column(NamedTuple):
    """A feasible priced route: the visits of a shift in order, and its cost."""

    shift: int
    visits: tuple[int, ...]
    ticks: int


class Ground(NamedTuple):
    """What all searches of a problem share: its tables, who is near whom, and the keys of the orders."""

    problem: Problem
    tables: Tables
    neighbours: NDArray[np.int32]
    keys: NDArray[np.float64]


class Search:
    """Ruin and recreate with its own random stream. ``best_ticks`` never rises."""

    def __init__(self, ground: Ground, params: SearchParams, seed: int, stream: int, pool: int) -> None:
        self.ground, self.params = ground, params
        self.state = new_state(ground.problem)
        self.rng = new_rng(seed, stream)
        n_visits, n_shifts = ground.problem.n_visits, ground.problem.n_shifts
        self.pool = new_pool(n_visits, n_shifts, self.state.route.shape[1], max(pool, 1), seed)
        self.knobs = np.array([params.ruin_average, params.ruin_longest, params.ruin_split, params.blink])
        self.visit_ticks = 1.0

    @property
    def best_ticks(self) -> int:
        """The cost of the best plan so far."""
        return int(self.state.counter[BEST_TICKS])

    @property
    def planned(self) -> int:
        """How many visits the best plan serves, facts not counted."""
        return int(self.state.best[:, 0].sum())

    @property
    def columns_kept(self) -> int:
        """How many columns the pool holds."""
        return int(self.state.counter[POOLED])

    def start(self, routes: Sequence[Sequence[int]]) -> None:
        """Begin with ``routes`` (visits for each shift) as far as they are feasible, the rest put in greedily."""
        self._load(routes)
        self._fill_up()
        moves.remember_best(self.state)
        self.visit_ticks = self._mean_visit_ticks()

    def _load(self, routes: Sequence[Sequence[int]]) -> None:
        tables, state, pooled = self.ground.tables, self.state, self.state.counter[POOLED]
        moves.clear(tables, state, self.ground.problem.technicians.stock)
        for s, visits in enumerate(routes):
            moves.load_route(tables, state, s, np.array(visits, np.int64))
        moves.list_absent(tables, state)
        moves.accept(state)
        state.counter[POOLED] = pooled

    def _fill_up(self) -> None:
        ground, state = self.ground, self.state
        recreate(ground.tables, state, self.rng, ground.keys, WEIGHTS, 0.0)
        moves.accept(state)
        for s in range(ground.problem.n_shifts):
            add_route(self.pool, state, s)

    def _mean_visit_ticks(self) -> float:
        """Return what a planned visit costs on average, the yardstick of the temperature."""
        state, visit = self.state, self.ground.tables.visit
        absent = state.whereabouts[: state.counter[ABSENT], 1]
        planned = int((visit[:, IS_FACT] == 0).sum()) - len(absent)
        served = int(state.counter[CURRENT_TICKS]) - int(visit[absent, DROP].sum())
        return max(1.0, served / max(1, planned))

    def adopt(self, routes: Sequence[Sequence[int]]) -> None:
        """Go on from ``routes``, and keep them as the best plan where they are."""
        best, kept = self.best_ticks, self.state.best.copy()
        self._load(routes)
        self._fill_up()
        if self.state.counter[CURRENT_TICKS] <= best:
            moves.remember_best(self.state)
        else:
            self.state.best[:] = kept
            self.state.counter[BEST_TICKS] = best

    def step(self, iterations: int, begin: float, end: float) -> None:
        """Do ``iterations``, the temperature falling as between the shares ``begin`` and ``end`` of the effort."""
        ground, params = self.ground, self.params
        if self.columns_kept == len(self.pool.shift):
            empty(self.pool, self.state)  # the columns to come are better than those of the hot beginning
        cooling = params.cold / params.hot
        hot, cold = (self.visit_ticks * params.hot * cooling ** min(1.0, at) for at in (begin, end))
        anneal(
            ground.tables,
            self.state,
            self.pool,
            self.rng,
            ground.neighbours,
            ground.keys,
            WEIGHTS,
            self.knobs,
            iterations,
            hot,
            cold,
        )

    def best_routes(self) -> list[list[int]]:
        """Return the visits of each shift in the best plan."""
        return [[int(v) for v in row[1 : 1 + row[0]]] for row in self.state.best]

    def take_columns(self) -> list[Column]:
        """Return the columns of the pool and empty it."""
        pool = self.pool
        columns = [
            Column(int(pool.shift[c]), tuple(pool.route[c, : pool.length[c]].tolist()), int(pool.ticks[c]))
            for c in range(self.columns_kept)
        ]
        empty(pool, self.state)
        return columns
