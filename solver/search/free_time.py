"""How long routes are free for the reserves, and what is missing of these: kept with the plan, changed with a route.

Each row of routes has the seconds for which its shift is free for each reserve, behind its own columns; the counters
have their sums over the standing routes. What is free is that of ``solver.rules.reserves``. Where a problem has no
reserves there are no such columns, and nothing is done here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    BREAK_FIRST,
    DURATION,
    EARLIEST,
    END_PLACE,
    HEAD_BREAKS,
    HEAD_IS_DEPARTED,
    HEAD_TIME,
    HEAD_VISITS,
    PLACE,
    PROMISED_FROM,
    REGULAR_END,
    RESERVE_END,
    RESERVE_FIRST,
    RESERVE_FROM,
    RESERVE_NUMBER,
    RESERVE_RATE,
    RESERVE_UNTIL,
    RESERVE_WANTED,
    RESERVES,
    VISIT,
)
from solver.jit import inlined, inner
from solver.labels import DEPARTURE, IN_GAP, PARENT, TAKEN, WAITED, copy_label
from solver.money import FORBIDDEN
from solver.rules.reserves import overlap_s
from solver.rules.travel import leg_s
from solver.rules.windows import next_start
from solver.schedule import AT_PLACE, HANDLING_S, READY_S, ending, service_s
from solver.search.state import (
    COUNTERS,
    CURRENT_TICKS,
    FREE_S,
    LENGTH,
    OVER_S,
    TICKS,
    first_stage,
    label_width,
    reserve_count,
    standing_row,
)

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def has_reserves(row: Ints) -> bool:
    """Tell whether there is any reserve; ``row`` is the state's."""
    return reserve_count(row) > 0


@inlined
def _missing_ticks(tables: Tables, state: State, s: int, k: int, less_s: int) -> int:
    """Return the price of what is missing of reserve ``k`` if ``less_s`` seconds less were free for it."""
    row = tables.shift[s, RESERVES] + k
    missing = tables.row[row, RESERVE_WANTED] - state.counter[COUNTERS + k] + less_s
    return tables.row[row, RESERVE_RATE] * max(0, missing)


@inner
def want_all(tables: Tables, state: State) -> None:
    """Charge all reserves in full: nobody is free yet."""
    for k in range(reserve_count(state.row)):
        if len(tables.shift) > 0:
            state.counter[CURRENT_TICKS] += _missing_ticks(tables, state, 0, k, 0)


@inner
def count_free(tables: Tables, state: State, s: int, r: int, sign: int) -> None:
    """Add what row ``r`` of shift ``s`` is free to the sums, or take it off (``sign`` -1), whatever that costs."""
    for listed in range(tables.shift[s, RESERVE_FIRST], tables.shift[s, RESERVE_END]):
        k = tables.row[listed, RESERVE_NUMBER]
        state.counter[COUNTERS + k] += sign * state.row[r, FREE_S + k]


@inlined
def _charge(tables: Tables, state: State, s: int, sign: int) -> None:
    """Charge what is missing of the reserves of shift ``s`` now, or take it back (``sign`` -1)."""
    for listed in range(tables.shift[s, RESERVE_FIRST], tables.shift[s, RESERVE_END]):
        state.counter[CURRENT_TICKS] += sign * _missing_ticks(tables, state, s, tables.row[listed, RESERVE_NUMBER], 0)


@inner
def refresh_free(tables: Tables, state: State, s: int, r: int, best: int) -> None:
    """Measure anew how long row ``r`` of shift ``s`` is free, and charge what is missing then.

    It stands, and has just been simulated; ``best`` is its best label. A route that cannot be driven is never free.
    """
    _charge(tables, state, s, -1)
    count_free(tables, state, s, r, -1)
    for k in range(reserve_count(state.row)):
        state.row[r, FREE_S + k] = 0
    begin, end = tables.shift[s, HEAD_TIME], tables.shift[s, REGULAR_END]
    state.row[r, OVER_S] = begin
    if state.row[r, LENGTH] == 0 and tables.shift[s, HEAD_VISITS] == 0:
        _be_free(tables, state, s, r, begin, end)
    elif state.row[r, TICKS] < FORBIDDEN:
        _walk(tables, state, s, r, best)
    count_free(tables, state, s, r, 1)
    _charge(tables, state, s, 1)


@inner
def _be_free(tables: Tables, state: State, s: int, r: int, begin: int, end: int) -> None:
    """Count an interval as free where it lies within the regular hours."""
    begin, end = max(begin, tables.shift[s, HEAD_TIME]), min(end, tables.shift[s, REGULAR_END])
    if begin >= end:
        return
    for listed in range(tables.shift[s, RESERVE_FIRST], tables.shift[s, RESERVE_END]):
        k = tables.row[listed, RESERVE_NUMBER]
        row = tables.shift[s, RESERVES] + k
        from_s, until_s = tables.row[row, RESERVE_FROM], tables.row[row, RESERVE_UNTIL]
        state.row[r, FREE_S + k] += overlap_s(begin, end, from_s, until_s)


