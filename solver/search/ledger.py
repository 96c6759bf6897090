"""Ledgers: what each route has taken from the vans and the places that keep stock, so that it can be given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import TECHNICIAN
from solver.jit import inlined, inner
from solver.search.state import ENTRIES, LEDGER_COLUMNS

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables

AT, OF_ITEM, TAKEN_PIECES, STEP, STEPS_END = range(LEDGER_COLUMNS)
"""A line of a ledger: AT which stop of the route it was taken on, or VAN, NIGHT or PARCEL; how many pieces of which
item; from which STEP of a place's supply on they are missing there, up to STEPS_END; -1 for the van's own.
Negative pieces are handed over at a meeting: out of the van, to be taken there."""


@inlined
def available(supply_left: Ints, step: int, end: int) -> int:
    """Return how many pieces may be taken at ``step``: no more than are left at every later step either."""
    least = int(supply_left[step])
    for later in range(step + 1, end):
        least = min(least, int(supply_left[later]))
    return least


@inlined
def has_line(ledger: Ints, row: Ints, r: int, first: int, last: int, item: int) -> bool:
    """Tell whether row ``r`` takes an item on at one of its stops ``first`` to ``last``."""
    entry = 0
    while entry < row[r, ENTRIES] and not (first <= ledger[r, entry, AT] <= last and ledger[r, entry, OF_ITEM] == item):
        entry += 1
    return bool(entry < row[r, ENTRIES])


@inlined
def _book(tables: Tables, state: State, s: int, r: int, entry: int, sign: int) -> None:
    item, pieces = state.ledger[r, entry, OF_ITEM], sign * state.ledger[r, entry, TAKEN_PIECES]
    if state.ledger[r, entry, STEP] < 0:
        state.left[tables.shift[s, TECHNICIAN], item] -= pieces
    else:
        for step in range(state.ledger[r, entry, STEP], state.ledger[r, entry, STEPS_END]):
            state.supply_left[step] -= pieces
        if state.ledger[r, entry, TAKEN_PIECES] < 0:
            state.left[tables.shift[s, TECHNICIAN], item] += pieces


@inner
def enter(tables: Tables, state: State, s: int, r: int, at: int, item: int, pieces: int, step: int, end: int) -> bool:
    """Enter a line in the ledger of row ``r`` and take the pieces; false where the ledger is full."""
    entry = state.row[r, ENTRIES]
    if entry == state.ledger.shape[1]:
        return False
    state.ledger[r, entry, AT] = at
    state.ledger[r, entry, OF_ITEM] = item
    state.ledger[r, entry, TAKEN_PIECES] = pieces
    state.ledger[r, entry, STEP] = step
    state.ledger[r, entry, STEPS_END] = end
    state.row[r, ENTRIES] += 1
    _book(tables, state, s, r, entry, 1)
    return True


@inner
def take_again(tables: Tables, state: State, s: int, r: int) -> None:
    """Take everything that stands in the ledger of row ``r``, which had been given back."""
    for entry in range(state.row[r, ENTRIES]):
        _book(tables, state, s, r, entry, 1)


@inner
def strike(tables: Tables, state: State, s: int, r: int) -> None:
    """Give back everything that stands in the ledger of row ``r``; the lines stay for ``take_again``."""
    for entry in range(state.row[r, ENTRIES]):
        _book(tables, state, s, r, entry, -1)
