"""The cheapest place for a visit in a route: every position is simulated from there on, most are ruled out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    END_PLACE,
    HARD_END,
    MAX_VISITS,
    PLACE,
    TECHNICIAN,
    WINDOW_END,
    WINDOW_FIRST,
)
from solver.columns import EARLIEST as WINDOW_EARLIEST
from solver.columns import LATEST as WINDOW_LATEST
from solver.jit import kernel
from solver.labels import TIME
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.travel import leg_s
from solver.rules.windows import NEVER
from solver.schedule import AT_PLACE, VISITS, add_to_prefix, extend, finish

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@kernel
def _last_allowed(tables: Tables, v: int, by_s: int) -> int:
    """Return the last allowed start of visit ``v`` at or before ``by_s``, -1 where there is none."""
    first, end = tables.visit[v, WINDOW_FIRST], tables.visit[v, WINDOW_END]
    if first == end:
        return by_s
    for row in range(end - 1, first - 1, -1):
        if tables.window[row, WINDOW_EARLIEST] <= by_s:
            return min(by_s, tables.window[row, WINDOW_LATEST])
    return -1


@kernel
def refresh_latest(tables: Tables, state: State, s: int, r: int) -> None:
    """Work out the last arrival at each stop of row ``r`` that leaves the rest feasible, as if there were no breaks."""
    n = state.length[r]
    place = tables.shift[s, END_PLACE]
    by = tables.shift[s, HARD_END]
    for at in range(n - 1, -1, -1):
        v = state.route[r, at]
        if place >= 0:
            by -= leg_s(tables.duration_s, tables.shift, s, tables.visit[v, PLACE], place)
        by = _last_allowed(tables, v, by - tables.service_s[v, tables.shift[s, TECHNICIAN]])
        state.latest[r, at] = by
        place = tables.visit[v, PLACE]


@kernel
def _soonest(labels: Ints, n: int) -> int:
    soonest = labels[0, TIME]
    for i in range(1, n):
        soonest = min(soonest, labels[i, TIME])
    return soonest


@kernel
def _last_start(tables: Tables, v: int) -> int:
    """Return the end of the last window of visit ``v``."""
    end = tables.visit[v, WINDOW_END]
    return NEVER if tables.visit[v, WINDOW_FIRST] == end else tables.window[end - 1, WINDOW_LATEST]


@kernel
def _with_visit_at(tables: Tables, state: State, s: int, r: int, v: int, at: int) -> int:
    """Return the cost of row ``r`` with visit ``v`` put in before its stop ``at``, FORBIDDEN where a rule fails."""
    source, target, scratch = state.ahead, state.behind, state.scratch
    before, after = state.added[0], state.added[1]
    origin = state.prefix[r, at, AT_PLACE]
    if add_to_prefix(tables, s, state.prefix[r, at], v, before):
        return FORBIDDEN
    n = extend(tables, s, state.labels[r, at], state.counts[r, at], origin, v, source, scratch)
    if n <= 0:
        return FORBIDDEN
    for k in range(at, state.length[r]):
        following = state.route[r, k]
        leg = leg_s(tables.duration_s, tables.shift, s, before[AT_PLACE], tables.visit[following, PLACE])
        if _soonest(source, n) + leg > state.latest[r, k]:
            return FORBIDDEN
        if add_to_prefix(tables, s, before, following, after):
            return FORBIDDEN
        n = extend(tables, s, source, n, before[AT_PLACE], following, target, scratch)
        if n <= 0:
            return FORBIDDEN
        source, target = target, source
        before, after = after, before
    return finish(tables, s, source, n, before, True, scratch)[0]


@kernel
def best_insertion(tables: Tables, state: State, v: int, s: int) -> tuple[int, int]:
    """Return (added ticks, position) of the cheapest place of visit ``v`` on shift ``s``, FORBIDDEN where there is none."""
    r = 2 * s + state.side[s]
    n = state.length[r]
    if n + 1 >= state.route.shape[1] or state.prefix[r, n, VISITS] >= tables.shift[s, MAX_VISITS]:
        return FORBIDDEN, 0
    best, best_at = FORBIDDEN, 0
    last = _last_start(tables, v)
    for at in range(n + 1):
        leg = leg_s(tables.duration_s, tables.shift, s, state.prefix[r, at, AT_PLACE], tables.visit[v, PLACE])
        ready = _soonest(state.labels[r, at], state.counts[r, at])
        if ready > last:
            break
        if leg >= UNREACHABLE or ready + leg > last:
            continue
        ticks = _with_visit_at(tables, state, s, r, v, at)
        if ticks < best:
            best, best_at = ticks, at
    if best >= FORBIDDEN:
        return FORBIDDEN, 0
    return best - state.ticks[r], best_at
