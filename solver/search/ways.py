"""The cheapest way to serve a visit on a shift: where, by which sourcing, behind which restock or with a new one.

A visit and its restock are one insertion. What a way lacks is looked up first; only where the van lacks something are
restocks tried: those of the route with one more line, then a new one at every place that has it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    MAX_VISITS,
    MEETING_END,
    MEETING_FIRST,
    NEXT_WAY,
    NIGHT_SUPPLY,
    RELEASE,
    SHARES_VAN,
    SOURCING_TICKS,
    TECHNICIAN,
    VISIT,
)
from solver.jit import inlined, inner
from solver.money import FORBIDDEN
from solver.problem import NONE
from solver.rules.pins import shift_allows
from solver.schedule import VISITS
from solver.search.behind_meeting import by_meeting
from solver.search.behind_restock import by_restock, can_be_brought, gets_all
from solver.search.gaps import note_gaps
from solver.search.insertion import best_place
from solver.search.lacking import NOTHING, SOMETHING, lacks
from solver.search.state import (
    IS_CUT,
    IS_SHORT,
    LENGTH,
    NO_NIGHT,
    NO_RESTOCK,
    PLACED_AT,
    PLACED_OF_STAMP,
    PLACED_TICKS,
    STAMP,
    TICKS,
    first_stage,
    keeps_books,
    standing_row,
)

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def may_take(tables: Tables, v: int, s: int) -> bool:
    """Tell whether shift ``s`` may take visit ``v`` as far as that does not depend on its route."""
    return tables.pair[v, tables.shift[s, TECHNICIAN], ASSIGN] < FORBIDDEN and shift_allows(tables.stop, v, s)


@inner
def _out_of_the_van(tables: Tables, state: State, v: int, s: int, r: int, x: int, best: int) -> tuple[int, int]:
    """Return (ticks, position) of way ``x``, which lacks nothing; visit ``v`` has been placed exactly."""
    ticks, at = state.cache[v, s, PLACED_TICKS] + tables.stop[x, SOURCING_TICKS], state.cache[v, s, PLACED_AT]
    if tables.stop[x, RELEASE] > tables.stop[v, RELEASE]:
        ticks, at = best_place(tables, state, s, r, x, 0, state.row[r, LENGTH], best)
    by_night = keeps_books(state.ledger) and tables.shift[s, NIGHT_SUPPLY] >= 0
    if by_night and ticks < best and not gets_all(tables, state, s, r, x, at, NO_RESTOCK, 0):
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, at
    return ticks, at


@inner
def _from_elsewhere(
    tables: Tables, state: State, s: int, r: int, x: int, best: int, deals: bool
) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock or take, its position) of way ``x`` with what it lacks from elsewhere."""
    state.counter[IS_SHORT] |= tables.shift[s, SHARES_VAN]
    ticks, at, d, d_at = by_restock(tables, state, s, r, x, best)
    if deals and tables.shift[s, MEETING_FIRST] < tables.shift[s, MEETING_END]:
        dealt, dealt_at, take, take_at = by_meeting(tables, state, s, r, x, min(best, ticks))
        if dealt < ticks:
            return dealt, dealt_at, take, take_at
    return ticks, at, d, d_at


