"""Changes of one standing route: touch it, put stops in, take them out, and set books and timing right again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    DROP,
    ITEM,
    NEED_END,
    NEED_FIRST,
    NIGHT_SUPPLY,
    PARCEL_END,
    PARCEL_FIRST,
    PIECES,
    TECHNICIAN,
    VISIT,
)
from solver.jit import inlined, inner
from solver.routing import VAN
from solver.schedule import STAY_COLUMNS, run
from solver.search.floor import note_sums
from solver.search.free_time import has_reserves, refresh_free
from solver.search.gaps import note_gaps
from solver.search.insertion import refresh_latest
from solver.search.ledger import AT, enter, strike
from solver.search.likeness import is_like
from solver.search.provisions import provision
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    CURRENT_TICKS,
    ENTRIES,
    IS_TOUCHED,
    LEDGER_COLUMNS,
    LENGTH,
    NEXT_STAMP,
    NEXT_SUPPLY,
    RESTOCKS,
    ROUTE_COLUMNS,
    SIDE,
    STAMP,
    TICKS,
    TOUCHED,
    TOUCHED_AS,
    WHERE,
    first_stage,
    keeps_books,
    label_width,
    other_row,
    standing_row,
)
from solver.search.trial import copy_stages, first_restock

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inner
def touch(state: State, s: int) -> int:
    """Make shift ``s`` ready to be changed, once between two decisions; return the row to work on."""
    old = standing_row(state.side, s)
    if state.side[s, IS_TOUCHED]:
        return old
    state.side[s, IS_TOUCHED] = 1
    state.side[state.counter[TOUCHED], TOUCHED_AS] = s
    state.counter[TOUCHED] += 1
    state.side[s, SIDE] ^= 1
    new = standing_row(state.side, s)
    for column in range(ROUTE_COLUMNS):
        state.row[new, column] = state.row[old, column]
    for column in range(ROUTE_COLUMNS, state.row.shape[1]):
        state.row[new, column] = state.row[old, column]
    for at in range(state.row[old, LENGTH]):
        state.route[new, at] = state.route[old, at]
        if state.row[old, RESTOCKS] > 0:
            for column in range(STAY_COLUMNS):
                state.stay[new, at, column] = state.stay[old, at, column]
    for entry in range(state.row[old, ENTRIES]):
        for column in range(LEDGER_COLUMNS):
            state.ledger[new, entry, column] = state.ledger[old, entry, column]
    copy_stages(state, old, new, state.row[old, LENGTH] + 1)
    return new


@inner
def refresh(tables: Tables, state: State, s: int, since: int) -> None:
    """Simulate shift ``s`` anew from its stop ``since`` on, after its sequence has changed there."""
    r = standing_row(state.side, s)
    n, base, width = state.row[r, LENGTH], first_stage(state.route, r), label_width(state.label, state.stage)
    ticks, best, _, _ = run(tables, state.label, state.stage, width, s, base, state.route[r], state.stay[r], since, n)
    state.counter[CURRENT_TICKS] += ticks - state.row[r, TICKS]
    state.row[r, TICKS] = ticks
    state.counter[NEXT_STAMP] += 1
    state.row[r, STAMP] = state.counter[NEXT_STAMP]
    note_sums(tables, state, s, r)
    refresh_latest(tables, state, s, r)
    note_gaps(tables, state, s, r)
    if has_reserves(state.row):
        refresh_free(tables, state, s, r, best)


@inlined
def insert(tables: Tables, state: State, r: int, x: int, at: int) -> None:
    """Put stop ``x`` before stop ``at`` of row ``r``, without anything else; ``provision`` says how long it stays."""
    for k in range(state.row[r, LENGTH], at, -1):
        state.route[r, k] = state.route[r, k - 1]
    state.route[r, at] = x
    state.row[r, LENGTH] += 1
    state.row[r, RESTOCKS] += tables.stop[x, VISIT] < 0


@inlined
def remove(tables: Tables, state: State, r: int, at: int) -> None:
    """Take stop ``at`` of row ``r`` out, without anything else."""
    state.row[r, RESTOCKS] -= tables.stop[state.route[r, at], VISIT] < 0
    state.row[r, LENGTH] -= 1
    for k in range(at, state.row[r, LENGTH]):
        state.route[r, k] = state.route[r, k + 1]


@inlined
def make_absent(tables: Tables, state: State, v: int) -> None:
    """Count visit ``v`` among the absent ones and charge its drop price."""
    state.whereabouts[v, WHERE] = -1
    state.whereabouts[state.counter[ABSENT], ABSENT_AS] = v
    state.counter[ABSENT] += 1
    state.counter[CURRENT_TICKS] += tables.stop[v, DROP]


@inner
def take_out(tables: Tables, state: State, s: int, at: int) -> None:
    """Take stop ``at`` out of shift ``s`` and make its visit absent; ``settle`` is to follow."""
    r = touch(state, s)
    v = tables.stop[state.route[r, at], VISIT]
    remove(tables, state, r, at)
    if v >= 0:
        make_absent(tables, state, v)


@inner
def _idle_stop(stop: Ints, route: Ints, row: Ints, ledger: Ints, r: int) -> int:
    """Return the first stop of row ``r`` for stock at which nothing changes hands, -1 where there is none."""
    if row[r, RESTOCKS] == 0:
        return -1
    for at in range(row[r, LENGTH]):
        if stop[route[r, at], VISIT] < 0:
            entry = 0
            while entry < row[r, ENTRIES] and ledger[r, entry, AT] != at:
                entry += 1
            if entry == row[r, ENTRIES]:
                return at
    return -1


@inner
def _drop_idle_stops(tables: Tables, state: State, s: int, since: int) -> int:
    """Drop stops at which nothing changes hands; return the first stop that has changed, ``since`` or before."""
    r = standing_row(state.side, s)
    at = _idle_stop(tables.stop, state.route, state.row, state.ledger, r)
    while at >= 0:
        since = min(since, at)
        strike(tables, state, s, r)
        remove(tables, state, r, at)
        provision(tables, state, s, r)
        at = _idle_stop(tables.stop, state.route, state.row, state.ledger, r)
    return min(since, first_restock(tables.stop, state.route, state.row, r))


@inner
def settle(tables: Tables, state: State, s: int, since: int) -> None:
    """Set books and timing of shift ``s`` right after its stops have changed from ``since`` on.

    Visits that lack something become absent, restocks and meetings without a use are dropped.
    """
    if keeps_books(state.ledger):
        r = standing_row(state.side, s)
        state.counter[NEXT_SUPPLY] += 1
        strike(tables, state, s, r)
        at = provision(tables, state, s, r)
        while at >= 0:
            take_out(tables, state, s, at)
            since = min(since, at)
            at = provision(tables, state, s, r)
        since = _drop_idle_stops(tables, state, s, since)
    refresh(tables, state, s, since)


@inlined
def _draws_all(tables: Tables, state: State, s: int, r: int, x: int) -> bool:
    """Take what stop ``x`` needs out of the van, where nothing but the van is of interest and it has it all."""
    stop, technician = tables.stop, tables.shift[s, TECHNICIAN]
    if state.row[r, RESTOCKS] > 0 or tables.shift[s, NIGHT_SUPPLY] >= 0 or stop[x, PARCEL_FIRST] < stop[x, PARCEL_END]:
        return False
    for need in range(stop[x, NEED_FIRST], stop[x, NEED_END]):
        if state.left[technician, tables.row[need, ITEM]] < max(1, tables.row[need, PIECES]):
            return False
    if state.row[r, ENTRIES] + stop[x, NEED_END] - stop[x, NEED_FIRST] > state.ledger.shape[1]:
        return False
    for need in range(stop[x, NEED_FIRST], stop[x, NEED_END]):
        if tables.row[need, PIECES] > 0:
            enter(tables, state, s, r, VAN, tables.row[need, ITEM], tables.row[need, PIECES], -1, -1)
    return True


@inner
def put_in(tables: Tables, state: State, s: int, x: int, at: int, d: int, d_at: int) -> bool:
    """Put the absent visit of way ``x`` in before stop ``at`` of shift ``s``, after restock ``d`` (below 0: none).

    The caller takes it off the absent ones. Nothing changes and the answer is false where the route would lack
    something.
    """
    r, since = touch(state, s), at
    if d >= 0:
        insert(tables, state, r, d, d_at)
        since = d_at
    insert(tables, state, r, x, at)
    if keeps_books(state.ledger) and not _draws_all(tables, state, s, r, x):
        strike(tables, state, s, r)
        if provision(tables, state, s, r) >= 0:
            remove(tables, state, r, at)
            if d >= 0:
                remove(tables, state, r, d_at)
            settle(tables, state, s, since)
            return False
        since = _drop_idle_stops(tables, state, s, since)
    v = tables.stop[x, VISIT]
    state.whereabouts[v, WHERE] = s
    state.counter[CURRENT_TICKS] -= tables.stop[v, DROP]
    refresh(tables, state, s, since)
    before = other_row(state.side, s)
    if is_like(state, r, before):
        state.row[r, STAMP] = state.row[before, STAMP]
    return True
