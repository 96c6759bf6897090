"""The least that a route can cost with one stop more, from a few sums: most places are ruled out by it alone.

A timing of the longer route is one of the route as it stands once the stop is taken out, as long as the way by the stop
takes no less than the way past it. So the longer route costs what the route costs now, and on top of that the metres,
the prices of the stop itself and the wage of the driving and work that do not fit into what is paid for idle now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    DEPARTURE_PAID,
    END_PLACE,
    FIXED,
    HEAD_TIME,
    HEAD_VISITS,
    HEAD_WORKLOAD,
    PER_METRE,
    PER_VISIT,
    PLACE,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    SHIFT_START,
    SOURCING_TICKS,
    TECHNICIAN,
    VISIT,
    WAGE,
)
from solver.jit import inlined, inner
from solver.labels import DEPARTURE, SLOPE, TIME, copy_label
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import step_ticks
from solver.rules.travel import leg_m, leg_s
from solver.schedule import AT_PLACE, LABELS, WORKLOAD, ending
from solver.search.state import IDLE_S, LENGTH, NOT_KNOWN, TICKS, WORK_S, first_stage, label_width

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def _is_unused(tables: Tables, state: State, s: int, r: int) -> bool:
    return state.row[r, LENGTH] == 0 and tables.shift[s, HEAD_VISITS] == 0


@inlined
def _paid_s(shift: Ints, label: Ints, s: int) -> int:
    """Return the seconds since facts that are paid for at most where the timing of the spare label costs least else.

    Where leaving later than possible costs something at a visit, the timing that costs least there is the earliest.
    """
    spare, since = len(label) - 1, max(shift[s, SHIFT_START], shift[s, HEAD_TIME])
    if shift[s, DEPARTURE_PAID] != 0 and label[spare, SLOPE] == 0:
        since = max(since, label[spare, DEPARTURE])
    return int(label[spare, TIME] - since)


@inner
def note_sums(tables: Tables, state: State, s: int, r: int) -> None:
    """Write WORK_S and IDLE_S of row ``r``, which has just been simulated."""
    state.row[r, WORK_S], state.row[r, IDLE_S] = tables.shift[s, HEAD_WORKLOAD], 0
    if _is_unused(tables, state, s, r):
        return
    last, end_place = first_stage(state.route, r) + state.row[r, LENGTH], tables.shift[s, END_PLACE]
    leg = 0
    if end_place >= 0:
        leg = leg_s(tables.travel, tables.shift, s, state.stage[last, AT_PLACE], end_place)
    state.row[r, WORK_S] = state.stage[last, WORKLOAD] + leg
    paid, width = 0, label_width(state.label, state.stage)
    for k in range(state.stage[last, LABELS]):
        copy_label(state.label, last * width + k, len(state.label) - 1)
        if ending(tables, state.label, s, leg, state.row[r, LENGTH] > 0)[0] < FORBIDDEN:
            paid = max(paid, _paid_s(tables.shift, state.label, s))
    state.row[r, IDLE_S] = paid - (state.row[r, WORK_S] - tables.shift[s, HEAD_WORKLOAD])


@inlined
def _own_ticks(tables: Tables, s: int, x: int, arrival: int, service: int, is_first: bool) -> int:
    """Return what stop ``x`` costs wherever it is, begun no sooner than at ``arrival``."""
    stop, v = tables.stop, tables.stop[x, VISIT]
    ticks = step_ticks(tables.row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], arrival)
    ticks += step_ticks(tables.row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], arrival + service)
    if v >= 0:
        ticks += tables.pair[v, tables.shift[s, TECHNICIAN], ASSIGN] + stop[x, SOURCING_TICKS]
        ticks += tables.shift[s, PER_VISIT]
    return ticks + tables.shift[s, FIXED] * is_first


@inlined
def floor_ticks(
    tables: Tables, state: State, s: int, r: int, x: int, at: int, arrival: int, service: int, work: int
) -> int:
    """Return the least that row ``r`` can cost with stop ``x`` before its stop ``at``, 0 where that is not known.

    It takes ``service`` seconds and begins at ``arrival`` at the soonest; ``work`` seconds come on top elsewhere.
    """
    shift, n = tables.shift, state.row[r, LENGTH]
    if state.row[r, TICKS] >= FORBIDDEN or state.row[r, IDLE_S] == NOT_KNOWN:
        return 0
    origin, place = state.stage[first_stage(state.route, r) + at, AT_PLACE], tables.stop[x, PLACE]
    to = tables.stop[state.route[r, at], PLACE] if at < n else shift[s, END_PLACE]
    is_first = _is_unused(tables, state, s, r)
    more_s = leg_s(tables.travel, shift, s, origin, place) + service
    more_m = leg_m(tables.travel, shift, s, origin, place)
    if to >= 0:
        more_s += leg_s(tables.travel, shift, s, place, to)
        more_m += leg_m(tables.travel, shift, s, place, to)
        if not is_first:
            past_s = leg_s(tables.travel, shift, s, origin, to)
            if past_s >= UNREACHABLE:
                return 0
            more_s -= past_s
            more_m -= leg_m(tables.travel, shift, s, origin, to)
    if more_s < 0:
        return 0
    worked = state.row[r, WORK_S]
    ticks = state.row[r, TICKS] + _own_ticks(tables, s, x, arrival, service, is_first)
    ticks += fairness_ticks(tables.row, shift, s, worked + more_s) - fairness_ticks(tables.row, shift, s, worked)
    return ticks + shift[s, PER_METRE] * more_m + shift[s, WAGE] * max(0, more_s + work - state.row[r, IDLE_S])
