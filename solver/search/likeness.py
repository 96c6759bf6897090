"""Whether the two rows of a shift are the same route: a move often makes the route again that it has taken apart.

Then everything that is remembered of the route as it was holds once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.jit import inlined, inner
from solver.schedule import STAY_COLUMNS
from solver.search.state import ENTRIES, LEDGER_COLUMNS, LENGTH, RESTOCKS, TICKS

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State


@inlined
def _has_same_stops(route: Ints, row: Ints, r: int, other: int) -> bool:
    at = 0
    while at < row[r, LENGTH] and route[r, at] == route[other, at]:
        at += 1
    return bool(at == row[r, LENGTH])


@inner
def _has_same_books(state: State, r: int, other: int) -> bool:
    """Tell whether rows of as many stops take the same on at the same of them, in as much time."""
    if state.row[r, ENTRIES] != state.row[other, ENTRIES]:
        return False
    for at in range(state.row[r, LENGTH]):
        for column in range(STAY_COLUMNS):
            if state.stay[r, at, column] != state.stay[other, at, column]:
                return False
    for entry in range(state.row[r, ENTRIES]):
        for column in range(LEDGER_COLUMNS):
            if state.ledger[r, entry, column] != state.ledger[other, entry, column]:
                return False
    return True


@inlined
def is_like(state: State, r: int, other: int) -> bool:
    """Tell whether rows ``r`` and ``other`` are the same route, which asks a visit that is put in for the same.

    Books matter where it has restocks: what is short elsewhere follows from the stock that is left.
    """
    row = state.row
    if row[r, LENGTH] != row[other, LENGTH] or row[r, TICKS] != row[other, TICKS]:
        return False
    is_same = _has_same_stops(state.route, row, r, other)
    return is_same and (row[r, RESTOCKS] == 0 or _has_same_books(state, r, other))
