"""A visit behind a restock: one that the route has, with more lines, or a new one where the detour is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    FROM,
    HANDLING,
    HAS_ROOM,
    ITEM,
    LINE,
    NEED_END,
    NEED_FIRST,
    NO_LIMIT,
    PIECES,
    PLACE,
    RESTOCK_END,
    RESTOCK_FIRST,
    ROOM,
    SIZES,
    STEP_END,
    STEP_FIRST,
    SUPPLY,
    VISIT,
)
from solver.jit import inlined, inner
from solver.money import FORBIDDEN
from solver.rules.travel import leg_s
from solver.schedule import HANDLING_S, HELD_THEN, READY_S
from solver.search.changes import insert
from solver.search.detour import least_behind
from solver.search.insertion import best_place
from solver.search.lacking import short_of
from solver.search.ledger import available, has_line
from solver.search.provisions import takes_on
from solver.search.state import BEHIND, DETOUR_S, ENTRIES, FROM_PLACE, IS_SHORT, LENGTH, STRAIGHT_S, TO_PLACE, trial_row
from solver.search.trial import can_be_provisioned, copy_with, first_restock, next_restock, simulate_trial
from solver.supply import MEASURES

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables

MOST_POSITIONS = 6
"""A new restock is tried where the detour is shortest."""
LONG = 12
"""Routes of so many stops get a new restock only where those that they have do not do."""


@inner
def brings(tables: Tables, state: State, s: int, x: int, d: int, r: int, at: int) -> tuple[int, int]:
    """Return (new lines, when it is there) of what ``x`` lacks at restock ``d``, stop ``at`` of row ``r``, or -1.

    Lines count only where they take time.
    """
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
        if tables.stop[d, LINE] > 0 and not has_line(state.ledger, state.row, r, at, at, item):
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
        lines, ready = brings(tables, state, s, x, state.route[r, j], r, j)
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
def _note_detours(tables: Tables, state: State, s: int, r: int, d: int) -> None:
    """Write into each gap of row ``r`` how many seconds more it takes by way of restock ``d``."""
    place = tables.stop[d, PLACE]
    for k in range(state.row[r, LENGTH] + 1):
        to = state.gap[r, k, TO_PLACE]
        by_s = leg_s(tables.travel, tables.shift, s, state.gap[r, k, FROM_PLACE], place)
        if to >= 0:
            by_s += leg_s(tables.travel, tables.shift, s, place, to)
        state.gap[r, k, DETOUR_S] = by_s - state.gap[r, k, STRAIGHT_S]


@inlined
def _next_detour(state: State, r: int, detour: int, at: int) -> tuple[int, int]:
    """Return the next longer detour than that before stop ``at`` of row ``r``, and before which stop it is."""
    best, best_at = 1 << 40, 0
    for k in range(state.row[r, LENGTH] + 1):
        more = state.gap[r, k, DETOUR_S]
        if (more > detour or (more == detour and k > at)) and more < best:
            best, best_at = more, k
    return best, best_at


@inner
def _fits_then(tables: Tables, state: State, s: int, r: int, x: int, at: int) -> bool:
    """Tell whether what ``x`` lacks may fit into the van before stop ``at`` of row ``r``, beside what it holds then."""
    if tables.shift[s, HAS_ROOM] == 0:
        return True
    j = at - 1
    while j >= 0 and not takes_on(tables.stop, state.route[r, j]):
        if tables.stop[state.route[r, j], VISIT] < 0:
            return True  # what is handed over there is for the books to say
        j -= 1
    if j < 0:
        return True
    for measure in range(MEASURES):
        held = state.stay[r, j, HELD_THEN + measure]
        for k in range(j + 1, at):
            held -= _size(tables, state, s, state.route[r, k], measure, False)
        added = _size(tables, state, s, x, measure, True)
        if added > 0 and held + added > tables.shift[s, ROOM + measure]:
            return False
    return True


@inlined
def _size(tables: Tables, state: State, s: int, x: int, measure: int, lacking: bool) -> int:
    """Return the size of what ``x`` needs, or of what it lacks of that, in a measure."""
    size = 0
    for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
        if tables.row[need, PIECES] > 0:
            pieces = short_of(tables, state, s, need) if lacking else tables.row[need, PIECES]
            size += pieces * tables.row[tables.shift[s, SIZES] + tables.row[need, ITEM], measure]
    return size


@inner
def _with_restock(
    tables: Tables, state: State, s: int, r: int, x: int, d: int, lines: int, ready: int, best: int
) -> tuple[int, int, int]:
    """Return (ticks, position, restock's position) of way ``x`` behind a new restock ``d`` on row ``r``.

    At least ``lines`` are taken on there, which are there from ``ready`` on.
    """
    best_at, best_d_at, n = 0, 0, state.row[r, LENGTH]
    trial = trial_row(state.route)
    has_loads = tables.shift[s, HAS_ROOM] != 0 or first_restock(tables.stop, state.route, state.row, r) < n
    handling = tables.stop[d, HANDLING] + lines * tables.stop[d, LINE]
    _note_detours(tables, state, s, r, d)
    detour, d_at = -NO_LIMIT, -1
    for _ in range(min(n + 1, MOST_POSITIONS)):
        detour, d_at = _next_detour(state, r, detour, d_at)
        until = next_restock(tables.stop, state.route, state.row, r, d_at - 1)
        if least_behind(tables, state, s, r, x, d, d_at, until, handling, ready) >= best:
            continue
        if not _fits_then(tables, state, s, r, x, d_at):
            continue
        copy_with(tables, state, r, d, d_at)
        since = d_at
        if has_loads:
            if not can_be_provisioned(tables, state, s, r) or not _fits_behind(tables, state, s, x, trial, d_at):
                continue
            since = min(d_at, first_restock(tables.stop, state.route, state.row, trial))
        else:
            state.row[trial, ENTRIES] = 0
        more, since_when = brings(tables, state, s, x, d, trial, d_at)
        if more < 0:
            state.counter[IS_SHORT] = 1
            return best, best_at, best_d_at
        state.stay[trial, d_at, HANDLING_S] += more * tables.stop[d, LINE]
        state.stay[trial, d_at, READY_S] = max(since_when, state.stay[trial, d_at, READY_S])
        # Where the route with the restock alone cannot be driven, the visit behind it may lead on.
        if best <= simulate_trial(tables, state, s, r, since) < FORBIDDEN:
            continue
        ticks, at = best_place(
            tables, state, s, trial, x, d_at + 1, next_restock(tables.stop, state.route, state.row, trial, d_at), best
        )
        if ticks < best:
            best, best_at, best_d_at = ticks, at, d_at
    return best, best_at, best_d_at


@inner
def gets_all(tables: Tables, state: State, s: int, r: int, x: int, at: int, d: int, d_at: int) -> bool:
    """Tell whether row ``r`` gets all that it needs with restock ``d`` and way ``x`` put in."""
    insert(tables, state, copy_with(tables, state, r, d, d_at), x, at)
    return can_be_provisioned(tables, state, s, r)


@inner
def can_be_brought(tables: Tables, state: State, s: int, r: int, x: int) -> bool:
    """Tell whether a restock of row ``r`` or a new one has what way ``x`` lacks."""
    n = state.row[r, LENGTH]
    j = first_restock(tables.stop, state.route, state.row, r)
    while j < n:
        if brings(tables, state, s, x, state.route[r, j], r, j)[0] >= 0:
            return True
        j = next_restock(tables.stop, state.route, state.row, r, j)
    for row in range(tables.shift[s, RESTOCK_FIRST], tables.shift[s, RESTOCK_END]):
        if n + 2 < state.route.shape[1] and brings(tables, state, s, x, tables.row[row, 0], r, n)[0] >= 0:
            return True
    return False


@inner
def by_restock(tables: Tables, state: State, s: int, r: int, x: int, best: int) -> tuple[int, int, int, int]:
    """Return (ticks, position, restock, its position) of way ``x`` with what it lacks from a restock."""
    best_at, best_d, best_d_at, bound = 0, BEHIND, 0, best
    ticks, at = _behind_standing(tables, state, s, r, x, best)
    n, is_found = state.row[r, LENGTH], ticks < best
    if is_found:
        best, best_at = ticks, at
    if n + 2 < state.route.shape[1] and (n < LONG or not is_found):
        for row in range(tables.shift[s, RESTOCK_FIRST], tables.shift[s, RESTOCK_END]):
            d = tables.row[row, 0]
            lines, ready = brings(tables, state, s, x, d, r, n)
            if lines < 0:
                state.counter[IS_SHORT] = 1
                continue
            ticks, at, d_at = _with_restock(tables, state, s, r, x, d, lines, ready, best)
            if ticks < best:
                best, best_at, best_d, best_d_at = ticks, at, d, d_at
    if best < bound and not gets_all(tables, state, s, r, x, best_at, best_d, best_d_at):
        state.counter[IS_SHORT] = 1
        return FORBIDDEN, 0, BEHIND, 0
    return best, best_at, best_d, best_d_at
