"""Recreate: absent visits are put back one by one, each at its cheapest place, with blinks.

The best insertion into each route is remembered under the route's stamp: only routes that have changed since
are looked at again. A visit that costs more to serve than to leave out stays absent, but for a blink now and then:
two neighbours may only be worth the way together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import CHEAPEST_WAY, DROP, NEXT_WAY, OTHER_SIDE, SERVICE, SOURCING_TICKS, TECHNICIAN
from solver.jit import inlined, inner
from solver.money import FORBIDDEN
from solver.search.changes import put_in
from solver.search.deals import balance, put_in_with_deal
from solver.search.free_time import has_reserves, taken_ticks
from solver.search.lacking import NOTHING, lacks
from solver.search.meetings import meeting_count
from solver.search.order import shuffle, sort_by_key
from solver.search.rng import uniform
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    ADDED_TICKS,
    BEHIND,
    FOCUSED_AS,
    FOCUSED_SHIFTS,
    HOW,
    IS_CUT,
    IS_SHORT,
    LEAST_TICKS,
    NEXT_SUPPLY,
    NO_RESTOCK,
    OF_STAMP,
    OF_SUPPLY,
    STAMP,
    TICKS,
    keeps_books,
    standing_row,
)
from solver.search.ways import cheapest_way, may_take, placed_ticks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from solver.problem import Ints
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
WEIGH_MEETINGS = 0.1
"""Chance to weigh meetings of vans too: what they cost hangs on all routes, so that none can be remembered."""


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
def _is_current(tables: Tables, state: State, v: int, s: int) -> bool:
    """Tell whether what the cache says of visit ``v`` on shift ``s`` still holds."""
    if state.cache[v, s, OF_STAMP] != state.row[standing_row(state.side, s), STAMP]:
        return False
    if state.cache[v, s, OF_SUPPLY] >= 0 and state.cache[v, s, OF_SUPPLY] != state.counter[NEXT_SUPPLY]:
        return False
    if state.cache[v, s, HOW] == _CUT or state.cache[v, s, ADDED_TICKS] >= FORBIDDEN or not keeps_books(state.ledger):
        return True
    way, _, d, _ = _unpacked(state.cache[v, s, HOW])
    return d != NO_RESTOCK or lacks(tables, state, s, way) == NOTHING


@inlined
def _look(tables: Tables, state: State, v: int, s: int, x: int, bound: int, deals: bool) -> tuple[int, int]:
    """Return (added ticks, how) of visit ``v`` on shift ``s`` by way ``x`` or a dearer one."""
    ticks, way, at, d, d_at = cheapest_way(tables, state, v, s, x, bound, deals)
    return ticks, _CUT if state.counter[IS_CUT] else _packed(way, at, d, d_at)


@inlined
def _remember(tables: Tables, state: State, v: int, s: int, bound: int) -> tuple[int, int]:
    """Return (added ticks, how) of visit ``v`` on shift ``s`` but for meetings, and write it down in the cache."""
    ticks, how = _look(tables, state, v, s, tables.stop[v, CHEAPEST_WAY], bound, False)
    depends = state.counter[IS_SHORT] != 0 and (ticks >= FORBIDDEN or how == _CUT)
    state.cache[v, s, ADDED_TICKS] = ticks
    state.cache[v, s, HOW] = how
    state.cache[v, s, OF_STAMP] = state.row[standing_row(state.side, s), STAMP]
    state.cache[v, s, OF_SUPPLY] = state.counter[NEXT_SUPPLY] if depends else -1
    return ticks, how


@inlined
def _first_way(tables: Tables, state: State, rng: Rng, v: int) -> int:
    """Return the way of visit ``v`` to begin with: seldom a dearer one, which leaves the parts to others."""
    x = tables.stop[v, CHEAPEST_WAY]
    while tables.stop[x, NEXT_WAY] >= 0 and uniform(rng) < OVERLOOK_A_WAY:
        x = tables.stop[x, NEXT_WAY]
    return x


@inlined
def _most_promising(side: Ints, focused: int) -> int:
    """Return that of the ``focused`` shifts which may add the least, -1 where none has a place."""
    best, least = -1, FORBIDDEN
    for k in range(focused):
        s = side[k, FOCUSED_AS]
        if side[s, LEAST_TICKS] < least:
            best, least = s, side[s, LEAST_TICKS]
    return best


@inlined
def _is_among(tables: Tables, how: int, x: int) -> bool:
    """Tell whether what is remembered is by way ``x`` or a dearer one: then it is the cheapest of these too."""
    way = _unpacked(how)[0]
    return how != _CUT and (way == x or tables.stop[way, SOURCING_TICKS] > tables.stop[x, SOURCING_TICKS])


@inlined
def _taken_ticks(tables: Tables, state: State, v: int, s: int) -> int:
    """Return about what visit ``v`` would take of the reserves on shift ``s``."""
    if not has_reserves(state.row):
        return 0
    return taken_ticks(tables, state, s, tables.pair[v, tables.shift[s, TECHNICIAN], SERVICE])


@inlined
def _survey(
    tables: Tables, state: State, rng: Rng, v: int, x: int, is_usual: bool, deals: bool, blink: float, bound: int
) -> tuple[int, int, int]:
    """Return (added ticks, shift, how) of the cheapest place that is remembered; note what the others add at least."""
    best, best_shift, best_how = bound, -1, 0
    for k in range(state.counter[FOCUSED_SHIFTS]):
        s = state.side[k, FOCUSED_AS]
        state.side[s, LEAST_TICKS] = FORBIDDEN
        if not may_take(tables, v, s) or (blink > 0.0 and uniform(rng) < blink):
            continue
        is_known, how = not deals and _is_current(tables, state, v, s), state.cache[v, s, HOW]
        if is_known and is_usual and how == _CUT:
            state.side[s, LEAST_TICKS] = state.cache[v, s, ADDED_TICKS] + _taken_ticks(tables, state, v, s)
        elif is_known and (is_usual or _is_among(tables, how, x)):
            ticks = state.cache[v, s, ADDED_TICKS] + _taken_ticks(tables, state, v, s)
            if ticks < best:
                best, best_shift, best_how = ticks, s, how
        else:
            least = placed_ticks(tables, state, v, s)
            if least < FORBIDDEN:
                ticks = state.row[standing_row(state.side, s), TICKS]
                least += tables.stop[x, SOURCING_TICKS] + _taken_ticks(tables, state, v, s)
                state.side[s, LEAST_TICKS] = least - ticks
    return best, best_shift, best_how


@inlined
def cheapest_route(tables: Tables, state: State, rng: Rng, v: int, blink: float, bound: int) -> tuple[int, int, int]:
    """Return (added ticks, shift, how) of the cheapest place of visit ``v``; ``blink`` overlooks routes.

    Where none adds less than ``bound`` ticks, that is returned, and -1 for the shift. What is remembered comes first,
    then the others by the least that they can add, until none can be cheaper than the best.
    """
    x, deals = tables.stop[v, CHEAPEST_WAY], False
    if blink > 0.0 and keeps_books(state.ledger):
        x = _first_way(tables, state, rng, v)
        deals = meeting_count(tables.stop) > 0 and uniform(rng) < WEIGH_MEETINGS
    is_usual = not deals and x == tables.stop[v, CHEAPEST_WAY]
    best, best_shift, best_how = _survey(tables, state, rng, v, x, is_usual, deals, blink, bound)
    s = _most_promising(state.side, state.counter[FOCUSED_SHIFTS])
    while s >= 0 and state.side[s, LEAST_TICKS] < best:
        taken = _taken_ticks(tables, state, v, s)
        if is_usual:
            ticks, how = _remember(tables, state, v, s, best - taken)
        else:
            ticks, how = _look(tables, state, v, s, x, best - taken, deals)
        ticks += taken
        if ticks < best:
            best, best_shift, best_how = ticks, s, how
        state.side[s, LEAST_TICKS] = FORBIDDEN
        s = _most_promising(state.side, state.counter[FOCUSED_SHIFTS])
    return best, best_shift, best_how


@inlined
def put_where_said(tables: Tables, state: State, v: int, s: int, how: int) -> bool:
    """Put visit ``v`` in as ``how`` says; false, and forgotten, where stock has changed in between."""
    way, at, d, d_at = _unpacked(how)
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
        placed, tries = False, TRIES
        bound = FORBIDDEN if uniform(rng) < blink else tables.stop[v, DROP]
        while not placed and tries > 0:
            tries -= 1
            _, s, how = cheapest_route(tables, state, rng, v, blink, bound)
            if s < 0:
                break
            placed = put_where_said(tables, state, v, s, how)
        if not placed:
            state.whereabouts[kept, ABSENT_AS] = v
            kept += 1
    for k in range(n, state.counter[ABSENT]):
        state.whereabouts[kept, ABSENT_AS] = state.whereabouts[k, ABSENT_AS]
        kept += 1
    state.counter[ABSENT] = kept
