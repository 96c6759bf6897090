"""Recreate: absent visits are put back one by one, each at its cheapest place, with blinks.

The best insertion into each route is remembered under the route's stamp: only routes that have changed since
are looked at again. A visit that costs more to serve than to leave out stays absent, but for a blink now and then:
two neighbours may only be worth the way together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import DROP
from solver.jit import inlined, kernel
from solver.money import FORBIDDEN
from solver.search.insertion import best_insertion, may_take
from solver.search.moves import put_in
from solver.search.order import shuffle, sort_by_key
from solver.search.rng import uniform
from solver.search.state import ABSENT, ABSENT_AS, ADDED_TICKS, AT, OF_STAMP, STAMP, standing_row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solver.search.rng import Rng
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def cached_insertion(tables: Tables, state: State, v: int, s: int) -> tuple[int, int]:
    """Return ``best_insertion`` from memory where the route has not changed since."""
    stamp = state.row[standing_row(state, s), STAMP]
    if state.cache[v, s, OF_STAMP] != stamp:
        ticks, at = best_insertion(tables, state, v, s)
        state.cache[v, s, ADDED_TICKS] = ticks
        state.cache[v, s, AT] = at
        state.cache[v, s, OF_STAMP] = stamp
    return state.cache[v, s, ADDED_TICKS], state.cache[v, s, AT]


@inlined
def cheapest_route(tables: Tables, state: State, rng: Rng, v: int, blink: float) -> tuple[int, int, int]:
    """Return (added ticks, shift, position) of the cheapest place of visit ``v``; ``blink`` overlooks routes."""
    best, best_shift, best_at = FORBIDDEN, -1, 0
    for s in range(len(tables.shift)):
        if not may_take(tables, state, v, s):
            continue
        if blink > 0.0 and uniform(rng) < blink:
            continue
        ticks, at = cached_insertion(tables, state, v, s)
        if ticks < best:
            best, best_shift, best_at = ticks, s, at
    return best, best_shift, best_at


@kernel
def put_in_order(state: State, rng: Rng, keys: NDArray[np.float64], weights: NDArray[np.float64]) -> None:
    """Sort the absent visits by an order drawn by weight; row 0 of ``keys`` stands for the random order."""
    n = state.counter[ABSENT]
    shuffle(state.whereabouts, n, rng)
    draw = uniform(rng) * weights.sum()
    for row in range(len(weights)):
        draw -= weights[row]
        if draw < 0.0:
            if row > 0:
                sort_by_key(state.whereabouts, n, keys, row)
            return


@kernel
def recreate(
    tables: Tables,
    state: State,
    rng: Rng,
    keys: NDArray[np.float64],
    weights: NDArray[np.float64],
    blink: float,
) -> None:
    """Put absent visits back where that is cheaper than leaving them out."""
    put_in_order(state, rng, keys, weights)
    n, kept = state.counter[ABSENT], 0
    for k in range(n):
        v = state.whereabouts[k, ABSENT_AS]
        ticks, s, at = cheapest_route(tables, state, rng, v, blink)
        if ticks < tables.visit[v, DROP] or (ticks < FORBIDDEN and uniform(rng) < blink):
            put_in(tables, state, s, v, at)
        else:
            state.whereabouts[kept, ABSENT_AS] = v
            kept += 1
    state.counter[ABSENT] = kept
