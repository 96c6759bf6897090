"""The standing routes as a whole: load them, list what is absent, and let changes stand or take them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    DROP,
    GIVE_STOP,
    IS_FACT,
    IS_GIVE,
    MEETING_END,
    MEETING_FIRST,
    OTHER_SIDE,
    RESTOCK_END,
    RESTOCK_FIRST,
    TAKE_STOP,
    TOTAL,
    VISIT,
)
from solver.jit import inlined, inner
from solver.money import FORBIDDEN
from solver.schedule import begin
from solver.search.changes import insert, make_absent, refresh, settle, take_out, touch
from solver.search.deals import balance
from solver.search.free_time import count_free, has_reserves, want_all
from solver.search.ledger import strike, take_again
from solver.search.meetings import first_meeting_step, position
from solver.search.state import (
    ABSENT,
    ABSENT_AS,
    ABSENT_BEFORE,
    BEST_TICKS,
    CURRENT_TICKS,
    ENTRIES,
    FOCUSED_AS,
    FOCUSED_SHIFTS,
    FOCUSED_VISITS,
    IS_DIRTY,
    IS_FOCUSED,
    IS_TOUCHED,
    LEDGER_COLUMNS,
    LENGTH,
    NEXT_SUPPLY,
    POOL_USED,
    POOLED,
    SIDE,
    SOUGHT_AS,
    TICKS,
    TOUCHED,
    TOUCHED_AS,
    WHERE,
    first_stage,
    keeps_books,
    label_width,
    standing_row,
)
from solver.search.ways import may_take

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables

_PLENTY = 1 << 30


@inner
def _focus_on_all(tables: Tables, state: State) -> None:
    """Let all shifts and visits be in focus."""
    n_visits = len(tables.pair)
    state.counter[FOCUSED_SHIFTS], state.counter[FOCUSED_VISITS] = len(state.side), n_visits
    for s in range(len(state.side)):
        state.side[s, IS_FOCUSED], state.side[s, FOCUSED_AS] = 1, s
    for v in range(n_visits):
        state.whereabouts[v, SOUGHT_AS] = v


@inner
def _clear(tables: Tables, state: State, vans: Ints) -> None:
    """Empty all routes: what stands is that every visit is absent and the vans hold ``vans`` (T, items)."""
    pooled, used = state.counter[POOLED], state.counter[POOL_USED]
    state.counter[:] = 0
    state.counter[POOLED], state.counter[POOL_USED] = pooled, used
    state.whereabouts[:] = -1
    for technician in range(vans.shape[0]):
        for item in range(vans.shape[1]):
            state.left[technician, item] = vans[technician, item]
    for step in range(len(state.supply_left)):
        state.supply_left[step] = tables.supply[step, TOTAL]
    state.cache[:] = 0
    state.row[:] = 0
    state.side[:] = 0
    want_all(tables, state)
    for v in range(len(tables.pair)):
        if not tables.stop[v, IS_FACT]:
            make_absent(tables, state, v)
    _focus_on_all(tables, state)
    for s in range(len(tables.shift)):
        state.side[s, IS_DIRTY] = 1
        begin(
            tables, state.label, state.stage, label_width(state.label, state.stage), s, first_stage(state.route, 2 * s)
        )
        refresh(tables, state, s, 0)


@inlined
def _may_stand(tables: Tables, state: State, s: int, x: int) -> bool:
    """Tell whether stop ``x`` may be on shift ``s``: a visit that is absent, a place that is open to it."""
    v = tables.stop[x, VISIT]
    if v >= 0:
        return state.whereabouts[v, WHERE] < 0 and not tables.stop[v, IS_FACT] and may_take(tables, v, s)
    if not keeps_books(state.ledger):
        return False
    r, other = standing_row(state.side, s), tables.stop[x, OTHER_SIDE]
    if other >= 0 and (position(state.route, state.row, r, x) >= 0 or position(state.route, state.row, r, other) >= 0):
        return False
    is_open = False
    for row in range(tables.shift[s, MEETING_FIRST], tables.shift[s, MEETING_END]):
        is_open = is_open or tables.row[row, TAKE_STOP] == x or tables.row[row, GIVE_STOP] == x
    for row in range(tables.shift[s, RESTOCK_FIRST], tables.shift[s, RESTOCK_END]):
        is_open = is_open or tables.row[row, 0] == x
    return is_open


@inlined
def _append(tables: Tables, state: State, s: int, x: int) -> None:
    r = standing_row(state.side, s)
    insert(tables, state, r, x, state.row[r, LENGTH])
    v = tables.stop[x, VISIT]
    if v >= 0:
        state.whereabouts[v, WHERE] = s
        state.counter[CURRENT_TICKS] -= tables.stop[v, DROP]


@inner
def _append_one_by_one(tables: Tables, state: State, s: int, stops: Ints) -> None:
    """Append those of ``stops`` after which the route can be driven, giving left out.

    Restocks stay with the visit behind them.
    """
    since = 0
    for k in range(len(stops)):
        n, gives = state.row[standing_row(state.side, s), LENGTH], tables.stop[stops[k], IS_GIVE] != 0
        if gives or n + 1 >= state.route.shape[1] or not _may_stand(tables, state, s, stops[k]):
            continue
        _append(tables, state, s, stops[k])
        if tables.stop[stops[k], VISIT] < 0:
            continue
        settle(tables, state, s, since)
        r = standing_row(state.side, s)
        if state.row[r, TICKS] >= FORBIDDEN:
            take_out(tables, state, s, state.row[r, LENGTH] - 1)
            settle(tables, state, s, since)


@inner
def _load_route(tables: Tables, state: State, s: int, stops: Ints) -> None:
    """Append ``stops`` to the cleared shift ``s`` as far as that is feasible; the other visits stay absent.

    All together come first: where a leg has no way, a route can be driven of which the beginning alone cannot. The list
    of absent visits is to be written anew.
    """
    r = touch(state, s)
    for k in range(len(stops)):
        if state.row[r, LENGTH] + 1 < state.route.shape[1] and _may_stand(tables, state, s, stops[k]):
            _append(tables, state, s, stops[k])
    settle(tables, state, s, 0)
    list_absent(tables, state)
    if state.row[r, TICKS] < FORBIDDEN:
        return
    while state.row[r, LENGTH] > 0:
        take_out(tables, state, s, state.row[r, LENGTH] - 1)
    settle(tables, state, s, 0)
    list_absent(tables, state)
    _append_one_by_one(tables, state, s, stops)
    settle(tables, state, s, 0)
    list_absent(tables, state)


@inner
def _lend(tables: Tables, state: State, pieces: int) -> None:
    """Let ``pieces`` of every part lie ready at every meeting, or below 0 no longer."""
    for step in range(first_meeting_step(tables.stop, tables.row, tables.supply), len(tables.supply)):
        state.supply_left[step] += pieces


@inlined
def _gives(stop: Ints, stops: Ints, first: int, end: int) -> bool:
    """Tell whether one of ``stops[first:end]`` is to give at a meeting."""
    at = first
    while at < end and stop[stops[at], IS_GIVE] == 0:
        at += 1
    return at < end


@inner
def _load_routes(tables: Tables, state: State, first: Ints, stops: Ints, giving: bool) -> None:
    """Load the routes that give at meetings, or all others."""
    for s in range(len(tables.shift)):
        if first[s] < first[s + 1] and _gives(tables.stop, stops, first[s], first[s + 1]) == giving:
            _load_route(tables, state, s, stops[first[s] : first[s + 1]])


@inner
def load(tables: Tables, state: State, vans: Ints, first: Ints, stops: Ints) -> None:
    """Begin anew with vans that hold ``vans`` (T, items) and routes as far as they are feasible.

    The stops of shift s are ``stops[first[s]:first[s + 1]]``; the other visits are absent. Routes that give at meetings
    come last: they give what the others have taken there.
    """
    _clear(tables, state, vans)
    _lend(tables, state, _PLENTY)
    _load_routes(tables, state, first, stops, False)
    _lend(tables, state, -_PLENTY)
    _load_routes(tables, state, first, stops, True)
    balance(tables, state)
    list_absent(tables, state)
    accept(state)


@inner
def replace(tables: Tables, state: State, first: Ints, stops: Ints) -> None:
    """Empty the shifts in focus and give them other routes; ``first`` and ``stops`` are as for ``load``.

    Routes with meetings cannot be given so: the other side of a meeting may be out of focus.
    """
    for k in range(state.counter[FOCUSED_SHIFTS]):
        s = state.side[k, FOCUSED_AS]
        r = touch(state, s)
        while state.row[r, LENGTH] > 0:
            take_out(tables, state, s, state.row[r, LENGTH] - 1)
        settle(tables, state, s, 0)
    list_absent(tables, state)
    for k in range(state.counter[FOCUSED_SHIFTS]):
        s = state.side[k, FOCUSED_AS]
        if first[s] < first[s + 1]:
            _load_route(tables, state, s, stops[first[s] : first[s + 1]])
    accept(state)
    remember_best(state)


@inner
def list_absent(tables: Tables, state: State) -> None:
    """Write the list of absent visits in focus anew."""
    state.counter[ABSENT] = 0
    for k in range(state.counter[FOCUSED_VISITS]):
        v = state.whereabouts[k, SOUGHT_AS]
        if state.whereabouts[v, WHERE] < 0 and not tables.stop[v, IS_FACT]:
            state.whereabouts[state.counter[ABSENT], ABSENT_AS] = v
            state.counter[ABSENT] += 1


@inner
def mark_absent(state: State) -> tuple[int, int]:
    """Note which visits are absent and what the routes cost, for ``undo``."""
    for k in range(state.counter[ABSENT]):
        state.whereabouts[k, ABSENT_BEFORE] = state.whereabouts[k, ABSENT_AS]
    return state.counter[ABSENT], state.counter[CURRENT_TICKS]


@inner
def accept(state: State) -> None:
    """Let the changes stand."""
    for k in range(state.counter[TOUCHED]):
        s = state.side[k, TOUCHED_AS]
        state.side[s, IS_TOUCHED] = 0
        state.side[s, IS_DIRTY] = 1
    state.counter[TOUCHED] = 0


@inlined
def _say_where(tables: Tables, state: State, s: int, where: int) -> None:
    r = standing_row(state.side, s)
    for at in range(state.row[r, LENGTH]):
        v = tables.stop[state.route[r, at], VISIT]
        if v >= 0:
            state.whereabouts[v, WHERE] = where


@inner
def undo(tables: Tables, state: State, n_before: int, ticks_before: int) -> None:
    """Take all changes since ``mark_absent`` back."""
    for k in range(state.counter[TOUCHED]):
        s = state.side[k, TOUCHED_AS]
        strike(tables, state, s, standing_row(state.side, s))
        if has_reserves(state.row):
            count_free(tables, state, s, standing_row(state.side, s), -1)
        _say_where(tables, state, s, -1)
    for k in range(state.counter[TOUCHED]):
        s = state.side[k, TOUCHED_AS]
        state.side[s, SIDE] ^= 1
        state.side[s, IS_TOUCHED] = 0
        take_again(tables, state, s, standing_row(state.side, s))
        if has_reserves(state.row):
            count_free(tables, state, s, standing_row(state.side, s), 1)
        _say_where(tables, state, s, s)
    state.counter[TOUCHED] = 0
    state.counter[NEXT_SUPPLY] += 1
    state.counter[ABSENT] = n_before
    for k in range(n_before):
        v = state.whereabouts[k, ABSENT_BEFORE]
        state.whereabouts[k, ABSENT_AS] = v
        state.whereabouts[v, WHERE] = -1
    state.counter[CURRENT_TICKS] = ticks_before


@inner
def remember_best(state: State) -> None:
    """Keep the standing routes as the best ones; only those changed since the last time are copied."""
    state.counter[BEST_TICKS] = state.counter[CURRENT_TICKS]
    for s in range(len(state.side)):
        if state.side[s, IS_DIRTY]:
            r = standing_row(state.side, s)
            state.best[s, 0] = state.row[r, LENGTH]
            state.best[s, state.best.shape[1] - 1] = state.row[r, ENTRIES]
            for at in range(state.row[r, LENGTH]):
                state.best[s, at + 1] = state.route[r, at]
            for entry in range(state.row[r, ENTRIES]):
                for column in range(LEDGER_COLUMNS):
                    state.best_ledger[s, entry, column] = state.ledger[r, entry, column]
            state.side[s, IS_DIRTY] = 0
