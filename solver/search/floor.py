"""The least that a route can cost with one stop more, from a few sums: most places are ruled out by it alone.

A timing of the longer route is one of the route as it stands once the stop is taken out, as long as the way by the stop
takes no less than the way past it and leaves the stops behind no less of a buffer to keep. So the longer route costs
what the route costs now, and on top of that the metres, the prices of the stop itself and the wage of the driving and
work that do not fit into what is paid for idle now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    DEPARTURE_PAID,
    END_PLACE,
    FIXED,
    HEAD_IS_DEPARTED,
    HEAD_TIME,
    HEAD_VISITS,
    HEAD_WORKLOAD,
    MAX_DURATION,
    NO_LIMIT,
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
    WORK_BUFFER,
)
from solver.jit import inlined, inner
from solver.labels import DEPARTURE, SLOPE, TIME, copy_label
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.buffers import may_shrink
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import step_ticks
from solver.rules.travel import leg_m, leg_s
from solver.schedule import AT_PLACE, LABELS, WORKLOAD, ending
from solver.search.state import (
    FROM_PLACE,
    IDLE_S,
    LENGTH,
    NOT_KNOWN,
    STRAIGHT_M,
    STRAIGHT_S,
    TICKS,
    TO_PLACE,
    WORK_S,
    first_stage,
    label_width,
)

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def is_known(state: State, r: int) -> bool:
    """Tell whether the sums of row ``r`` are known, so that what comes on top of its cost can be told."""
    return bool(state.row[r, TICKS] < FORBIDDEN and state.row[r, IDLE_S] != NOT_KNOWN)


@inlined
def is_unused(tables: Tables, state: State, s: int, r: int) -> bool:
    """Tell whether nothing is driven on row ``r``."""
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
    if is_unused(tables, state, s, r):
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
def own_ticks(tables: Tables, s: int, x: int, arrival: int, service: int, is_first: bool) -> int:
    """Return what stop ``x`` costs wherever it is, begun no sooner than at ``arrival``."""
    stop, v = tables.stop, tables.stop[x, VISIT]
    ticks = step_ticks(tables.row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], arrival)
    ticks += step_ticks(tables.row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], arrival + service)
    if v >= 0:
        ticks += tables.pair[v, tables.shift[s, TECHNICIAN], ASSIGN] + stop[x, SOURCING_TICKS]
        ticks += tables.shift[s, PER_VISIT]
    return ticks + tables.shift[s, FIXED] * is_first


@inlined
def past(tables: Tables, s: int, origin: int, to: int, is_first: bool) -> tuple[int, int]:
    """Return (seconds, metres) of the way straight on, none where nothing is driven now (``is_first``).

    ``to`` is below 0 where the route ends. Where there is no way the seconds are more than any way takes.
    """
    if is_first or to < 0:
        return 0, 0
    seconds = leg_s(tables.travel, tables.shift, s, origin, to)
    if seconds >= UNREACHABLE:
        return NO_LIMIT, 0
    return seconds, leg_m(tables.travel, tables.shift, s, origin, to)


@inlined
def by_way_of(tables: Tables, s: int, origin: int, place: int, to: int) -> tuple[int, int]:
    """Return (seconds, metres) by way of a place, to that place where ``to`` is below 0."""
    seconds = leg_s(tables.travel, tables.shift, s, origin, place)
    metres = leg_m(tables.travel, tables.shift, s, origin, place)
    if to >= 0:
        seconds += leg_s(tables.travel, tables.shift, s, place, to)
        metres += leg_m(tables.travel, tables.shift, s, place, to)
    return seconds, metres


@inlined
def with_more(tables: Tables, state: State, s: int, r: int, more_s: int, more_m: int, workload_s: int) -> int:
    """Return the least that row ``r`` costs with so many more seconds of driving and work, and metres."""
    shift = tables.shift
    if shift[s, HEAD_IS_DEPARTED] == 0 and state.row[r, WORK_S] + more_s > shift[s, MAX_DURATION]:
        return FORBIDDEN
    ticks = state.row[r, TICKS] + fairness_ticks(tables.row, shift, s, workload_s)
    ticks -= fairness_ticks(tables.row, shift, s, state.row[r, WORK_S])
    return ticks + shift[s, PER_METRE] * more_m + shift[s, WAGE] * max(0, more_s - state.row[r, IDLE_S])


@inlined
def place_of(tables: Tables, state: State, s: int, r: int, at: int) -> int:
    """Return the place of stop ``at`` of row ``r``, or behind the last one that of its end."""
    return tables.stop[state.route[r, at], PLACE] if at < state.row[r, LENGTH] else tables.shift[s, END_PLACE]


@inlined
def shrinks(tables: Tables, s: int, x: int, past_s: int, by_s: int, legs: int, service: int) -> bool:
    """Tell whether stops behind might be reckoned earlier by way of stop ``x``: their buffers are less then."""
    return may_shrink(tables.shift, s, past_s, by_s, legs, service * tables.stop[x, WORK_BUFFER] // 1000)


@inlined
def floor_ticks(
    tables: Tables, state: State, s: int, r: int, x: int, at: int, by_s: int, arrival: int, service: int
) -> int:
    """Return the least that row ``r`` can cost with stop ``x`` before its stop ``at``, 0 where that is not known.

    The way by it takes ``by_s`` seconds, the stop itself ``service``, and it begins at ``arrival`` at the soonest.
    """
    if not is_known(state, r):
        return 0
    straight_s, to = state.gap[r, at, STRAIGHT_S], state.gap[r, at, TO_PLACE]
    more_s = by_s + service - straight_s
    if more_s < 0 or (at < state.row[r, LENGTH] and shrinks(tables, s, x, straight_s, by_s, 2, service)):
        return 0
    place = tables.stop[x, PLACE]
    more_m = leg_m(tables.travel, tables.shift, s, state.gap[r, at, FROM_PLACE], place) - state.gap[r, at, STRAIGHT_M]
    if to >= 0:
        more_m += leg_m(tables.travel, tables.shift, s, place, to)
    own = own_ticks(tables, s, x, arrival, service, is_unused(tables, state, s, r))
    return own + with_more(tables, state, s, r, more_s, more_m, state.row[r, WORK_S] + more_s)
