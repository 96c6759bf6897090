"""Small arrays from plain Python values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solver.problem import Bools, Ints


def ints(values: Iterable[int]) -> Ints:
    """Return the values as a column."""
    return np.array(list(values), np.int64)


def flags(values: Iterable[bool]) -> Bools:
    """Return yes or no for each row as a column."""
    return np.array(list(values), np.bool_)


def table(rows: Sequence[Mapping[str, int]], column: Mapping[str, int]) -> Ints:
    """Return (rows, columns) with the values by name; names without a column are left out, what is not named is 0."""
    result = np.zeros((len(rows), len(column)), np.int64)
    for line, row in zip(result, rows, strict=True):
        for name, value in row.items():
            if name in column:
                line[column[name]] = value
    return result


def membership(rows: Sequence[Iterable[str]], column: Mapping[str, int]) -> Bools:
    """Return (rows, columns), true where the row has the name; names without a column are left out."""
    result = np.zeros((len(rows), len(column)), np.bool_)
    for line, row in zip(result, rows, strict=True):
        for name in row:
            if name in column:
                line[column[name]] = True
    return result
