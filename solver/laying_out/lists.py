"""One table for the rows of all lists, and columns stacked side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from solver.problem import Bools, Ints

WIDTH = 4


class Lists:
    """Collects the rows of all lists into one table."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []

    def add(self, lists: Iterable[Iterable[tuple[int, ...]]]) -> tuple[Ints, Ints]:
        """Add one list for each stop or shift; return where each begins and ends."""
        first, end = [], []
        for entries in lists:
            first.append(len(self.rows))
            self.rows.extend((*entry, 0, 0, 0)[:WIDTH] for entry in entries)
            end.append(len(self.rows))
        return np.array(first, np.int64), np.array(end, np.int64)

    def table(self) -> Ints:
        """Return the table (n, WIDTH)."""
        return np.array(self.rows, np.int64).reshape(-1, WIDTH)


def stack(columns: Mapping[int, Ints | Bools], count: int) -> Ints:
    """Return the columns 0 to ``count`` - 1 side by side."""
    return np.ascontiguousarray(np.stack([columns[k] for k in range(count)], axis=1).astype(np.int64))
