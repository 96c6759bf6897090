"""The cheapest place for a stop in a route: every position is simulated from there on, most are ruled out before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import END_PLACE, HANDLING, HARD_END, LATEST, PLACE, VISIT, WINDOW_END, WINDOW_FIRST
from solver.jit import inlined, inner
from solver.labels import soonest
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.travel import leg_s
from solver.rules.windows import NEVER, last_start, next_start
from solver.schedule import AT_PLACE, HANDLING_S, LABELS, LATEST_ARRIVAL, READY_S, extend, finish, service_s
from solver.search.floor import floor_ticks
from solver.search.state import BY, FROM_PLACE, LENGTH, READY, TO_PLACE, first_stage, label_width

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def refresh_latest(tables: Tables, state: State, s: int, r: int) -> None:
    """Work out the last arrival at each stop of row ``r`` that leaves the rest feasible, as if there were no breaks."""
    place, base = tables.shift[s, END_PLACE], first_stage(state.route, r)
    by = tables.shift[s, HARD_END]
    for at in range(state.row[r, LENGTH] - 1, -1, -1):
        x = state.route[r, at]
        if place >= 0:
            by -= leg_s(tables.travel, tables.shift, s, tables.stop[x, PLACE], place)
        handling = state.stay[r, at, HANDLING_S]
        within = handling if tables.stop[x, VISIT] < 0 else 0
        by = last_start(tables.stop, tables.row, x, by - service_s(tables, s, x, handling), within)
        state.stage[base + at, LATEST_ARRIVAL] = by
        place = tables.stop[x, PLACE]


@inlined
def _last_of_all(tables: Tables, x: int) -> int:
    """Return the end of the last window of stop ``x``."""
    end = tables.stop[x, WINDOW_END]
    return NEVER if tables.stop[x, WINDOW_FIRST] == end else tables.row[end - 1, LATEST]


@inlined
def _with_stop_at(tables: Tables, state: State, s: int, r: int, x: int, at: int) -> int:
    """Return the cost of row ``r`` with stop ``x`` put in before its stop ``at``, FORBIDDEN where a rule fails."""
    label, stage, width = state.label, state.stage, label_width(state.label, state.stage)
    base = first_stage(state.route, r)
    here, there, spare = base + at, len(stage) - 2, len(stage) - 1
    for k in range(at - 1, state.row[r, LENGTH]):
        following = x if k < at else state.route[r, k]
        handling, ready = tables.stop[following, HANDLING], 0
        if k >= at:
            handling, ready = state.stay[r, k, HANDLING_S], state.stay[r, k, READY_S]
            since = soonest(label, here * width, stage[here, LABELS])
            leg = leg_s(tables.travel, tables.shift, s, stage[here, AT_PLACE], tables.stop[following, PLACE])
            if since + leg > stage[base + k, LATEST_ARRIVAL]:
                return FORBIDDEN
        if extend(tables, label, stage, width, s, here, following, handling, ready, there):
            return FORBIDDEN
        here, there, spare = there, spare, there
    return finish(tables, label, stage, width, s, here, True)[0]


@inlined
def _can_begin(tables: Tables, x: int, arrival: int, service: int, onward: int, by: int) -> bool:
    """Tell whether stop ``x``, reached at ``arrival``, can be left in time to be ``onward`` s away ``by`` then."""
    within = 0 if tables.stop[x, VISIT] >= 0 else service
    start, _ = next_start(tables.stop, tables.row, x, arrival, within)
    return bool(start < NEVER and start + service + onward <= by)


@inner
def best_place(
    tables: Tables, state: State, s: int, r: int, x: int, since: int, until: int, bound: int
) -> tuple[int, int]:
    """Return (ticks, position) of row ``r`` with visit or meeting ``x`` at its best from ``since`` to ``until``.

    Ticks are those of the whole route, FORBIDDEN where there is no place. From ``bound`` on they are not exact: it
    costs no less than they say.
    """
    best, best_at, least, last = FORBIDDEN, since, FORBIDDEN, _last_of_all(tables, x)
    place, service = tables.stop[x, PLACE], service_s(tables, s, x, tables.stop[x, HANDLING])
    for at in range(since, until + 1):
        ready, to = state.gap[r, at, READY], state.gap[r, at, TO_PLACE]
        if ready > last:
            break
        leg = leg_s(tables.travel, tables.shift, s, state.gap[r, at, FROM_PLACE], place)
        if leg >= UNREACHABLE or ready + leg > last:
            continue
        onward = leg_s(tables.travel, tables.shift, s, place, to) if to >= 0 else 0
        if not _can_begin(tables, x, ready + leg, service, onward, state.gap[r, at, BY]):
            continue
        floor = floor_ticks(tables, state, s, r, x, at, leg + onward, ready + leg, service)
        if floor >= min(best, bound):
            least = min(least, floor)
            continue
        ticks = _with_stop_at(tables, state, s, r, x, at)
        if ticks < best:
            best, best_at = ticks, at
    return min(best, least), best_at
