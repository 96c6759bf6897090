"""What a way of serving a visit lacks on a shift, as the vans, the night and the parcels' places stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    FROM,
    ITEM,
    NEED_END,
    NEED_FIRST,
    NIGHT_LIMIT,
    NIGHT_SUPPLY,
    PARCEL_END,
    PARCEL_FIRST,
    PARCEL_PIECES,
    PARCEL_STEP,
    PARCEL_STEP_END,
    PIECES,
    SHIFT_START,
    STEP_END,
    STEP_FIRST,
    TECHNICIAN,
)
from solver.jit import inlined, inner
from solver.search.ledger import available
from solver.search.state import NO_NIGHT

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables

NOTHING, SOMETHING, A_PARCEL = range(3)
"""What a way lacks: nothing; pieces or tools that a restock might bring; stock for its parcels."""


@inlined
def _night_has(tables: Tables, state: State, s: int, item: int) -> int:
    """Return how many pieces of an item could be loaded in the night before shift ``s``."""
    if tables.shift[s, NIGHT_SUPPLY] < 0 or state.counter[NO_NIGHT] != 0:
        return 0
    base = tables.shift[s, NIGHT_SUPPLY] + item
    most = 0
    for step in range(tables.row[base, STEP_FIRST], tables.row[base, STEP_END]):
        if tables.supply[step, FROM] <= tables.shift[s, SHIFT_START]:
            most = available(state.supply_left, step, tables.row[base, STEP_END])
    return min(most, tables.row[tables.shift[s, NIGHT_LIMIT] + item, 0])


@inlined
def short_of(tables: Tables, state: State, s: int, need: int) -> int:
    """Return how many pieces of a need (a row of the lists) the van lacks; one of a tool."""
    item, pieces = tables.row[need, ITEM], tables.row[need, PIECES]
    left = state.left[tables.shift[s, TECHNICIAN], item]
    if pieces == 0:
        return 0 if left > 0 else 1
    if left >= pieces:
        return 0
    return max(0, pieces - left - _night_has(tables, state, s, item))


@inner
def lacks(tables: Tables, state: State, s: int, x: int) -> int:
    """Return what the way ``x`` of a visit lacks on shift ``s`` without a restock."""
    for parcel in range(tables.stop[x, PARCEL_FIRST], tables.stop[x, PARCEL_END]):
        step, end = tables.row[parcel, PARCEL_STEP], tables.row[parcel, PARCEL_STEP_END]
        if step < 0 or available(state.supply_left, step, end) < tables.row[parcel, PARCEL_PIECES]:
            return A_PARCEL
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        if short_of(tables, state, s, need) > 0:
            return SOMETHING
    return NOTHING
