"""The pool of columns: for each set of stops on a shift the cheapest order that the search has accepted.

Kept in arrays with an open-addressing hash table over (shift, set of stops), so that the kernels fill it without help.
Stops and ledgers of all columns stand one after the other in one long array.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.jit import inner
from solver.search.state import (
    ENTRIES,
    FREE_S,
    LEDGER_COLUMNS,
    LENGTH,
    POOL_USED,
    POOLED,
    TICKS,
    TOUCHED,
    TOUCHED_AS,
    reserve_count,
    standing_row,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.search.state import State

_EMPTY = -1
STOPS_A_COLUMN = 24
"""For so many numbers a column there is room on average; the pool is full when either limit is reached."""


class Pool(NamedTuple):
    """Columns: ``shift``, ``first``, ``size``, ``length``, ``entries``, ``ticks``, ``key`` (C,).

    ``content`` has ``size`` numbers of a column from ``first`` on: its stops (``length``), the lines of its ledger
    (``entries``), and how long it is free for each reserve. ``slot`` is the hash table; ``stop_key`` (stops,) and
    ``shift_key`` (S,) are random numbers whose sum is the key of a column.
    """

    shift: Ints
    first: Ints
    size: Ints
    length: Ints
    entries: Ints
    ticks: Ints
    key: NDArray[np.uint64]
    slot: NDArray[np.int32]
    content: NDArray[np.int32]
    stop_key: NDArray[np.uint64]
    shift_key: NDArray[np.uint64]


def new_pool(n_stops: int, n_shifts: int, capacity: int, seed: int) -> Pool:
    """Return an empty pool for ``capacity`` columns."""
    stop_key, shift_key = _keys(n_stops, n_shifts, seed)
    table = 1 << (2 * capacity - 1).bit_length()
    return Pool(
        shift=np.zeros(capacity, np.int64),
        first=np.zeros(capacity, np.int64),
        size=np.zeros(capacity, np.int64),
        length=np.zeros(capacity, np.int64),
        entries=np.zeros(capacity, np.int64),
        ticks=np.zeros(capacity, np.int64),
        key=np.zeros(capacity, np.uint64),
        slot=np.full(table, _EMPTY, np.int32),
        content=np.zeros(capacity * STOPS_A_COLUMN, np.int32),
        stop_key=stop_key,
        shift_key=shift_key,
    )


@lru_cache(maxsize=16)
def _keys(n_stops: int, n_shifts: int, seed: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the random numbers of stops and shifts, which nobody writes to; plans that are repaired share them."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 1 << 63, n_stops, np.uint64), rng.integers(0, 1 << 63, n_shifts, np.uint64)


@inner
def _write(pool: Pool, state: State, column: int, s: int) -> bool:
    """Write the standing route of shift ``s`` at the end of the content; false where there is no room."""
    r, at = standing_row(state.side, s), state.counter[POOL_USED]
    n, lines = state.row[r, LENGTH], state.row[r, ENTRIES]
    reserves = reserve_count(state.row)
    size = n + lines * LEDGER_COLUMNS + reserves
    if at + size > len(pool.content):
        return False
    pool.shift[column] = s
    pool.first[column] = at
    pool.size[column] = size
    pool.length[column] = n
    pool.entries[column] = lines
    pool.ticks[column] = state.row[r, TICKS]
    for k in range(n):
        pool.content[at + k] = state.route[r, k]
    at += n
    for entry in range(lines):
        for k in range(LEDGER_COLUMNS):
            pool.content[at + entry * LEDGER_COLUMNS + k] = state.ledger[r, entry, k]
    at += lines * LEDGER_COLUMNS
    for k in range(reserves):
        pool.content[at + k] = state.row[r, FREE_S + k]
    state.counter[POOL_USED] += size
    return True


@inner
def add_route(pool: Pool, state: State, s: int) -> None:
    """Add the standing route of shift ``s``; where its set of stops is known, keep the cheaper order. Not if full."""
    r = standing_row(state.side, s)
    if state.row[r, LENGTH] == 0:
        return
    key = pool.shift_key[s]
    for at in range(state.row[r, LENGTH]):
        key += pool.stop_key[state.route[r, at]]
    mask = len(pool.slot) - 1
    slot = np.int64(key & np.uint64(mask))
    while pool.slot[slot] >= 0:
        column = pool.slot[slot]
        if pool.key[column] == key:
            if state.row[r, TICKS] < pool.ticks[column]:
                _write(pool, state, column, s)
            return
        slot = (slot + 1) & mask
    column = state.counter[POOLED]
    if column == len(pool.shift) or not _write(pool, state, column, s):
        return
    pool.slot[slot] = column
    pool.key[column] = key
    state.counter[POOLED] += 1


@inner
def add_touched(pool: Pool, state: State) -> None:
    """Add the routes that the accepted change has touched."""
    for k in range(state.counter[TOUCHED]):
        add_route(pool, state, state.side[k, TOUCHED_AS])


def is_full(pool: Pool, state: State) -> bool:
    """Tell whether no more columns may fit: a tenth of the content is kept for the last ones."""
    used = int(state.counter[POOL_USED])
    return int(state.counter[POOLED]) == len(pool.shift) or used > len(pool.content) * 9 // 10


def keep_later_half(pool: Pool, state: State) -> None:
    """Forget the half of the columns that were found first: a hot search accepts dear routes, a colder one cheaper."""
    count = int(state.counter[POOLED])
    kept = np.arange(count // 2, count)
    sizes = pool.size[kept]
    ends = np.cumsum(sizes)
    used = int(ends[-1]) if len(ends) else 0
    source = np.arange(used) + np.repeat(pool.first[kept] - (ends - sizes), sizes)
    pool.content[:used] = pool.content[source]
    pool.first[: len(kept)] = ends - sizes
    for column in (pool.shift, pool.size, pool.length, pool.entries, pool.ticks, pool.key):
        column[: len(kept)] = column[kept]
    state.counter[POOLED], state.counter[POOL_USED] = len(kept), used
    _hash_anew(pool, len(kept))


def _hash_anew(pool: Pool, count: int) -> None:
    """Put the first ``count`` columns into the hash table: all that are left try their next slot at once."""
    pool.slot[:] = _EMPTY
    mask, left = len(pool.slot) - 1, np.arange(count)
    slots = (pool.key[:count] & np.uint64(mask)).astype(np.int64)
    while len(left):
        is_free = pool.slot[slots[left]] == _EMPTY
        pool.slot[slots[left[is_free]]] = left[is_free]
        left = left[pool.slot[slots[left]] != left]
        slots[left] = (slots[left] + 1) & mask


def empty(pool: Pool, state: State) -> None:
    """Forget all columns."""
    pool.slot[:] = _EMPTY
    state.counter[POOLED] = 0
    state.counter[POOL_USED] = 0
