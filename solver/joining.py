"""Tables of arrays made of the rows of two others, so that what has not changed need not be made again."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from solver.problem import Csr, Steps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints, Shifts, Technicians, Visits

Table = TypeVar("Table", "Visits", "Shifts", "Technicians")


def joined(kept: Table, rows: Ints, new: Table, at: Ints) -> Table:
    """Return a table with the rows ``kept[rows]``, those at ``at`` replaced by the rows of ``new``.

    Parameters
    ----------
    kept
        The table so far.
    rows
        The row of ``kept`` for each row of the result, any where it is replaced.
    new
        As many rows as ``at`` has entries.
    at
        Rows of the result.
    """
    every = bool(len(rows) == len(kept) and (rows == np.arange(len(rows))).all())
    columns = {
        field.name: _joined(getattr(kept, field.name), rows, getattr(new, field.name), at, as_they_are=every)
        for field in fields(kept)
    }
    return type(kept)(**columns)


def taken(table: Table, rows: Ints) -> Table:
    """Return some rows of a table."""
    return type(table)(**{field.name: _taken(getattr(table, field.name), rows) for field in fields(table)})


def _joined(kept: Any, rows: Ints, new: Any, at: Ints, *, as_they_are: bool) -> Any:
    if isinstance(kept, Steps):
        return Steps(*(_joined(a, rows, b, at, as_they_are=as_they_are) for a, b in _pairs(kept, new)))
    if isinstance(kept, Csr):
        if as_they_are and _has_rows(kept, at, new):
            return kept
        source = rows.copy()
        source[at] = len(kept) + np.arange(len(at))
        both = Csr(
            np.concatenate([kept.start, kept.start[-1] + new.start[1:]]), np.concatenate([kept.values, new.values])
        )
        return _taken(both, source)
    return _array_joined(kept, rows, new, at, as_they_are=as_they_are)


def _has_rows(kept: Csr, at: Ints, new: Csr) -> bool:
    """Tell whether the rows at ``at`` are those of ``new``."""
    starts, ends = kept.start[at], kept.start[1:][at]
    if not (ends - starts == new.start[1:] - new.start[:-1]).all():
        return False
    if not len(new.values):
        return True
    return bool((_entries(kept, starts, new.start) == new.values).all())


def _pairs(kept: Steps, new: Steps) -> tuple[tuple[Csr, Csr], tuple[Csr, Csr]]:
    return (kept.after, new.after), (kept.rate, new.rate)


def _array_joined(kept: NDArray[Any], rows: Ints, new: NDArray[Any], at: Ints, *, as_they_are: bool) -> NDArray[Any]:
    """Return the rows; the very array that is kept where nothing is different."""
    if as_they_are:
        if (kept[at] == new).all():
            return kept
        result = kept.copy()
    else:
        result = kept[rows]
    result[at] = new
    return result


def _taken(table: Any, rows: Ints) -> Any:
    if isinstance(table, Steps):
        return Steps(_taken(table.after, rows), _taken(table.rate, rows))
    if not isinstance(table, Csr):
        return table[rows]
    starts = table.start[rows]
    start = np.zeros(len(rows) + 1, np.int64)
    np.cumsum(table.start[1:][rows] - starts, out=start[1:])
    return Csr(start, _entries(table, starts, start))


def _entries(table: Csr, starts: Ints, start: Ints) -> Ints:
    """Return the values of rows that begin at ``starts``, for a list whose rows begin at ``start``."""
    values: Ints = table.values[np.repeat(starts - start[:-1], start[1:] - start[:-1]) + np.arange(start[-1])]
    return values
