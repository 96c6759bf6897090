"""Recreate: absent visits are put back one by one, each at its cheapest place, with blinks.

The best insertion into each route is remembered under the route's stamp: only routes that have changed since
are looked at again. A visit that costs more to serve than to leave out stays absent, but for a blink now and then:
two neighbours may only be worth the way together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import CHEAPEST_WAY, DROP, NEXT_WAY, OTHER_SIDE
from solver.jit import inlined, inner
from solver.money import FORBIDDEN
from solver.search.changes import put_in
from solver.search.deals import balance, put_in_with_deal
from solver.search.lacking import NOTHING, lacks
from solver.search.order import shuffle, sort_by_key
from solver.search.rng import uniform
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    ADDED_TICKS,
    BEHIND,
    HAS_DEAL,
    HOW,
    IS_CUT,
    IS_SHORT,
    NEXT_SUPPLY,
    NO_RESTOCK,
    OF_STAMP,
    OF_SUPPLY,
    STAMP,
    keeps_books,
    standing_row,
)
from solver.search.ways import best_insertion, may_take

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solver.search.rng import Rng
    from solver.search.state import State
    from solver.tables import Tables


TRIES = 3
"""How often a visit is put in anew where what it needs has gone to another in the meantime."""


_CUT = -1
"""In place of how a visit is put in: it adds no less than the ticks that stand there."""
_STOPS, _NUMBERS = 1 << 12, 1 << 18
"""More than a route has stops, and than there are numbers of stops."""
OVERLOOK_A_WAY = 0.15
"""Chance to look at the dearer ways of serving a visit only."""


@inlined
def _packed(way: int, at: int, d: int, d_at: int) -> int:
    """Return one number for way, position, restock and its position: the cache is read more than anything else."""
    return ((way * _STOPS + at) * _STOPS + d_at) * _NUMBERS + d - BEHIND


@inlined
def _unpacked(how: int) -> tuple[int, int, int, int]:
    """Return (way, position, restock, its position) of a packed number."""
    rest = how // _NUMBERS
    return rest // (_STOPS * _STOPS), rest // _STOPS % _STOPS, how % _NUMBERS + BEHIND, rest % _STOPS


@inlined
def _is_remembered(tables: Tables, state: State, v: int, s: int, bound: int) -> bool:
    """Tell whether it is known how visit ``v`` adds less than ``bound`` on shift ``s``, or that it does not."""
    if state.cache[v, s, OF_STAMP] != state.row[standing_row(state.side, s), STAMP]:
        return False
    if state.cache[v, s, OF_SUPPLY] >= 0 and state.cache[v, s, OF_SUPPLY] != state.counter[NEXT_SUPPLY]:
        return False
    if state.cache[v, s, HOW] == _CUT:
        return bool(state.cache[v, s, ADDED_TICKS] >= bound)
    if not keeps_books(state.ledger) or state.cache[v, s, ADDED_TICKS] >= FORBIDDEN:
        return True
    way, _, d, _ = _unpacked(state.cache[v, s, HOW])
    return d != NO_RESTOCK or lacks(tables, state, s, way) == NOTHING


@inlined
def _remember(tables: Tables, state: State, v: int, s: int, x: int, bound: int) -> None:
    """Write the best insertion of visit ``v`` on shift ``s`` by way ``x`` or a dearer one down in the cache."""
    ticks, way, at, d, d_at = best_insertion(tables, state, v, s, x, bound)
    state.cache[v, s, ADDED_TICKS] = ticks
    state.cache[v, s, HOW] = _CUT if state.counter[IS_CUT] else _packed(way, at, d, d_at)
    is_whole = x == tables.stop[v, CHEAPEST_WAY] and state.counter[HAS_DEAL] == 0
    state.cache[v, s, OF_STAMP] = state.row[standing_row(state.side, s), STAMP] if is_whole else -1
    depends = state.counter[IS_SHORT] != 0 and (ticks >= FORBIDDEN or state.counter[IS_CUT] != 0)
    state.cache[v, s, OF_SUPPLY] = state.counter[NEXT_SUPPLY] if depends else -1


@inlined
def _first_way(tables: Tables, state: State, rng: Rng, v: int) -> int:
    """Return the way of visit ``v`` to begin with: seldom a dearer one, which leaves the parts to others."""
    x = tables.stop[v, CHEAPEST_WAY]
    while tables.stop[x, NEXT_WAY] >= 0 and uniform(rng) < OVERLOOK_A_WAY:
        x = tables.stop[x, NEXT_WAY]
    return x


@inlined
def cheapest_route(tables: Tables, state: State, rng: Rng, v: int, blink: float) -> tuple[int, int]:
    """Return (added ticks, shift) of the cheapest place of visit ``v``; ``blink`` overlooks routes.

    ``cache[v, shift]`` says what they are for.
    """
    best, best_shift = FORBIDDEN, -1
    x = _first_way(tables, state, rng, v) if blink > 0.0 else tables.stop[v, CHEAPEST_WAY]
    for s in range(len(tables.shift)):
        if not may_take(tables, v, s):
            continue
        if blink > 0.0 and uniform(rng) < blink:
            continue
        if x != tables.stop[v, CHEAPEST_WAY] or not _is_remembered(tables, state, v, s, best):
            _remember(tables, state, v, s, x, best)
        if state.cache[v, s, ADDED_TICKS] < best:
            best, best_shift = state.cache[v, s, ADDED_TICKS], s
    return best, best_shift


@inlined
def put_where_remembered(tables: Tables, state: State, v: int, s: int) -> bool:
    """Put visit ``v`` in as ``cache[v, s]`` says; false, and forgotten, where stock has changed in between."""
    way, at, d, d_at = _unpacked(state.cache[v, s, HOW])
    if d >= 0 and tables.stop[d, OTHER_SIDE] >= 0:
        done = put_in_with_deal(tables, state, s, way, at, d, d_at)
    else:
        done = put_in(tables, state, s, way, at, d, d_at)
    balance(tables, state)
    if not done:
        state.cache[v, s, OF_STAMP] = -1
    return done


@inner
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


@inner
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
        placed = False
        for _ in range(TRIES):
            ticks, s = cheapest_route(tables, state, rng, v, blink)
            if ticks < tables.stop[v, DROP] or (ticks < FORBIDDEN and uniform(rng) < blink):
                placed = put_where_remembered(tables, state, v, s)
                if placed:
                    break
            else:
                break
        if not placed:
            state.whereabouts[kept, ABSENT_AS] = v
            kept += 1
    for k in range(n, state.counter[ABSENT]):
        state.whereabouts[kept, ABSENT_AS] = state.whereabouts[k, ABSENT_AS]
        kept += 1
    state.counter[ABSENT] = kept
