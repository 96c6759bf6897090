"""What is kept of the reserves beside routes as they stand, and what a visit more would take of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from solver.reserving import free_with
from solver.rules.reserves import missing_ticks
from solver.standing import routing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.problem import Ints, Problem
    from solver.routing import Routing
    from solver.search.state import State
    from solver.tables import Tables


class StandingReserves:
    """The reserves beside the routes that stand in a state of the search."""

    def __init__(self, problem: Problem, tables: Tables, state: State) -> None:
        self._problem, self._tables, self._state = problem, tables, state

    @cached_property
    def _routings(self) -> list[Routing]:
        return [routing_of(self._state, s) for s in range(self._problem.n_shifts)]

    @cached_property
    def _free_s_by_shift(self) -> list[Ints]:
        return [free_with(self._problem, self._tables, s, routing) for s, routing in enumerate(self._routings)]

    @cached_property
    def _kept_s(self) -> Ints:
        kept: Ints = np.sum(self._free_s_by_shift, axis=0)
        return kept

    def added_ticks(self, s: int, x: int, at: int, d: int, d_at: int) -> int:
        """Return what more is missing, in ticks, with stop ``x`` put in before stop ``at`` of shift ``s``.

        ``d`` is a restock or meeting put in before that at ``d_at``, below 0: none. It is reckoned without the lines
        that it takes on.
        """
        if not len(self._problem.reserves):
            return 0
        routing = self._routings[s] if d < 0 else _with_stop(self._routings[s], d, d_at)
        return self.added_ticks_with({s: _with_stop(routing, x, at)}, self._tables)

    def added_ticks_with(self, routings: Mapping[int, Routing], tables: Tables) -> int:
        """Return what more is missing, in ticks, with other routes on some shifts, timed by ``tables``."""
        if not len(self._problem.reserves):
            return 0
        kept_s = self._kept_s.copy()
        for s, routing in routings.items():
            kept_s += free_with(self._problem, tables, s, routing) - self._free_s_by_shift[s]
        return missing_ticks(self._problem, kept_s) - missing_ticks(self._problem, self._kept_s)


def _with_stop(routing: Routing, x: int, at: int) -> Routing:
    """Return a route with one stop more; what the others take on stays theirs."""
    stops = (*routing.stops[:at], x, *routing.stops[at:])
    return routing._replace(
        stops=stops, ledger=tuple(line._replace(at=line.at + (line.at >= at)) for line in routing.ledger)
    )
