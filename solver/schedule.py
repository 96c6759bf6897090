"""The schedule pass: what happens on a route, exactly.

One forward pass over the stops of a shift, the single definition of travel, waiting, windows, breaks, service, lateness,
overtime and cost along a route (``docs/model.md``). The search, live arrival times and explanations all call it.
It carries labels (``solver.labels``): alternatives of timing that are not comparable yet. Leaving later is
worked out along the way: where there is waiting, all stops before it move later as far as that is cheaper
(forward time slack; Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import (
    BREAK_END,
    BREAK_FIRST,
    DEPARTURE_PAID,
    DURATION,
    EARLIEST,
    END_PLACE,
    HARD_END,
    HEAD_BREAKS,
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
    TECHNICIAN,
    WAGE,
)
from solver.jit import kernel
from solver.labels import (
    COST,
    DEPARTURE,
    IN_GAP,
    LABEL_COLUMNS,
    PARENT,
    SLACK,
    SLOPE,
    TAKEN,
    TIME,
    WAITED,
    keep,
)
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.reasons import Reason
from solver.rules.callout import callout_ticks
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import slope_and_room, step_ticks
from solver.rules.limits import exceeded
from solver.rules.pins import order_holds
from solver.rules.promises import retimed_ticks
from solver.rules.travel import leg_m, leg_s
from solver.rules.wage import overtime_ticks, paid_from_s, wage_ticks
from solver.rules.windows import NEVER, next_start

if TYPE_CHECKING:
    from solver.problem import Ints
    from solver.tables import Tables

WHOLE_DAY = 1 << 40

(
    AT_PLACE,
    VISITS,
    DRIVING,
    DISTANCE,
    WORKLOAD,
    ASSIGNED,
    RANK,
    PREFIX_COLUMNS,
) = range(8)
"""What adds up along a route whatever its timing, after each stop: where it is, visits, seconds driven, metres, workload,
ticks of the assignments, and the highest pinned rank."""

_UNREACHABLE = int(Reason.UNREACHABLE)
_WINDOW = int(Reason.WINDOW)
_SHIFT = int(Reason.SHIFT)
_BREAK = int(Reason.BREAK)
_PIN = int(Reason.PIN)


@kernel
def begin(tables: Tables, s: int, labels: Ints, prefix: Ints, scratch: Ints) -> int:
    """Write the labels and the prefix of shift ``s`` before its first decided visit; return the number of labels.

    Where pay begins at departure, breaks may also be taken before it: one label for each number of them.
    """
    shift = tables.shift
    prefix[AT_PLACE] = shift[s, HEAD_PLACE]
    prefix[VISITS] = shift[s, HEAD_VISITS]
    prefix[DRIVING] = shift[s, HEAD_DRIVING]
    prefix[DISTANCE] = shift[s, HEAD_DISTANCE]
    prefix[WORKLOAD] = shift[s, HEAD_WORKLOAD]
    prefix[ASSIGNED] = 0
    prefix[RANK] = -1
    departed = shift[s, HEAD_IS_DEPARTED] != 0
    scratch[:] = 0
    scratch[TIME] = shift[s, HEAD_TIME]
    scratch[DEPARTURE] = shift[s, HEAD_DEPARTURE]
    scratch[SLACK] = 0 if departed else WHOLE_DAY
    scratch[TAKEN] = shift[s, HEAD_BREAKS]
    scratch[COST] = -wage_ticks(shift, s, paid_from_s(shift, s, scratch[DEPARTURE]) + shift[s, HEAD_UNPAID])
    n = keep(labels, 0, scratch)
    if departed or shift[s, DEPARTURE_PAID] == 0:
        return n
    for row in range(shift[s, BREAK_FIRST] + scratch[TAKEN], shift[s, BREAK_END]):
        start = max(scratch[TIME], tables.brk[row, EARLIEST])
        if start > tables.brk[row, LATEST]:
            break
        later = start + tables.brk[row, DURATION] - scratch[TIME]
        scratch[TIME] += later
        scratch[DEPARTURE] = scratch[TIME]
        scratch[COST] -= wage_ticks(shift, s, later)
        scratch[TAKEN] += 1
        labels[n] = scratch
        n += 1
    return n


@kernel
def _leave_later(tables: Tables, s: int, label: Ints, waiting: int, room: int) -> None:
    """Move everything before a gap with ``waiting`` seconds later, as far as it can be (``room``) and is cheaper."""
    first = label[SLACK] == WHOLE_DAY
    per_second = tables.shift[s, WAGE] if tables.shift[s, DEPARTURE_PAID] else 0
    if label[SLACK] == 0 or not (first or label[SLOPE] < per_second):
        label[SLACK] = 0
        return
    later = min(waiting, label[SLACK], room)
    label[DEPARTURE] += later
    label[COST] += (label[SLOPE] - per_second) * later
    label[SLACK] = min(label[SLACK], room) - later
    if later < waiting or per_second == 0:
        label[SLACK] = 0


@kernel
def _limit_slack(tables: Tables, v: int, label: Ints, start: int, end: int, latest: int) -> None:
    """Take into the label how far visit ``v`` can move later and what each second of it costs."""
    visit = tables.visit
    slope, room = slope_and_room(tables.step, visit[v, RESPONSE_FIRST], visit[v, RESPONSE_END], start)
    more, more_room = slope_and_room(tables.step, visit[v, RESTORE_FIRST], visit[v, RESTORE_END], end)
    label[SLOPE] += slope + more
    slack = min(label[SLACK], WHOLE_DAY - 1, latest - start, room, more_room)
    if 0 <= visit[v, PROMISED_FROM]:
        if start < visit[v, PROMISED_FROM]:
            slack = min(slack, visit[v, PROMISED_FROM] - start)
        elif start <= visit[v, PROMISED_TO]:
            slack = min(slack, visit[v, PROMISED_TO] - start)
    label[SLACK] = slack


@kernel
def _is_due(tables: Tables, s: int, taken: int, end: int) -> bool:
    """Tell whether the first break not taken yet is missed by a route that goes on until ``end``."""
    row = tables.shift[s, BREAK_FIRST] + taken
    return row < tables.shift[s, BREAK_END] and end > tables.brk[row, LATEST]


@kernel
def _start_at(
    tables: Tables, s: int, v: int, label: Ints, ready: int, start: int, latest: int, room: int, target: Ints, n: int
) -> int:
    """Let visit ``v`` begin at ``start`` (work on ``label`` in place) and keep the label; -reason where it cannot be."""
    visit, shift = tables.visit, tables.shift
    end = start + tables.service_s[v, shift[s, TECHNICIAN]]
    if end > shift[s, HARD_END]:
        return -_SHIFT
    if _is_due(tables, s, label[TAKEN], end):
        return -_BREAK
    label[TIME] = end
    _leave_later(tables, s, label, start - ready, room)
    if label[SLACK] > 0:
        _limit_slack(tables, v, label, start, end, latest)
    label[COST] += (
        step_ticks(tables.step, visit[v, RESPONSE_FIRST], visit[v, RESPONSE_END], start)
        + step_ticks(tables.step, visit[v, RESTORE_FIRST], visit[v, RESTORE_END], end)
        + retimed_ticks(visit, v, start)
    )
    return keep(target, n, label)


@kernel
def _in_gap(tables: Tables, s: int, v: int, source: Ints, i: int, leg: int, target: Ints, n: int, scratch: Ints) -> int:
    """Extend label ``i`` of ``source`` to visit ``v`` with no, one, two … breaks in the gap; -reason where none can be."""
    shift, visit = tables.shift, tables.visit
    since = source[i, TIME]
    ready, pause, next_break, room = since + leg, 0, since, WHOLE_DAY
    unpaid, reason = 0, -_WINDOW
    row = shift[s, BREAK_FIRST] + source[i, TAKEN]
    in_gap = 0
    while True:
        start, latest = next_start(visit, tables.window, v, ready)
        if start >= NEVER:
            break
        waited = 0
        promised = start
        while True:
            scratch[:] = source[i]
            scratch[PARENT], scratch[IN_GAP], scratch[WAITED] = i, in_gap, waited
            scratch[TAKEN] += in_gap
            scratch[COST] -= wage_ticks(shift, s, unpaid)
            added = _start_at(tables, s, v, scratch, since + leg + pause, promised, latest, room, target, n)
            if added < 0:
                reason = added
            else:
                n = added
            if waited == 1 or visit[v, PROMISED_FROM] <= start:
                break
            waited = 1
            promised, latest = next_start(visit, tables.window, v, visit[v, PROMISED_FROM])
            if promised > visit[v, PROMISED_TO]:
                break
        if row == shift[s, BREAK_END]:
            break
        next_break = max(next_break, tables.brk[row, EARLIEST])
        end = start + tables.service_s[v, shift[s, TECHNICIAN]]
        if next_break > tables.brk[row, LATEST] or (start < tables.brk[row, EARLIEST] and end <= tables.brk[row, LATEST]):
            break
        duration = tables.brk[row, DURATION]
        room = min(room, tables.brk[row, LATEST] - next_break)
        ready = max(ready, tables.brk[row, EARLIEST]) + duration
        next_break += duration
        pause += duration
        if tables.brk[row, PAID] == 0:
            unpaid += duration
        in_gap += 1
        row += 1
    return n if n > 0 else reason


@kernel
def extend(tables: Tables, s: int, source: Ints, n: int, origin: int, v: int, target: Ints, scratch: Ints) -> int:
    """Extend the ``n`` labels of ``source``, which stand at place ``origin``, by visit ``v`` into ``target``.

    Return how many labels there are then, or minus the number of the reason why there is none.
    """
    leg = leg_s(tables.duration_s, tables.shift, s, origin, tables.visit[v, PLACE])
    if leg >= UNREACHABLE:
        return -_UNREACHABLE
    kept, reason = 0, 0
    for i in range(n):
        result = _in_gap(tables, s, v, source, i, leg, target, kept, scratch)
        if result > 0:
            kept = result
        else:
            reason = result
    return kept if kept > 0 else reason


@kernel
def add_to_prefix(tables: Tables, s: int, before: Ints, v: int, after: Ints) -> int:
    """Write into ``after`` what has added up once visit ``v`` follows ``before``; return the reason it may not, or 0."""
    visit, technician = tables.visit, tables.shift[s, TECHNICIAN]
    place = visit[v, PLACE]
    leg = leg_s(tables.duration_s, tables.shift, s, before[AT_PLACE], place)
    after[AT_PLACE] = place
    after[VISITS] = before[VISITS] + 1
    after[DRIVING] = before[DRIVING] + leg
    after[DISTANCE] = before[DISTANCE] + leg_m(tables.distance_m, tables.shift, s, before[AT_PLACE], place)
    after[WORKLOAD] = before[WORKLOAD] + leg + tables.service_s[v, technician]
    after[ASSIGNED] = before[ASSIGNED] + tables.assign_ticks[v, technician]
    after[RANK] = max(before[RANK], visit[v, PIN_RANK])
    if not order_holds(visit, v, before[RANK]):
        return _PIN
    return 0


@kernel
def ending(tables: Tables, s: int, label: Ints, leg: int, decided: bool) -> tuple[int, int, int]:
    """End the route of one label, in place: (ticks, breaks on the way to the end, reason) after ``leg`` seconds of driving."""
    shift = tables.shift
    ready, next_break, pause, unpaid, room = label[TIME] + leg, label[TIME], 0, 0, WHOLE_DAY
    row, in_gap = shift[s, BREAK_FIRST] + label[TAKEN], 0
    while decided and _is_due(tables, s, label[TAKEN] + in_gap, ready):
        next_break = max(next_break, tables.brk[row, EARLIEST])
        if next_break > tables.brk[row, LATEST] or shift[s, END_PLACE] < 0:
            return FORBIDDEN, 0, _BREAK
        duration = tables.brk[row, DURATION]
        room = min(room, tables.brk[row, LATEST] - next_break)
        ready = max(ready, tables.brk[row, EARLIEST]) + duration
        next_break += duration
        pause += duration
        unpaid += duration * (1 - tables.brk[row, PAID])
        in_gap += 1
        row += 1
    if decided and ready > shift[s, HARD_END]:
        return FORBIDDEN, 0, _SHIFT
    _leave_later(tables, s, label, ready - (label[TIME] + leg + pause), room)
    ticks = label[COST] + wage_ticks(shift, s, ready - unpaid) + overtime_ticks(shift, s, ready)
    return ticks, in_gap, 0


@kernel
def finish(
    tables: Tables, s: int, labels: Ints, n: int, prefix: Ints, decided: bool, scratch: Ints
) -> tuple[int, int, int, int]:
    """Close a route after its last stop: (ticks, label, breaks on the way to the end, reason).

    ``decided`` tells whether the route has visits besides facts. Ticks are FORBIDDEN where it cannot be closed.
    """
    shift, place = tables.shift, tables.shift[s, END_PLACE]
    if prefix[VISITS] == 0:
        return fairness_ticks(tables.fairness, shift, s, 0), 0, 0, 0
    leg, metres = 0, 0
    if place >= 0:
        leg = leg_s(tables.duration_s, shift, s, prefix[AT_PLACE], place)
        metres = leg_m(tables.distance_m, shift, s, prefix[AT_PLACE], place)
    if decided:
        if leg >= UNREACHABLE:
            return FORBIDDEN, 0, 0, _UNREACHABLE
        reason = exceeded(shift, s, prefix[VISITS], prefix[DRIVING] + leg, prefix[DISTANCE] + metres)
        if reason:
            return FORBIDDEN, 0, 0, reason
    best, best_label, best_breaks, failed = FORBIDDEN, 0, 0, 0
    for i in range(n):
        scratch[:] = labels[i]
        ticks, in_gap, reason = ending(tables, s, scratch, leg, decided)
        if ticks < best:
            best, best_label, best_breaks = ticks, i, in_gap
        elif ticks >= FORBIDDEN:
            failed = reason
    if best >= FORBIDDEN:
        return FORBIDDEN, 0, 0, failed
    best += (
        prefix[ASSIGNED]
        + shift[s, HEAD_COST]
        + shift[s, PER_METRE] * (prefix[DISTANCE] + metres)
        + callout_ticks(shift, s, prefix[VISITS])
        + fairness_ticks(tables.fairness, shift, s, prefix[WORKLOAD] + leg)
    )
    return best, best_label, best_breaks, 0


@kernel
def run(
    tables: Tables, s: int, visits: Ints, n: int, labels: Ints, counts: Ints, prefix: Ints, scratch: Ints
) -> tuple[int, int, int, int]:
    """Simulate the route of shift ``s`` over ``visits[:n]``, keeping labels (n + 1, MAX_LABELS, …), counts and prefixes.

    Return as ``finish``. Parts are the van's business, over all its routes, and are not looked at here.
    """
    counts[0] = begin(tables, s, labels[0], prefix[0], scratch)
    for at in range(n):
        v = visits[at]
        reason = add_to_prefix(tables, s, prefix[at], v, prefix[at + 1])
        if reason:
            return FORBIDDEN, 0, 0, reason
        kept = extend(tables, s, labels[at], counts[at], prefix[at, AT_PLACE], v, labels[at + 1], scratch)
        if kept <= 0:
            return FORBIDDEN, 0, 0, -kept
        counts[at + 1] = kept
    return finish(tables, s, labels[n], counts[n], prefix[n], n > 0, scratch)


def new_scratch() -> Ints:
    """Return one spare label row for the kernels to work on."""
    return np.zeros(LABEL_COLUMNS, np.int64)
