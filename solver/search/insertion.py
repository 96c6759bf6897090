"""The cheapest place for a visit in a route: every position is simulated from there on, most are ruled out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    EARLIEST,
    END_PLACE,
    HARD_END,
    LATEST,
    MAX_VISITS,
    PLACE,
    SERVICE,
    TECHNICIAN,
    WINDOW_END,
    WINDOW_FIRST,
)
from solver.jit import inlined, kernel
from solver.labels import TIME
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.parts import van_has
from solver.rules.pins import shift_allows
from solver.rules.travel import leg_s
from solver.rules.windows import NEVER
from solver.schedule import AT_PLACE, LABELS, LATEST_ARRIVAL, VISITS, extend, finish
from solver.search.state import LENGTH, TICKS, first_stage, label_width, standing_row

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def _last_allowed(tables: Tables, v: int, by_s: int) -> int:
    """Return the last allowed start of visit ``v`` at or before ``by_s``, -1 where there is none."""
    first, end = tables.visit[v, WINDOW_FIRST], tables.visit[v, WINDOW_END]
    if first == end:
        return by_s
    for at in range(end - 1, first - 1, -1):
        if tables.row[at, EARLIEST] <= by_s:
            return min(by_s, tables.row[at, LATEST])
    return -1


@inlined
def refresh_latest(tables: Tables, state: State, s: int, r: int) -> None:
    """Work out the last arrival at each stop of row ``r`` that leaves the rest feasible, as if there were no breaks."""
    place, base = tables.shift[s, END_PLACE], first_stage(state, r)
    by = tables.shift[s, HARD_END]
    for at in range(state.row[r, LENGTH] - 1, -1, -1):
        v = state.route[r, at]
        if place >= 0:
            by -= leg_s(tables.travel, tables.shift, s, tables.visit[v, PLACE], place)
        by = _last_allowed(tables, v, by - tables.pair[v, tables.shift[s, TECHNICIAN], SERVICE])
        state.stage[base + at, LATEST_ARRIVAL] = by
        place = tables.visit[v, PLACE]


@inlined
def _soonest(label: Ints, base: int, n: int) -> int:
    soonest = label[base, TIME]
    for row in range(base + 1, base + n):
        soonest = min(soonest, label[row, TIME])
    return soonest


@inlined
def _last_start(tables: Tables, v: int) -> int:
    """Return the end of the last window of visit ``v``."""
    end = tables.visit[v, WINDOW_END]
    return NEVER if tables.visit[v, WINDOW_FIRST] == end else tables.row[end - 1, LATEST]


@inlined
def _with_visit_at(tables: Tables, state: State, s: int, r: int, v: int, at: int) -> int:
    """Return the cost of row ``r`` with visit ``v`` put in before its stop ``at``, FORBIDDEN where a rule fails."""
    label, stage, width = state.label, state.stage, label_width(state)
    base = first_stage(state, r)
    here, there, spare = base + at, len(stage) - 2, len(stage) - 1
    for k in range(at - 1, state.row[r, LENGTH]):
        following = v if k < at else state.route[r, k]
        if k >= at:
            soonest = _soonest(label, here * width, stage[here, LABELS])
            leg = leg_s(tables.travel, tables.shift, s, stage[here, AT_PLACE], tables.visit[following, PLACE])
            if soonest + leg > stage[base + k, LATEST_ARRIVAL]:
                return FORBIDDEN
        if extend(tables, label, stage, width, s, here, following, there):
            return FORBIDDEN
        here, there, spare = there, spare, there
    return finish(tables, label, stage, width, s, here, True)[0]


@inlined
def may_take(tables: Tables, state: State, v: int, s: int) -> bool:
    """Tell whether shift ``s`` may take visit ``v`` as far as that does not depend on its route."""
    technician = tables.shift[s, TECHNICIAN]
    return (
        tables.pair[v, technician, ASSIGN] < FORBIDDEN
        and shift_allows(tables.visit, v, s)
        and van_has(tables.visit, tables.row, state.left, v, technician)
    )


@kernel
def best_insertion(tables: Tables, state: State, v: int, s: int) -> tuple[int, int]:
    """Return (added ticks, position) of the cheapest place of visit ``v`` on shift ``s``, FORBIDDEN for none."""
    r = standing_row(state, s)
    n, base, width = state.row[r, LENGTH], first_stage(state, r), label_width(state)
    # A ruin can leave a route that cannot be driven (travel need not obey the triangle inequality): its stages have no
    # labels from there on, and putting a visit in ahead may mend it.
    if n + 1 >= state.route.shape[1] or state.stage[base, VISITS] + n >= tables.shift[s, MAX_VISITS]:
        return FORBIDDEN, 0
    best, best_at, last = FORBIDDEN, 0, _last_start(tables, v)
    for at in range(n + 1):
        stage = base + at
        if state.stage[stage, LABELS] == 0:
            break
        leg = leg_s(tables.travel, tables.shift, s, state.stage[stage, AT_PLACE], tables.visit[v, PLACE])
        ready = _soonest(state.label, stage * width, state.stage[stage, LABELS])
        if ready > last:
            break
        if leg >= UNREACHABLE or ready + leg > last:
            continue
        ticks = _with_visit_at(tables, state, s, r, v, at)
        if ticks < best:
            best, best_at = ticks, at
    if best >= FORBIDDEN:
        return FORBIDDEN, 0
    return best - state.row[r, TICKS], best_at