@inlined
def _note_chain(state: State, r: int, best: int) -> int:
    """Write which label led to the best one at each stage, in a row of stays of its own; return that row."""
    chain, base, width = len(state.route), first_stage(state.route, r), label_width(state.label, state.stage)
    at = state.row[r, LENGTH]
    while at >= 0:
        state.stay[chain, at, 0] = best
        best = state.label[(base + at) * width + best, PARENT]
        at -= 1
    return chain


@inner
def _gap(tables: Tables, state: State, s: int, r: int, since: int, leg: int, row: int, breaks: int) -> int:
    """Drive a ``leg`` from ``since`` on, the breaks from ``row`` on in between; return when that is done.

    Breaks are taken as the schedule pass takes them: as soon as their windows let them be.
    """
    at, left = since, leg
    for b in range(row, row + breaks):
        begin = max(at, tables.row[b, EARLIEST])
        driven = min(left, begin - at)
        left -= driven
        _be_free(tables, state, s, r, at + driven, begin)
        at = begin + tables.row[b, DURATION]
    return at + left


@inner
def _walk(tables: Tables, state: State, s: int, r: int, best: int) -> None:
    """Go along the best timing of row ``r`` and count all that is not driven, worked or rested."""
    shift, label, stop, spare = tables.shift, state.label, tables.stop, len(state.label) - 1
    base, width, n = first_stage(state.route, r), label_width(state.label, state.stage), state.row[r, LENGTH]
    chain = _note_chain(state, r, best)
    place, leg = shift[s, END_PLACE], 0
    if place >= 0:
        leg = leg_s(tables.travel, shift, s, state.stage[base + n, AT_PLACE], place)
    copy_label(label, (base + n) * width + best, spare)
    last_breaks = ending(tables, label, s, leg, n > 0)[1]
    departure, at = label[spare, DEPARTURE], shift[s, HEAD_TIME]
    row, ahead = shift[s, BREAK_FIRST] + shift[s, HEAD_BREAKS], label[base * width + state.stay[chain, 0, 0], TAKEN]
    ahead -= shift[s, HEAD_BREAKS]
    if shift[s, HEAD_IS_DEPARTED] == 0:
        at = _gap(tables, state, s, r, at, 0, row, ahead)
        _be_free(tables, state, s, r, at, departure)
        at = departure
    row += ahead
    origin = state.stage[base, AT_PLACE]
    for k in range(n):
        x, chosen = state.route[r, k], (base + k + 1) * width + state.stay[chain, k + 1, 0]
        to_there = leg_s(tables.travel, shift, s, origin, stop[x, PLACE])
        at = _gap(tables, state, s, r, at, to_there, row, label[chosen, IN_GAP])
        row += label[chosen, IN_GAP]
        ready, handling, within = at, state.stay[r, k, HANDLING_S], 0
        if label[chosen, WAITED] != 0:
            ready = max(ready, stop[x, PROMISED_FROM])
        if stop[x, VISIT] < 0:
            ready, within = max(ready, state.stay[r, k, READY_S]), handling
        start = next_start(stop, tables.row, x, ready, within)[0]
        _be_free(tables, state, s, r, at, start)
        at = start + service_s(tables, s, x, handling)
        origin = stop[x, PLACE]
    at = _gap(tables, state, s, r, at, leg, row, last_breaks)
    state.row[r, OVER_S] = at
    _be_free(tables, state, s, r, at, shift[s, REGULAR_END])


@inner
def taken_ticks(tables: Tables, state: State, s: int, busy_s: int) -> int:
    """Return what shift ``s`` would take of reserves if it had so many seconds of work more at the end of its route.

    It is a guess: where in a route a visit is put in and what waits for it decides it.
    """
    ticks, over = 0, state.row[standing_row(state.side, s), OVER_S]
    end = min(over + busy_s, tables.shift[s, REGULAR_END])
    for listed in range(tables.shift[s, RESERVE_FIRST], tables.shift[s, RESERVE_END]):
        k = tables.row[listed, RESERVE_NUMBER]
        row = tables.shift[s, RESERVES] + k
        less_s = overlap_s(over, end, tables.row[row, RESERVE_FROM], tables.row[row, RESERVE_UNTIL])
        ticks += _missing_ticks(tables, state, s, k, less_s) - _missing_ticks(tables, state, s, k, 0)
    return ticks
