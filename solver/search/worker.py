"""One search: its state, its random numbers, its pool, and the slices in which it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import DROP, IS_FACT, VISIT
from solver.money import FORBIDDEN
from solver.problem import NONE, Csr
from solver.routing import Column, Line, Routing
from solver.search import entry
from solver.search.annealing import Gear
from solver.search.order import WEIGHTS, neighbour_lists, sort_keys
from solver.search.pool import empty, is_full, keep_later_half, new_pool
from solver.search.rng import new_rng
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    BEST_TICKS,
    CURRENT_TICKS,
    FOCUSED_AS,
    FOCUSED_SHIFTS,
    FOCUSED_VISITS,
    IS_FOCUSED,
    LEDGER_COLUMNS,
    POOLED,
    SOUGHT_AS,
    WHERE,
    new_state,
    standing_stops,
    van_items,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from solver.params import SearchParams
    from solver.problem import Ints, Problem
    from solver.search.state import State
    from solver.tables import Tables


class Ground(NamedTuple):
    """What all searches of a problem share: its tables, who is near whom, and the keys of the orders."""

    problem: Problem
    tables: Tables
    neighbours: NDArray[np.int32]
    keys: NDArray[np.float64]

    @classmethod
    def of(cls, problem: Problem, tables: Tables, neighbours: int) -> Ground:
        """Return the ground of a problem, for each visit a list of so many neighbours."""
        return cls(problem, tables, neighbour_lists(tables, neighbours), sort_keys(problem, tables))


class Search:
    """Ruin and recreate with its own random stream. ``best_ticks`` never rises.

    ``used`` is the state of a search that is over, whose memory is taken over.
    """

    def __init__(
        self, ground: Ground, params: SearchParams, seed: int, stream: int, pool: int, used: State | None = None
    ) -> None:
        self.ground, self.params = ground, params
        self.state = new_state(ground.problem, ground.tables, used)
        self.vans = van_items(ground.problem)
        self.pool = new_pool(len(ground.tables.stop), ground.problem.n_shifts, max(pool, 1), seed)
        self.rng = new_rng(seed, stream)
        knobs = np.array([params.ruin_average, params.ruin_longest, params.ruin_split, params.blink])
        self.gear = Gear(self.pool, self.rng, ground.neighbours, ground.keys, WEIGHTS, knobs)
        self.visit_ticks = 1.0

    @property
    def best_ticks(self) -> int:
        """The cost of the best plan so far."""
        return int(self.state.counter[BEST_TICKS])

    @property
    def planned(self) -> int:
        """How many visits the best plan serves, facts not counted."""
        best, stops = self.state.best, self.state.best[:, 1:-1]
        stands = np.arange(stops.shape[1]) < best[:, :1]
        return int((self.ground.tables.stop[stops[stands], VISIT] != NONE).sum())

    @property
    def columns_kept(self) -> int:
        """How many columns the pool holds."""
        return int(self.state.counter[POOLED])

    def start(self, routes: Sequence[Sequence[int]]) -> None:
        """Begin with ``routes`` (stops for each shift) as far as they are feasible, the rest put in greedily."""
        self._begin(routes, FORBIDDEN)
        self.visit_ticks = self._mean_visit_ticks()

    def resume(self, routes: Sequence[Sequence[int]], visit_ticks: float) -> None:
        """Go on from ``routes`` of another search with its yardstick, and count them as the best; nothing is put in."""
        entry.load(self.ground.tables, self.state, self.vans, Csr.of(routes))
        self.take_over(self.standing_routes())
        self.visit_ticks = visit_ticks

    def _begin(self, routes: Sequence[Sequence[int]], best_ticks: int) -> None:
        entry.load(self.ground.tables, self.state, self.vans, Csr.of(routes))
        self.state.counter[BEST_TICKS] = best_ticks
        entry.fill_up(self.ground.tables, self.state, self.gear)

    def _mean_visit_ticks(self) -> float:
        """Return what a planned visit costs on average, the yardstick of the temperature."""
        state, stop = self.state, self.ground.tables.stop
        absent = state.whereabouts[: state.counter[ABSENT], ABSENT_AS]
        planned = int((stop[: self.ground.problem.n_visits, IS_FACT] == 0).sum()) - len(absent)
        served = int(state.counter[CURRENT_TICKS]) - int(stop[absent, DROP].sum())
        return max(1.0, served / max(1, planned))

    def adopt(self, routes: Sequence[Sequence[int]]) -> None:
        """Go on from ``routes``, and keep them as the best plan where they are."""
        self._begin(routes, self.best_ticks)

    def focus(self, shifts: Ints, visits: Ints) -> None:
        """Let the search change the routes of ``shifts`` alone, which hold all of ``visits`` but the absent ones."""
        state = self.state
        state.counter[FOCUSED_SHIFTS], state.counter[FOCUSED_VISITS] = len(shifts), len(visits)
        state.side[:, IS_FOCUSED] = 0
        state.side[shifts, IS_FOCUSED] = 1
        state.side[: len(shifts), FOCUSED_AS] = shifts
        state.whereabouts[: len(visits), SOUGHT_AS] = visits
        absent = visits[state.whereabouts[visits, WHERE] == NONE]
        state.counter[ABSENT] = len(absent)
        state.whereabouts[: len(absent), ABSENT_AS] = absent

    def take_over(self, routes: Sequence[Sequence[int]]) -> None:
        """Go on from ``routes`` (no meetings among them), and count them as the best so far.

        Only those that differ from the standing ones are loaded.
        """
        standing = self.standing_routes()
        changed = [s for s, stops in enumerate(routes) if stops != standing[s]]
        moved = {x for s in changed for x in (*standing[s], *routes[s])}
        visits = {int(v) for v in self.ground.tables.stop[sorted(moved), VISIT]} - {NONE}
        self.focus(np.array(changed, np.int64), np.union1d(self.absent_visits(), np.array(sorted(visits), np.int64)))
        entry.replace(self.ground.tables, self.state, Csr.of([*routes]))

    @property
    def current_ticks(self) -> int:
        """The cost of the plan that stands."""
        return int(self.state.counter[CURRENT_TICKS])

    def absent_visits(self) -> Ints:
        """Return the visits that are not planned in the plan that stands, facts not counted."""
        n_visits = self.ground.problem.n_visits
        is_fact = self.ground.tables.stop[:n_visits, IS_FACT] != 0
        return np.flatnonzero((self.state.whereabouts[:n_visits, WHERE] == NONE) & ~is_fact)

    def standing_routes(self) -> list[list[int]]:
        """Return the stops of each shift in the plan that stands."""
        stops, lengths = standing_stops(self.state)
        return [row[:length] for row, length in zip(stops.tolist(), lengths.tolist(), strict=True)]

    def step(self, iterations: int, begin: float, end: float) -> None:
        """Do ``iterations``, the temperature falling as between the shares ``begin`` and ``end`` of the effort."""
        params = self.params
        if is_full(self.pool, self.state):
            keep_later_half(self.pool, self.state)
        cooling = params.cold / params.hot
        hot, cold = (self.visit_ticks * params.hot * cooling ** min(1.0, at) for at in (begin, end))
        entry.anneal(self.ground.tables, self.state, self.gear, iterations, hot, cold)

    def best_routes(self) -> list[Routing]:
        """Return the route of each shift in the best plan."""
        best, ledger = self.state.best.tolist(), self.state.best_ledger
        return [
            Routing(tuple(row[1 : 1 + row[0]]), tuple(Line(*line) for line in ledger[s, : row[-1]].tolist()))
            for s, row in enumerate(best)
        ]

    def take_columns(self) -> list[Column]:
        """Return the columns of the pool and empty it."""
        columns = [self._column(c) for c in range(self.columns_kept)]
        empty(self.pool, self.state)
        return columns

    def _column(self, c: int) -> Column:
        pool, first = self.pool, int(self.pool.first[c])
        end = first + int(pool.size[c])
        lines = first + int(pool.length[c])
        free = lines + int(pool.entries[c]) * LEDGER_COLUMNS
        ledger = pool.content[lines:free].reshape(-1, LEDGER_COLUMNS)
        return Column(
            shift=int(pool.shift[c]),
            stops=tuple(pool.content[first:lines].tolist()),
            ticks=int(pool.ticks[c]),
            ledger=tuple(Line(*line) for line in ledger.tolist()),
            free_s=tuple(pool.content[free:end].tolist()),
        )
