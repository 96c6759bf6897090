"""The schedule pass: what happens on a route, exactly.

One forward pass over the stops of a shift, the single definition of travel, waiting, windows, breaks, service,
lateness, overtime and cost along a route (``docs/model.md``). The search, live arrival times and explanations call it.
It carries labels (``solver.labels``): alternatives of timing that are not comparable yet. What adds up whatever the
timing stands once for each stage of a route, in the row of ``stage`` to which the labels belong. Leaving later is
worked out along the way (``solver.slack``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    ASSIGN,
    BREAK_END,
    BREAK_FIRST,
    DEPARTURE_PAID,
    DURATION,
    EARLIEST,
    END_PLACE,
    HARD_END,
    HEAD_BREAKS,
    HEAD_BUFFER,
    HEAD_COST,
    HEAD_DEPARTURE,
    HEAD_DISTANCE,
    HEAD_DRIVING,
    HEAD_IS_DEPARTED,
    HEAD_PLACE,
    HEAD_TIME,
    HEAD_UNPAID,
    HEAD_VISITS,
    HEAD_WORKLOAD,
    LATEST,
    PAID,
    PER_METRE,
    PIN_RANK,
    PLACE,
    PROMISED_FROM,
    PROMISED_TO,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    SERVICE,
    SOURCING_TICKS,
    TECHNICIAN,
    TRAVEL_BUFFER,
    VISIT,
    WORK_BUFFER,
)
from solver.jit import brief, inlined, shared
from solver.labels import (
    COST,
    DEPARTURE,
    IN_GAP,
    LABEL_COLUMNS,
    PARENT,
    SLACK,
    TAKEN,
    TIME,
    WAITED,
    copy_label,
    keep,
)
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.reasons import Reason
from solver.rules.breaks import comes_later, is_due, take_break
from solver.rules.buffers import downtime_ticks, more_variance, root, window_ticks
from solver.rules.callout import callout_ticks
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import step_ticks
from solver.rules.limits import beyond_s, exceeded, may_be_too_long
from solver.rules.pins import order_holds
from solver.rules.promises import retimed_ticks
from solver.rules.travel import leg_m, leg_s
from solver.rules.wage import overtime_ticks, paid_from_s, wage_ticks
from solver.rules.windows import NEVER, next_start
from solver.slack import WHOLE_DAY, is_dear, leave_later, limit_slack

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.tables import Tables

(
    AT_PLACE,
    VISITS,
    DRIVING,
    DISTANCE,
    WORKLOAD,
    ASSIGNED,
    RANK,
    VARIANCE,
    LABELS,
    LATEST_ARRIVAL,
    STAGE_COLUMNS,
) = range(11)
"""A stage of a route, after so many of its stops: the place, visits so far, seconds driven, metres, workload, ticks of
the assignments, the highest pinned rank, the square of the buffer (``rules.buffers``), how many labels there are; the
last arrival at the next stop that leaves the rest feasible (``search.insertion`` keeps it)."""

HANDLING_S, READY_S, HELD_THEN, TAKES_ON_BEFORE, STAY_COLUMNS = 0, 1, 2, 5, 6
"""Of a restock: how long it takes, when what it takes on is there, what the van holds after it in each of three
measures, and the last stop before it at which the van takes something on (``solver.search.provisions``)."""

_UNREACHABLE = int(Reason.UNREACHABLE)
_WINDOW = int(Reason.WINDOW)
_SHIFT = int(Reason.SHIFT)
_BREAK = int(Reason.BREAK)
_PIN = int(Reason.PIN)
_DURATION = int(Reason.MAX_DURATION)


@brief
def begin(tables: Tables, label: Ints, stage: Ints, width: int, s: int, at: int) -> None:
    """Write stage ``at``: shift ``s`` before its first decided visit.

    Where it matters when it departs, breaks may also be taken before that: one label for each number of them.
    """
    shift, spare, base = tables.shift, len(label) - 1, at * width
    stage[at, AT_PLACE] = shift[s, HEAD_PLACE]
    stage[at, VISITS] = shift[s, HEAD_VISITS]
    stage[at, DRIVING] = shift[s, HEAD_DRIVING]
    stage[at, DISTANCE] = shift[s, HEAD_DISTANCE]
    stage[at, WORKLOAD] = shift[s, HEAD_WORKLOAD]
    stage[at, ASSIGNED] = 0
    stage[at, RANK] = -1
    stage[at, VARIANCE] = shift[s, HEAD_BUFFER] * shift[s, HEAD_BUFFER]
    departed = shift[s, HEAD_IS_DEPARTED] != 0
    for column in range(LABEL_COLUMNS):
        label[spare, column] = 0
    label[spare, TIME] = shift[s, HEAD_TIME]
    label[spare, DEPARTURE] = shift[s, HEAD_DEPARTURE]
    label[spare, SLACK] = 0 if departed else WHOLE_DAY
    label[spare, TAKEN] = shift[s, HEAD_BREAKS]
    paid_from = paid_from_s(shift, s, label[spare, DEPARTURE])
    label[spare, COST] = -wage_ticks(shift, s, paid_from + shift[s, HEAD_UNPAID])
    copy_label(label, spare, base)
    stage[at, LABELS] = 1
    if departed or not (shift[s, DEPARTURE_PAID] or may_be_too_long(shift, s)):
        return
    for row in range(shift[s, BREAK_FIRST] + shift[s, HEAD_BREAKS], shift[s, BREAK_END]):
        start = max(label[spare, TIME], tables.row[row, EARLIEST])
        if start > tables.row[row, LATEST] or stage[at, LABELS] == width:
            break
        later = start + tables.row[row, DURATION] - label[spare, TIME]
        label[spare, TIME] += later
        label[spare, DEPARTURE] = label[spare, TIME]
        unpaid = later if shift[s, DEPARTURE_PAID] else tables.row[row, DURATION] * (1 - tables.row[row, PAID])
        label[spare, COST] -= wage_ticks(shift, s, unpaid)
        label[spare, TAKEN] += 1
        copy_label(label, spare, base + stage[at, LABELS])
        stage[at, LABELS] += 1


@inlined
def _start_at(
    tables: Tables,
    label: Ints,
    s: int,
    x: int,
    service: int,
    ready: int,
    start: int,
    latest: int,
    room: int,
    needed: int,
    before: int,
    after: int,
) -> int:
    """Let stop ``x`` begin at ``start``, in the spare label; return the reason why it cannot, or 0.

    What is before it is done ``needed`` seconds later where it can be, whatever that costs.
    """
    stop, spare = tables.stop, len(label) - 1
    end = start + service
    if end > tables.shift[s, HARD_END]:
        return _SHIFT
    if is_due(tables.shift, tables.row, s, label[spare, TAKEN], end):
        return _BREAK
    label[spare, TIME] = end
    leave_later(tables.shift, label, s, spare, start - ready, room, needed)
    if beyond_s(tables.shift, s, label[spare, DEPARTURE], end) > 0:
        return _DURATION
    if label[spare, SLACK] > 0:
        limit_slack(stop, tables.row, label, x, spare, start, end, latest, before, after)
    label[spare, COST] += (
        step_ticks(tables.row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], start + before)
        + step_ticks(tables.row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], end + after)
        + retimed_ticks(stop, x, start, before)
    )
    if after > 0:
        label[spare, COST] += window_ticks(stop, tables.row, x, start, before)
        label[spare, COST] -= downtime_ticks(stop, x, end + after) - downtime_ticks(stop, x, end)
    return 0


@inlined
def _is_open(shift: Ints, label: Ints, s: int, row: int, waiting: int) -> bool:
    """Tell whether it is open how much later the stops before a gap with ``waiting`` are best done.

    That costs more than the wage that it saves, but keeps the route short.
    """
    return may_be_too_long(shift, s) and waiting > 0 and is_dear(shift, label, s, row)


@inlined
def _needed_s(tables: Tables, label: Ints, s: int, x: int, end: int, forced: int) -> int:
    """Return how much later the stops before ``x``, done at ``end``, have to be: for the way back from there alone.

    All that is possible where it is ``forced``.
    """
    shift, place, spare = tables.shift, tables.shift[s, END_PLACE], len(label) - 1
    if forced or not may_be_too_long(shift, s):
        return WHOLE_DAY * forced
    back = leg_s(tables.travel, shift, s, tables.stop[x, PLACE], place) if place >= 0 else 0
    return beyond_s(shift, s, label[spare, DEPARTURE], end + back)


@inlined
def _extend_one(
    tables: Tables,
    label: Ints,
    width: int,
    s: int,
    x: int,
    service: int,
    within: int,
    released: int,
    leg: int,
    source: int,
    i: int,
    base: int,
    n: int,
    before: int,
    after: int,
) -> tuple[int, int]:
    """Extend label ``i`` of those from row ``source`` on to stop ``x`` with no, one, two … breaks in the gap.

    The new labels go to the rows from ``base`` on, where ``n`` stand already. Return how many labels are there then
    and the last reason against one.
    """
    shift, stop, spare = tables.shift, tables.stop, len(label) - 1
    since = label[source + i, TIME]
    ready, pause, free, room, unpaid, in_gap, reason = since + leg, 0, since, WHOLE_DAY, 0, 0, _WINDOW
    row = shift[s, BREAK_FIRST] + label[source + i, TAKEN]
    while True:
        start, latest = next_start(stop, tables.row, x, max(ready, released), within)
        waited, begin_at = 0, start
        while begin_at < NEVER:
            gap_end = since + leg + pause
            for forced in range(1 + _is_open(shift, label, s, source + i, begin_at - gap_end)):
                copy_label(label, source + i, spare)
                label[spare, PARENT] = i
                label[spare, IN_GAP] = in_gap
                label[spare, WAITED] = waited
                label[spare, TAKEN] += in_gap
                label[spare, COST] -= wage_ticks(shift, s, unpaid)
                needed = _needed_s(tables, label, s, x, begin_at + service, forced)
                failed = _start_at(tables, label, s, x, service, gap_end, begin_at, latest, room, needed, before, after)
                if failed:
                    reason = failed
                else:
                    n = keep(label, base, n, width, spare, may_be_too_long(shift, s))
            if waited == 1 or stop[x, PROMISED_FROM] <= start:
                break
            waited = 1
            begin_at, latest = next_start(stop, tables.row, x, stop[x, PROMISED_FROM], within)
            if begin_at > stop[x, PROMISED_TO]:
                break
        if start >= NEVER or row == shift[s, BREAK_END]:
            return n, reason
        free = max(free, tables.row[row, EARLIEST])
        last_begin = begin_at if waited == 1 and begin_at <= stop[x, PROMISED_TO] else start
        late = free > tables.row[row, LATEST]
        if late or comes_later(shift, tables.row, s, row, start, last_begin + service):
            return n, reason
        ready, free, pause, unpaid, room = take_break(tables.row, row, since, ready, free, pause, unpaid, room)
        in_gap += 1
        row += 1


@shared
def service_s(tables: Tables, s: int, x: int, handling: int) -> int:
    """Return how long stop ``x`` takes on shift ``s``: the work of a visit, or ``handling`` where it is none."""
    v = tables.stop[x, VISIT]
    return handling if v < 0 else tables.pair[v, tables.shift[s, TECHNICIAN], SERVICE]


@inlined
def extend(
    tables: Tables, label: Ints, stage: Ints, width: int, s: int, at: int, x: int, handling: int, released: int, to: int
) -> int:
    """Extend the route of shift ``s`` at stage ``at`` by stop ``x`` into stage ``to``; return why not, or 0.

    ``handling`` seconds and ``released`` are those of a restock: how long it takes, and when what it takes on is there.
    """
    stop, v, technician = tables.stop, tables.stop[x, VISIT], tables.shift[s, TECHNICIAN]
    origin, place = stage[at, AT_PLACE], stop[x, PLACE]
    leg = leg_s(tables.travel, tables.shift, s, origin, place)
    stage[to, LABELS] = 0
    if leg >= UNREACHABLE:
        return _UNREACHABLE
    if not order_holds(stop, x, stage[at, RANK]):
        return _PIN
    service, within = service_s(tables, s, x, handling), handling if v < 0 else 0
    released = released if v < 0 else 0
    variance = more_variance(stage[at, VARIANCE], leg, tables.shift[s, TRAVEL_BUFFER])
    before = root(variance)
    if v >= 0:
        variance = more_variance(variance, service, stop[x, WORK_BUFFER])
    after = root(variance)
    kept, reason = 0, _WINDOW
    for i in range(stage[at, LABELS]):
        kept, reason = _extend_one(
            tables, label, width, s, x, service, within, released, leg, at * width, i, to * width, kept, before, after
        )
    if kept == 0:
        return reason
    stage[to, LABELS] = kept
    stage[to, AT_PLACE] = place
    stage[to, VARIANCE] = variance
    stage[to, VISITS] = stage[at, VISITS] + (v >= 0)
    stage[to, DRIVING] = stage[at, DRIVING] + leg
    stage[to, DISTANCE] = stage[at, DISTANCE] + leg_m(tables.travel, tables.shift, s, origin, place)
    stage[to, WORKLOAD] = stage[at, WORKLOAD] + leg + service
    stage[to, ASSIGNED] = stage[at, ASSIGNED] + stop[x, SOURCING_TICKS]
    if v >= 0:
        stage[to, ASSIGNED] += tables.pair[v, technician, ASSIGN]
    stage[to, RANK] = max(stage[at, RANK], stop[x, PIN_RANK])
    return 0


@shared
def ending(tables: Tables, label: Ints, s: int, leg: int, decided: bool) -> tuple[int, int, int]:
    """End the route of the spare label, in place, after ``leg`` seconds: (ticks, breaks on the way, reason)."""
    shift, spare = tables.shift, len(label) - 1
    since = label[spare, TIME]
    ready, free, pause, unpaid, room = since + leg, since, 0, 0, WHOLE_DAY
    row, in_gap = shift[s, BREAK_FIRST] + label[spare, TAKEN], 0
    while decided and is_due(shift, tables.row, s, label[spare, TAKEN] + in_gap, ready):
        free = max(free, tables.row[row, EARLIEST])
        if free > tables.row[row, LATEST] or shift[s, END_PLACE] < 0:
            return FORBIDDEN, 0, _BREAK
        ready, free, pause, unpaid, room = take_break(tables.row, row, since, ready, free, pause, unpaid, room)
        in_gap += 1
        row += 1
    if decided and ready > shift[s, HARD_END]:
        return FORBIDDEN, 0, _SHIFT
    needed = beyond_s(shift, s, label[spare, DEPARTURE], ready)
    leave_later(shift, label, s, spare, ready - (since + leg + pause), room, needed)
    if decided and beyond_s(shift, s, label[spare, DEPARTURE], ready) > 0:
        return FORBIDDEN, 0, _DURATION
    label[spare, TIME] = ready
    ticks = label[spare, COST] + wage_ticks(shift, s, ready - unpaid) + overtime_ticks(shift, s, ready)
    return ticks, in_gap, 0


@inlined
def finish(
    tables: Tables, label: Ints, stage: Ints, width: int, s: int, at: int, decided: bool
) -> tuple[int, int, int, int]:
    """Close the route of shift ``s`` at stage ``at``: (ticks, label, breaks on the way to the end, reason).

    ``decided`` tells whether the route has stops besides facts. Ticks are FORBIDDEN where it cannot be closed.
    """
    shift, place, spare = tables.shift, tables.shift[s, END_PLACE], len(label) - 1
    if stage[at, VISITS] == 0 and not decided:
        return fairness_ticks(tables.row, shift, s, 0), 0, 0, 0
    leg, metres = 0, 0
    if place >= 0:
        leg = leg_s(tables.travel, shift, s, stage[at, AT_PLACE], place)
        metres = leg_m(tables.travel, shift, s, stage[at, AT_PLACE], place)
    if decided:
        if leg >= UNREACHABLE:
            return FORBIDDEN, 0, 0, _UNREACHABLE
        reason = exceeded(shift, s, stage[at, VISITS], stage[at, DRIVING] + leg, stage[at, DISTANCE] + metres)
        if reason:
            return FORBIDDEN, 0, 0, reason
    best, best_label, best_breaks, failed = FORBIDDEN, 0, 0, 0
    for i in range(stage[at, LABELS]):
        copy_label(label, at * width + i, spare)
        ticks, in_gap, reason = ending(tables, label, s, leg, decided)
        if ticks < best:
            best, best_label, best_breaks = ticks, i, in_gap
        elif ticks >= FORBIDDEN:
            failed = reason
    if best >= FORBIDDEN:
        return FORBIDDEN, 0, 0, failed
    best += (
        stage[at, ASSIGNED]
        + shift[s, HEAD_COST]
        + shift[s, PER_METRE] * (stage[at, DISTANCE] + metres)
        + callout_ticks(shift, s, stage[at, VISITS])
        + fairness_ticks(tables.row, shift, s, stage[at, WORKLOAD] + leg)
    )
    return best, best_label, best_breaks, 0


@brief
def run(
    tables: Tables, label: Ints, stage: Ints, width: int, s: int, base: int, stops: Ints, stay: Ints, since: int, n: int
) -> tuple[int, int, int, int]:
    """Simulate the route of shift ``s`` over ``stops[:n]`` from its stop ``since`` on; its stages begin at ``base``.

    ``stay`` (n, …) has the columns HANDLING_S and READY_S of each stop. Return as ``finish``. Where a rule fails on the
    way, the stages from there on have no labels. What is in the van: ``solver.search.provisions``.
    """
    for at in range(since, n):
        handling, ready = stay[at, HANDLING_S], stay[at, READY_S]
        reason = extend(tables, label, stage, width, s, base + at, stops[at], handling, ready, base + at + 1)
        if reason:
            for later in range(at + 1, n + 1):
                stage[base + later, LABELS] = 0
            return FORBIDDEN, 0, 0, reason
    return finish(tables, label, stage, width, s, base + n, n > 0)
