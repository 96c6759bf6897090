"""The pool of columns: for each set of visits on a shift the cheapest order that the search has accepted.

Kept in arrays with an open-addressing hash table over (shift, set of visits), so that the kernels fill it without help.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.jit import kernel
from solver.search.state import LENGTH, POOLED, TICKS, TOUCHED, TOUCHED_AS, standing_row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.search.state import State

_EMPTY = -1


class Pool(NamedTuple):
    """Columns: ``shift``, ``length``, ``ticks``, ``key`` (C,) and ``route`` (C, L); ``slot`` is the hash table.

    ``visit_key`` (V,) and ``shift_key`` (S,) are random numbers whose exclusive or is the key of a column.
    """

    shift: Ints
    length: Ints
    ticks: Ints
    route: NDArray[np.int32]
    key: NDArray[np.uint64]
    slot: NDArray[np.int32]
    visit_key: NDArray[np.uint64]
    shift_key: NDArray[np.uint64]


def new_pool(n_visits: int, n_shifts: int, length: int, capacity: int, seed: int) -> Pool:
    """Return an empty pool for ``capacity`` columns of up to ``length`` visits."""
    rng = np.random.default_rng(seed)
    table = 1 << (2 * capacity - 1).bit_length()
    return Pool(
        shift=np.zeros(capacity, np.int64),
        length=np.zeros(capacity, np.int64),
        ticks=np.zeros(capacity, np.int64),
        route=np.zeros((capacity, length), np.int32),
        key=np.zeros(capacity, np.uint64),
        slot=np.full(table, _EMPTY, np.int32),
        visit_key=rng.integers(0, 1 << 63, n_visits, np.uint64),
        shift_key=rng.integers(0, 1 << 63, n_shifts, np.uint64),
    )


@kernel
def _write(pool: Pool, state: State, column: int, s: int) -> None:
    r = standing_row(state, s)
    pool.shift[column] = s
    pool.length[column] = state.row[r, LENGTH]
    pool.ticks[column] = state.row[r, TICKS]
    for at in range(state.row[r, LENGTH]):
        pool.route[column, at] = state.route[r, at]


@kernel
def add_route(pool: Pool, state: State, s: int) -> None:
    """Add the standing route of shift ``s``; where its set of visits is known, keep the cheaper order. Not if full."""
    r = standing_row(state, s)
    if state.row[r, LENGTH] == 0:
        return
    key = pool.shift_key[s]
    for at in range(state.row[r, LENGTH]):
        key ^= pool.visit_key[state.route[r, at]]
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
    if column == len(pool.shift):
        return
    pool.slot[slot] = column
    pool.key[column] = key
    state.counter[POOLED] += 1
    _write(pool, state, column, s)


@kernel
def add_touched(pool: Pool, state: State) -> None:
    """Add the routes that the accepted change has touched."""
    for k in range(state.counter[TOUCHED]):
        add_route(pool, state, state.side[k, TOUCHED_AS])


def empty(pool: Pool, state: State) -> None:
    """Forget all columns."""
    pool.slot[:] = _EMPTY
    state.counter[POOLED] = 0
