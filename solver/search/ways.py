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
    SHARES_VAN,
    SOURCING_TICKS,
    TECHNICIAN,
    VISIT,
)
from solver.jit import inlined, inner, kernel
from solver.money import FORBIDDEN
from solver.rules.pins import shift_allows
from solver.schedule import VISITS
from solver.search.behind_meeting import by_meeting
from solver.search.behind_restock import by_restock, gets_all
from solver.search.insertion import best_place
from solver.search.lacking import A_PARCEL, NOTHING, SOMETHING, lacks
from solver.search.state import (
    IS_CUT,
    IS_SHORT,
    LENGTH,
    NO_NIGHT,
    NO_RESTOCK,
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
def _out_of_the_van(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, NO_RESTOCK, 0) of way ``x``, which lacks nothing."""
    ticks, at = best_place(tables, state, s, r, x, 0, state.row[r, LENGTH], best)
    by_night = keeps_books(state.ledger) and tables.shift[s, NIGHT_SUPPLY] >= 0
    if by_night and ticks < best and not gets_all(tables, state, s, r, x, at, NO_RESTOCK, 0):
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, at, NO_RESTOCK, 0
    return ticks, at, NO_RESTOCK, 0


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
    tables: Tables,
    state: State,
    s: int,
    r: int,
    x: int,
    lacking: int,
    least: int,
    best: int,
    limit: int,
    deals: bool,
) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock or take, its position) of way ``x`` where that is less than ``best``.

    ``lacking`` is what it lacks, as ``solver.search.lacking`` says. It takes ``least`` ticks at least. What takes no
    less than ``limit`` is not tried, and IS_CUT is set.
    """
    if lacking == A_PARCEL:
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, 0, NO_RESTOCK, 0
    if least >= limit:
        state.counter[IS_CUT] = 1
        return FORBIDDEN, 0, NO_RESTOCK, 0
    if lacking == NOTHING:
        ticks, at, d, d_at = _out_of_the_van(tables, state, s, r, x, min(best, limit))
        if ticks >= FORBIDDEN and tables.shift[s, NIGHT_SUPPLY] >= 0:
            is_off, state.counter[NO_NIGHT] = state.counter[NO_NIGHT], 1
            ticks, at, d, d_at = _from_elsewhere(tables, state, s, r, x, min(best, limit), deals)
            state.counter[NO_NIGHT] = is_off
    else:
        ticks, at, d, d_at = _from_elsewhere(tables, state, s, r, x, min(best, limit), deals)
    if ticks >= limit:
        state.counter[IS_CUT] |= limit < best
        return FORBIDDEN, 0, NO_RESTOCK, 0
    return ticks, at, d, d_at


@inlined
def _is_full(tables: Tables, state: State, s: int, r: int) -> bool:
    return state.row[r, LENGTH] + 1 >= state.route.shape[1] or _visits(tables, state, r) >= tables.shift[s, MAX_VISITS]


@inner
def least_insertion(tables: Tables, state: State, v: int, s: int, x: int) -> int:
    """Return what visit ``v`` adds at least on shift ``s`` by way ``x`` or a dearer one, FORBIDDEN without a place."""
    r = standing_row(state.side, s)
    if _is_full(tables, state, s, r):
        return FORBIDDEN
    ticks = best_place(tables, state, s, r, v, 0, state.row[r, LENGTH], -FORBIDDEN)[0]
    if ticks >= FORBIDDEN:
        return FORBIDDEN
    return int(ticks - tables.stop[v, SOURCING_TICKS] + tables.stop[x, SOURCING_TICKS] - state.row[r, TICKS])


@inlined
def _unpriced(tables: Tables, state: State, s: int, r: int, v: int, bound: int) -> int:
    """Return what row ``r`` costs with visit ``v`` if its parts cost nothing, FORBIDDEN where it has no place."""
    priced = tables.stop[v, SOURCING_TICKS]
    ticks = best_place(tables, state, s, r, v, 0, state.row[r, LENGTH], min(FORBIDDEN, bound + priced))[0]
    return FORBIDDEN if ticks >= FORBIDDEN else int(ticks - priced)


@kernel
def best_insertion(
    tables: Tables, state: State, v: int, s: int, x: int, bound: int, least: int, deals: bool
) -> tuple[int, int, int, int, int]:
    """Return (added ticks, way, position, restock, its position) of visit ``v`` at its cheapest on shift ``s``.

    Of its ways, ``x`` and the dearer ones are looked at. Ticks are FORBIDDEN where there is no place. A new restock is
    put in first, the position counts it. What cannot add less than ``bound`` ticks is not tried; where that may have
    hidden something, IS_CUT of ``counter`` is set and the ticks are no less than ``bound``. IS_SHORT tells whether more
    stock could make it cheaper. ``least`` is what it adds at least as far as that is known, -FORBIDDEN where it is not.
    ``deals``: whether meetings of vans are weighed.
    """
    r = standing_row(state.side, s)
    best, best_x, best_at, best_d, best_d_at = FORBIDDEN, v, 0, NO_RESTOCK, 0
    state.counter[IS_SHORT], state.counter[IS_CUT] = 0, 0
    # A ruin can leave a route that cannot be driven (travel need not obey the triangle inequality): its stages have no
    # labels from there on, and putting a visit in ahead may mend it.
    if _is_full(tables, state, s, r):
        return FORBIDDEN, v, 0, NO_RESTOCK, 0
    limit = min(FORBIDDEN, bound + state.row[r, TICKS])
    unpriced, is_exact = least + state.row[r, TICKS] - tables.stop[x, SOURCING_TICKS], False
    while x >= 0 and unpriced + tables.stop[x, SOURCING_TICKS] < best:
        lacking = lacks(tables, state, s, x) if keeps_books(state.ledger) else NOTHING
        if lacking == SOMETHING and not is_exact:
            unpriced, is_exact = _unpriced(tables, state, s, r, v, limit - tables.stop[x, SOURCING_TICKS]), True
            if unpriced >= FORBIDDEN:
                break
        at_least = unpriced + tables.stop[x, SOURCING_TICKS]
        ticks, at, d, d_at = _by_way(tables, state, s, r, x, lacking, at_least, best, limit, deals)
        if ticks < best:
            best, best_x, best_at, best_d, best_d_at = ticks, x, at, d, d_at
        x = tables.stop[x, NEXT_WAY]
    if best < limit:
        state.counter[IS_CUT] = 0
    elif state.counter[IS_CUT]:
        return bound, v, 0, NO_RESTOCK, 0
    if best >= FORBIDDEN:
        return FORBIDDEN, v, 0, NO_RESTOCK, 0
    return best - state.row[r, TICKS], best_x, best_at, best_d, best_d_at


@inlined
def _visits(tables: Tables, state: State, r: int) -> int:
    """Return how many visits the route of row ``r`` has, facts included."""
    visits = state.stage[first_stage(state.route, r), VISITS]
    for at in range(state.row[r, LENGTH]):
        visits += tables.stop[state.route[r, at], VISIT] >= 0
    return visits
