"""The cheapest way to serve a visit on a shift: where, by which sourcing, behind which restock or with a new one.

A visit and its restock are one insertion. What a way lacks is looked up first; only where the van lacks something are
restocks tried: those of the route with one more line, then a new one at every place that has it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    END_PLACE,
    FROM,
    HANDLING,
    HAS_ROOM,
    HEAD_PLACE,
    ITEM,
    LINE,
    MAX_VISITS,
    MEETING_END,
    MEETING_FIRST,
    NEED_END,
    NEED_FIRST,
    NEXT_WAY,
    NIGHT_SUPPLY,
    OTHER_SIDE,
    PARCEL_END,
    PARCEL_FIRST,
    PIECES,
    PLACE,
    RESTOCK_END,
    RESTOCK_FIRST,
    ROOM,
    SHARES_VAN,
    SIZES,
    SOURCING_TICKS,
    STEP_END,
    STEP_FIRST,
    SUPPLY,
    TAKE_STOP,
    TECHNICIAN,
    VISIT,
)
from solver.jit import inlined, inner, kernel
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.pins import shift_allows
from solver.rules.travel import leg_s
from solver.schedule import HANDLING_S, HELD_THEN, READY_S, VISITS, service_s
from solver.search.changes import insert
from solver.search.floor import floor_ticks
from solver.search.insertion import best_place
from solver.search.lacking import A_PARCEL, NOTHING, SOMETHING, lacks, short_of
from solver.search.ledger import available, has_line
from solver.search.meetings import cheapest_giver, position, promise
from solver.search.state import (
    BEHIND,
    ENTRIES,
    HAS_DEAL,
    IS_CUT,
    IS_SHORT,
    LENGTH,
    NO_NIGHT,
    NO_RESTOCK,
    TICKS,
    first_stage,
    keeps_books,
    standing_row,
    trial_row,
)
from solver.search.trial import can_be_provisioned, copy_with, first_restock, next_restock, simulate_trial
from solver.supply import MEASURES

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables

MOST_POSITIONS = 6
"""A new restock is tried where the detour is shortest."""
LONG = 12
"""Routes of so many stops get a new restock only where those that they have do not do."""


@inlined
def may_take(tables: Tables, v: int, s: int) -> bool:
    """Tell whether shift ``s`` may take visit ``v`` as far as that does not depend on its route."""
    return tables.pair[v, tables.shift[s, TECHNICIAN], ASSIGN] < FORBIDDEN and shift_allows(tables.stop, v, s)


@inner
def _brings(tables: Tables, state: State, s: int, x: int, d: int, r: int, at: int) -> tuple[int, int]:
    """Return (new lines, when it is there) of what ``x`` lacks at restock ``d``, stop ``at`` of row ``r``, or -1."""
    lines, ready = 0, 0
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        missing = short_of(tables, state, s, need)
        if missing == 0:
            continue
        item = tables.row[need, ITEM]
        if tables.row[need, PIECES] == 0 and has_line(state.ledger, state.row, r, 0, at, item):
            continue
        base = tables.stop[d, SUPPLY] + item
        step, end = tables.row[base, STEP_FIRST], tables.row[base, STEP_END]
        while step < end and available(state.supply_left, step, end) < missing:
            step += 1
        if step == end:
            return -1, 0
        ready = max(ready, tables.supply[step, FROM])
        if not has_line(state.ledger, state.row, r, at, at, item):
            lines += 1
    return lines, ready


@inner
def _fits_behind(tables: Tables, state: State, s: int, x: int, r: int, at: int) -> bool:
    """Tell whether the van has room for what ``x`` lacks from stop ``at`` of row ``r`` on."""
    if tables.shift[s, HAS_ROOM] == 0:
        return True
    adds = False
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        adds = adds or (tables.row[need, PIECES] > 0 and short_of(tables, state, s, need) > 0)
    if not adds:
        return True
    for measure in range(MEASURES):
        held = state.stay[r, at, HELD_THEN + measure]
        for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
            if tables.row[need, PIECES] > 0:
                size = tables.row[tables.shift[s, SIZES] + tables.row[need, ITEM], measure]
                held += size * short_of(tables, state, s, need)
        if held > tables.shift[s, ROOM + measure]:
            return False
    return True


@inner
def _behind_standing(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int]:
    """Return (ticks, position) of way ``x`` behind a restock that row ``r`` has, with what it lacks taken on there."""
    best_at, n = 0, state.row[r, LENGTH]
    j = first_restock(tables.stop, state.route, state.row, r)
    while j < n:
        until = next_restock(tables.stop, state.route, state.row, r, j)
        lines, ready = _brings(tables, state, s, x, state.route[r, j], r, j)
        state.counter[IS_SHORT] |= lines < 0
        if lines >= 0 and _fits_behind(tables, state, s, x, r, j):
            row, since = r, j + 1
            more_s = lines * tables.stop[state.route[r, j], LINE]
            if more_s > 0 or ready > state.stay[r, j, READY_S]:
                row = copy_with(tables, state, r, -1, 0)
                state.stay[row, j, HANDLING_S] += more_s
                state.stay[row, j, READY_S] = max(ready, state.stay[row, j, READY_S])
                simulate_trial(tables, state, s, r, j)
            ticks, at = best_place(tables, state, s, row, x, since, until, best)
            if ticks < best:
                best, best_at = ticks, at
        j = until
    return best, best_at


@inner
def _next_detour(tables: Tables, state: State, s: int, r: int, d: int, detour: int, at: int) -> tuple[int, int]:
    """Return the next longer detour in seconds by way of restock ``d`` on row ``r``, and before which stop it is."""
    best, best_at, n = 1 << 40, 0, state.row[r, LENGTH]
    place, origin = tables.stop[d, PLACE], tables.shift[s, HEAD_PLACE]
    for k in range(n + 1):
        to = tables.stop[state.route[r, k], PLACE] if k < n else tables.shift[s, END_PLACE]
        more = leg_s(tables.travel, tables.shift, s, origin, place)
        if to >= 0:
            more += leg_s(tables.travel, tables.shift, s, place, to) - leg_s(tables.travel, tables.shift, s, origin, to)
        if (more > detour or (more == detour and k > at)) and more < best:
            best, best_at = more, k
        origin = to
    return best, best_at


@inner
def _with_restock(tables: Tables, state: State, s: int, r: int, x: int, d: int, best: int) -> tuple[int, int, int]:
    """Return (ticks, position, restock's position) of way ``x`` behind a new restock ``d`` on row ``r``."""
    best_at, best_d_at, n = 0, 0, state.row[r, LENGTH]
    trial = trial_row(state.route)
    has_loads = tables.shift[s, HAS_ROOM] != 0 or first_restock(tables.stop, state.route, state.row, r) < n
    service = service_s(tables, s, x, 0)
    own = tables.pair[tables.stop[x, VISIT], tables.shift[s, TECHNICIAN], ASSIGN] + tables.stop[x, SOURCING_TICKS]
    detour, d_at = -UNREACHABLE, -1
    for _ in range(min(n + 1, MOST_POSITIONS)):
        detour, d_at = _next_detour(tables, state, s, r, d, detour, d_at)
        if own + floor_ticks(tables, state, s, r, d, d_at, 0, tables.stop[d, HANDLING], service) >= best:
            continue
        copy_with(tables, state, r, d, d_at)
        since = d_at
        if has_loads:
            if not can_be_provisioned(tables, state, s, r) or not _fits_behind(tables, state, s, x, trial, d_at):
                continue
            since = min(d_at, first_restock(tables.stop, state.route, state.row, trial))
        else:
            state.row[trial, ENTRIES] = 0
        lines, ready = _brings(tables, state, s, x, d, trial, d_at)
        if lines < 0:
            state.counter[IS_SHORT] = 1
            return best, best_at, best_d_at
        state.stay[trial, d_at, HANDLING_S] += lines * tables.stop[d, LINE]
        state.stay[trial, d_at, READY_S] = max(ready, state.stay[trial, d_at, READY_S])
        if simulate_trial(tables, state, s, r, since) >= best:
            continue
        ticks, at = best_place(
            tables, state, s, trial, x, d_at + 1, next_restock(tables.stop, state.route, state.row, trial, d_at), best
        )
        if ticks < best:
            best, best_at, best_d_at = ticks, at, d_at
    return best, best_at, best_d_at


@inner
def _is_true(tables: Tables, state: State, s: int, r: int, x: int, at: int, d: int, d_at: int) -> bool:
    """Tell whether row ``r`` gets all that it needs with restock ``d`` and way ``x`` put in."""
    insert(tables, state, copy_with(tables, state, r, d, d_at), x, at)
    return can_be_provisioned(tables, state, s, r)


@inner
def _by_restock(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock, its position) of way ``x`` with what it lacks from a restock."""
    best_at, best_d, best_d_at, bound = 0, BEHIND, 0, best
    ticks, at = _behind_standing(tables, state, s, r, x, best)
    n, is_found = state.row[r, LENGTH], ticks < best
    if is_found:
        best, best_at = ticks, at
    if n + 2 < state.route.shape[1] and (n < LONG or not is_found):
        for row in range(tables.shift[s, RESTOCK_FIRST], tables.shift[s, RESTOCK_END]):
            d = tables.row[row, 0]
            if _brings(tables, state, s, x, d, r, n)[0] < 0:
                state.counter[IS_SHORT] = 1
                continue
            ticks, at, d_at = _with_restock(tables, state, s, r, x, d, best)
            if ticks < best:
                best, best_at, best_d, best_d_at = ticks, at, d, d_at
    if best < bound and not _is_true(tables, state, s, r, x, best_at, best_d, best_d_at):
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, 0, BEHIND, 0
    return best, best_at, best_d, best_d_at


@inner
def _with_take(tables: Tables, state: State, s: int, r: int, x: int, d: int, best: int) -> tuple[int, int, int]:
    """Return (ticks, position, take's position) of way ``x`` behind taking ``d`` at a meeting, new or standing."""
    best_at, best_d_at, n = 0, 0, state.row[r, LENGTH]
    standing = position(state.route, state.row, r, d)
    if standing >= 0:
        ticks, at = best_place(tables, state, s, r, x, standing + 1, n, best)
        return (ticks, at, standing) if ticks < best else (best, 0, 0)
    if n + 2 >= state.route.shape[1]:
        return best, 0, 0
    for d_at in range(n + 1):
        if best_place(tables, state, s, r, d, d_at, d_at, best)[0] >= best:
            continue
        trial = copy_with(tables, state, r, d, d_at)
        if simulate_trial(tables, state, s, r, d_at) >= best:
            continue
        ticks, at = best_place(tables, state, s, trial, x, d_at + 1, n + 1, best)
        if ticks < best:
            best, best_at, best_d_at = ticks, at, d_at
    return best, best_at, best_d_at


@inner
def _by_meeting(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, take, its position) of way ``x`` with what it lacks from another van at a meeting.

    Ticks count what the other route costs more.
    """
    best_at, best_d, best_d_at = 0, BEHIND, 0
    state.counter[HAS_DEAL] = 1
    for row in range(tables.shift[s, MEETING_FIRST], tables.shift[s, MEETING_END]):
        d = tables.row[row, TAKE_STOP]
        added, giver, _ = cheapest_giver(tables, state, s, x, d)
        if (
            giver < 0
            or state.row[r, TICKS] + added >= best
            or position(state.route, state.row, r, tables.stop[d, OTHER_SIDE]) >= 0
        ):
            continue
        ticks, at, d_at = _with_take(tables, state, s, r, x, d, best - added)
        if ticks + added < best:
            promise(tables, state, s, x, d, 1)
            new = d if position(state.route, state.row, r, d) < 0 else BEHIND
            is_true = _is_true(tables, state, s, r, x, at, new, d_at)
            promise(tables, state, s, x, d, -1)
            if is_true:
                best, best_at, best_d, best_d_at = ticks + added, at, d, d_at
    return (best, best_at, best_d, best_d_at) if best_d >= 0 else (FORBIDDEN, 0, BEHIND, 0)


@inlined
def _waits_for_parcel(stop: Ints, x: int) -> bool:
    return bool(stop[x, PARCEL_FIRST] < stop[x, PARCEL_END])


@inner
def _out_of_the_van(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, NO_RESTOCK, 0) of way ``x``, which lacks nothing."""
    ticks, at = best_place(tables, state, s, r, x, 0, state.row[r, LENGTH], best)
    by_night = keeps_books(state.ledger) and tables.shift[s, NIGHT_SUPPLY] >= 0
    if by_night and ticks < best and not _is_true(tables, state, s, r, x, at, NO_RESTOCK, 0):
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, at, NO_RESTOCK, 0
    return ticks, at, NO_RESTOCK, 0


@inner
def _from_elsewhere(
    tables: Tables, state: State, s: int, r: int, x: int, best: int, deals: bool
) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock or take, its position) of way ``x`` with what it lacks from elsewhere."""
    state.counter[IS_SHORT] |= tables.shift[s, SHARES_VAN]
    ticks, at, d, d_at = _by_restock(tables, state, s, r, x, best)
    if deals and tables.shift[s, MEETING_FIRST] < tables.shift[s, MEETING_END]:
        dealt, dealt_at, take, take_at = _by_meeting(tables, state, s, r, x, min(best, ticks))
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
            state.counter[NO_NIGHT] = 1
            ticks, at, d, d_at = _from_elsewhere(tables, state, s, r, x, min(best, limit), deals)
            state.counter[NO_NIGHT] = 0
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
    """Return what visit ``v`` adds to row ``r`` if its parts cost nothing, FORBIDDEN where it has no place."""
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
    ``deals``: whether meetings of vans are weighed; HAS_DEAL tells whether one was.
    """
    r = standing_row(state.side, s)
    best, best_x, best_at, best_d, best_d_at = FORBIDDEN, v, 0, NO_RESTOCK, 0
    state.counter[IS_SHORT], state.counter[IS_CUT], state.counter[HAS_DEAL] = 0, 0, 0
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