@inner
def _by_way(
    tables: Tables, state: State, v: int, s: int, r: int, x: int, lacking: int, best: int, deals: bool
) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock or take, its position) of way ``x`` where that is less than ``best``.

    ``lacking`` is what it lacks, as ``solver.search.lacking`` says; visit ``v`` has been placed exactly.
    """
    if lacking == SOMETHING:
        return _from_elsewhere(tables, state, s, r, x, best, deals)
    ticks, at = _out_of_the_van(tables, state, v, s, r, x, best)
    if ticks < FORBIDDEN or tables.shift[s, NIGHT_SUPPLY] < 0:
        return ticks, at, NO_RESTOCK, 0
    is_off, state.counter[NO_NIGHT] = state.counter[NO_NIGHT], 1
    ticks, at, d, d_at = _from_elsewhere(tables, state, s, r, x, best, deals)
    state.counter[NO_NIGHT] = is_off
    return ticks, at, d, d_at


@inlined
def _can_be_had(tables: Tables, state: State, s: int, r: int, x: int, lacking: int, deals: bool) -> bool:
    """Tell whether there is what way ``x`` lacks, as far as that does not depend on its place in the route."""
    if lacking == NOTHING:
        return True
    is_there = lacking == SOMETHING and (
        can_be_brought(tables, state, s, r, x)
        or (deals and tables.shift[s, MEETING_FIRST] < tables.shift[s, MEETING_END])
    )
    if not is_there:
        state.counter[IS_SHORT] = 1
    return is_there


@inlined
def _is_full(tables: Tables, state: State, s: int, r: int) -> bool:
    return state.row[r, LENGTH] + 1 >= state.route.shape[1] or _visits(tables, state, r) >= tables.shift[s, MAX_VISITS]


@inlined
def _place(tables: Tables, state: State, v: int, s: int, r: int, bound: int) -> None:
    """Note what row ``r`` costs with visit ``v`` if its parts cost nothing; from ``bound`` on the least of it."""
    priced = tables.stop[v, SOURCING_TICKS]
    ticks, at = best_place(tables, state, s, r, v, 0, state.row[r, LENGTH], bound + priced)
    state.cache[v, s, PLACED_TICKS] = FORBIDDEN if ticks >= FORBIDDEN else ticks - priced
    state.cache[v, s, PLACED_OF_STAMP] = state.row[r, STAMP]
    state.cache[v, s, PLACED_AT] = at if ticks < bound + priced else NONE


@inner
def placed_ticks(tables: Tables, state: State, v: int, s: int) -> int:
    """Return the least that shift ``s`` costs with visit ``v`` whatever its parts cost, FORBIDDEN without a place."""
    r = standing_row(state.side, s)
    if state.cache[v, s, PLACED_OF_STAMP] != state.row[r, STAMP]:
        if _is_full(tables, state, s, r):
            state.cache[v, s, PLACED_TICKS] = FORBIDDEN
            state.cache[v, s, PLACED_OF_STAMP] = state.row[r, STAMP]
        else:
            _place(tables, state, v, s, r, -FORBIDDEN)
    return int(state.cache[v, s, PLACED_TICKS])


@inner
def cheapest_way(
    tables: Tables, state: State, v: int, s: int, x: int, bound: int, deals: bool
) -> tuple[int, int, int, int, int]:
    """Return what ``best_insertion`` does, from what the cache has of the place of visit ``v``."""
    r = standing_row(state.side, s)
    best, best_x, best_at, best_d, best_d_at = FORBIDDEN, v, 0, NO_RESTOCK, 0
    state.counter[IS_SHORT], state.counter[IS_CUT] = 0, 0
    # A ruin can leave a route that cannot be driven (travel need not obey the triangle inequality): its stages have no
    # labels from there on, and putting a visit in ahead may mend it.
    limit = min(FORBIDDEN, bound + state.row[r, TICKS])
    at_least = placed_ticks(tables, state, v, s)
    while x >= 0 and at_least < FORBIDDEN and at_least + tables.stop[x, SOURCING_TICKS] < best:
        price = tables.stop[x, SOURCING_TICKS]
        lacking = lacks(tables, state, s, x) if keeps_books(state.ledger) else NOTHING
        if _can_be_had(tables, state, s, r, x, lacking, deals):
            if state.cache[v, s, PLACED_AT] == NONE and at_least + price < limit:
                _place(tables, state, v, s, r, limit - price)
                at_least = state.cache[v, s, PLACED_TICKS]
            if at_least + price >= limit:
                state.counter[IS_CUT] |= at_least < FORBIDDEN
            else:
                ticks, at, d, d_at = _by_way(tables, state, v, s, r, x, lacking, min(best, limit), deals)
                state.counter[IS_CUT] |= limit < best and ticks >= limit
                if ticks < min(best, limit):
                    best, best_x, best_at, best_d, best_d_at = ticks, x, at, d, d_at
        x = tables.stop[x, NEXT_WAY]
    if best < limit:
        state.counter[IS_CUT] = 0
    elif state.counter[IS_CUT]:
        return bound, v, 0, NO_RESTOCK, 0
    if best >= FORBIDDEN:
        return FORBIDDEN, v, 0, NO_RESTOCK, 0
    return best - state.row[r, TICKS], best_x, best_at, best_d, best_d_at


@inner
def best_insertion(
    tables: Tables, state: State, v: int, s: int, x: int, bound: int, deals: bool
) -> tuple[int, int, int, int, int]:
    """Return (added ticks, way, position, restock, its position) of visit ``v`` at its cheapest on shift ``s``.

    Of its ways, ``x`` and the dearer ones are looked at. Ticks are FORBIDDEN where there is no place. A new restock is
    put in first, the position counts it. What cannot add less than ``bound`` ticks is not tried; where that may have
    hidden something, IS_CUT of ``counter`` is set and the ticks are no less than ``bound``. IS_SHORT tells whether more
    stock could make it cheaper. ``deals``: whether meetings of vans are weighed. Nothing in the cache is trusted: the
    tables may be others than before.
    """
    note_gaps(tables, state, s, standing_row(state.side, s))
    state.cache[v, s, PLACED_OF_STAMP] = NONE
    return cheapest_way(tables, state, v, s, x, bound, deals)


@inlined
def _visits(tables: Tables, state: State, r: int) -> int:
    """Return how many visits the route of row ``r`` has, facts included."""
    visits = state.stage[first_stage(state.route, r), VISITS]
    for at in range(state.row[r, LENGTH]):
        visits += tables.stop[state.route[r, at], VISIT] >= 0
    return visits
