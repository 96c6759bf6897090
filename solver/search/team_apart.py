"""A team whose members work elsewhere: round by round each gets a region, and what comes back is put into one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.search.apart import Piece
from solver.search.common_plan import CommonPlan
from solver.search.regions import divide
from solver.search.worker import Search

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Executor

    from solver.params import Params
    from solver.routing import Column
    from solver.search.apart import Apart
    from solver.search.worker import Ground
    from solver.stop import Stop

LEAST_ROUNDS, LEAST_S = 100, 1.0
"""Rounds of a search, unless they would be shorter than so many seconds."""
ITERATIONS = 10_000
"""Of each member in a round, where nothing limits the time."""


class TeamApart(CommonPlan):
    """Members that work elsewhere, and the plan that they share, which is kept here; it is used as a ``Team`` is."""

    def __init__(self, ground: Ground, params: Params, apart: Apart, stop: Stop) -> None:
        super().__init__(Search(ground, params.search, params.seed, 0, 1))
        self.ground, self._region, self._apart, self._stop = ground, params.search.region, apart, stop
        self._rng = np.random.default_rng([params.seed, apart.size])
        self._parts = min(apart.size, ground.problem.n_shifts)
        self._next_stream = 1
        self._columns: list[Column] = []

    def start(self, routes: Sequence[Sequence[int]]) -> None:
        """Begin with ``routes`` as far as they are feasible, the rest put in greedily."""
        self.desk.start(routes)
        self.note()

    def step(self, _: Executor, iterations: int, begin: float, end: float) -> int:
        """Let every member work on a region; return the iterations that each has done, on average."""
        desk, seconds = self.desk, self._seconds(begin)
        if seconds is not None:
            end = min(1.0, begin + (1.0 - begin) * seconds / max(seconds, self._stop.seconds_left() or 0.0))
        before, routes = desk.current_ticks, desk.standing_routes()
        regions = divide(self.ground, desk.state, self._parts, self._region, self._rng)
        streams = range(self._next_stream, self._next_stream + self._parts)
        self._next_stream = streams.stop
        pieces = [
            Piece(routes, region, stream, begin, end, desk.visit_ticks)
            for region, stream in zip(regions, streams, strict=True)
        ]
        done = [each for each in self._apart.improve_all(pieces, iterations, seconds) if each is not None]
        self.put_in([each.share for each in done], before)
        self._columns += (column for each in done for column in each.columns)
        return sum(each.iterations for each in done) // self._parts

    def _seconds(self, begin: float) -> float | None:
        """Return how long a round takes, None where there is no limit of time."""
        left = self._stop.seconds_left()
        if left is None:
            return None
        whole = left / max(1.0 - begin, 1.0 / LEAST_ROUNDS)
        return min(left, max(LEAST_S, whole / LEAST_ROUNDS))

    def agree(self) -> None:
        """Do nothing: what comes back is put into one plan at once."""

    def adopt(self, routes: list[list[int]]) -> None:
        """Go on from ``routes``, and keep them as the best plan where they are."""
        self.desk.take_over(routes)
        self.note()

    def take_columns(self) -> list[Column]:
        """Return the columns that have come back and forget them."""
        columns, self._columns = self._columns, []
        return columns
