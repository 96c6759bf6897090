"""The ledgers of all routes side by side, so that they are compared at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.routing import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Bools, Ints
    from solver.routing import Routing
    from solver.search.state import State

COLUMNS = len(Line._fields)


class Ledgers(NamedTuple):
    """``counts`` (n_shifts,) lines of each route, ``lines`` (n_shifts, K, fields of ``Line``), 0 behind the last."""

    counts: Ints
    lines: Ints

    @classmethod
    def of(cls, routings: Sequence[Routing]) -> Ledgers:
        """Return those of routes."""
        counts = np.array([len(routing.ledger) for routing in routings], np.int64)
        lines = np.zeros((len(counts), int(counts.max(initial=0)), COLUMNS), np.int64)
        for row, routing in zip(lines, routings, strict=True):
            row[: len(routing.ledger)] = np.array(routing.ledger, np.int64).reshape(-1, COLUMNS)
        return cls(counts, lines)

    @classmethod
    def best_of(cls, state: State) -> Ledgers:
        """Return those of the best routes of a search."""
        counts = state.best[:, -1].copy()
        most = int(counts.max(initial=0))
        is_there = np.arange(most) < counts[:, None]
        return cls(counts, np.where(is_there[:, :, None], state.best_ledger[:, :most], 0))

    def row(self, s: int) -> tuple[Line, ...]:
        """Return the ledger of a route."""
        return tuple(Line(*line) for line in self.lines[s, : self.counts[s]].tolist())

    def same(self, other: Ledgers) -> Bools:
        """Tell for each route whether it has the same lines in both."""
        width = min(self.lines.shape[1], other.lines.shape[1])
        is_same: Bools = (self.counts == other.counts) & (self.counts <= width)
        is_same &= (self.lines[:, :width] == other.lines[:, :width]).all(axis=(1, 2))
        return is_same
