"""Shifts for which every route costs the same: they are priced once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import solver.columns as col
from solver.bound.sites import sites_of
from solver.timetable import route_ticks

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.problem import Ints
    from solver.tables import Tables

_OWN = (col.TECHNICIAN, col.PROFILE, col.PERMILLE, col.END_PLACE, col.HEAD_PLACE)
"""What sites stand for: these columns may differ where the sites do not."""

_LISTS = (
    (col.BREAK_FIRST, col.BREAK_END),
    (col.FAIRNESS_FIRST, col.FAIRNESS_END),
    (col.RESTOCK_FIRST, col.RESTOCK_END),
    (col.MEETING_FIRST, col.MEETING_END),
)
_SUPPLIES = tuple(range(col.NIGHT_SUPPLY, col.HEAD_PLACE))
"""What is in the van and in the stores, which the pricer leaves out."""


class Group(NamedTuple):
    """``size`` shifts like ``shift``; ``idle_ticks`` is what each costs without a decided stop."""

    shift: int
    size: int
    idle_ticks: int


class Groups(NamedTuple):
    """``rows`` are the groups, ``of_shift`` (n_shifts,) says to which each shift belongs."""

    rows: list[Group]
    of_shift: Ints


def groups_of(tables: Tables, is_over: Callable[[], bool]) -> Groups | None:
    """Return the groups; None where ``is_over`` says to stop."""
    of_shift = np.zeros(len(tables.shift), np.int64)
    known: dict[bytes, int] = {}
    rows: list[Group] = []
    for s in range(len(tables.shift)):
        if is_over():
            return None
        idle = int(route_ticks(tables, s, []))
        at = known.setdefault(_digest(tables, s), len(rows))
        if at == len(rows):
            rows.append(Group(s, 0, idle))
        rows[at] = rows[at]._replace(size=rows[at].size + 1)
        of_shift[s] = at
    return Groups(rows, of_shift)


def _digest(tables: Tables, s: int) -> bytes:
    """Return what tells shifts apart."""
    summary = hashlib.sha256()
    for array in sites_of(tables, s):
        summary.update(str(array.shape).encode() + array.tobytes())
    shift = tables.shift[s].copy()
    summary.update(bytes([int(shift[col.END_PLACE] < 0)]))
    for first, end in _LISTS:
        rows = tables.row[shift[first] : shift[end]]
        summary.update(str(rows.shape).encode() + rows.tobytes())
        shift[[first, end]] = 0
    shift[[*_OWN, *_SUPPLIES]] = 0
    summary.update(shift.tobytes())
    return summary.digest()
