"""One table for the rows of all lists, and columns stacked side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.problem import Bools, Ints

WIDTH = 4


class Lists:
    """Collects the rows of all lists into one table, a block of lists at a time."""

    def __init__(self) -> None:
        self._blocks: list[Ints] = []
        self._length = 0

    def __len__(self) -> int:
        """Return the number of rows so far."""
        return self._length

    def add(self, counts: Ints, *columns: Ints) -> tuple[Ints, Ints]:
        """Add one list of ``counts`` rows for each stop or shift; return where each begins and ends.

        Parameters
        ----------
        counts
            How many rows each list has.
        columns
            What stands in the rows of all lists, one after the other; columns that are not given are 0.
        """
        end = self._length + np.cumsum(counts, dtype=np.int64)
        block = np.zeros((int(counts.sum()), WIDTH), np.int64)
        for k, column in enumerate(columns):
            block[:, k] = column
        self._blocks.append(block)
        self._length += len(block)
        return end - counts, end

    def take(self, rows: Ints) -> None:
        """Add rows of a table that stood behind as many rows as there are here."""
        self._blocks.append(rows)
        self._length += len(rows)

    def table(self) -> Ints:
        """Return the table (n, WIDTH)."""
        return np.concatenate([np.zeros((0, WIDTH), np.int64), *self._blocks])


def counted(owner: Ints, n_lists: int) -> Ints:
    """Return how many of the rows belong to each list."""
    return np.bincount(owner, minlength=n_lists).astype(np.int64)


def in_lists(*columns: Ints) -> Sequence[Ints]:
    """Return columns sorted by the first one, which is the list, then by the second and so on."""
    order = np.lexsort(columns[::-1])
    return [column[order] for column in columns]


def stack(columns: Mapping[int, Ints | Bools], count: int) -> Ints:
    """Return the columns 0 to ``count`` - 1 side by side."""
    result = np.empty((len(columns[0]), count), np.int64)
    for k in range(count):
        result[:, k] = columns[k]
    return result
