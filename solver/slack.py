"""Leaving later: how far all stops so far can move later, what that costs, and moving them where there is waiting.

Forward time slack (Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    DEPARTURE_PAID,
    DOWNTIME_FROM,
    DOWNTIME_RATE,
    LATEST,
    PROMISED_FROM,
    PROMISED_TO,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    WAGE,
    WINDOW_END,
    WINDOW_RATE,
)
from solver.jit import inlined
from solver.labels import COST, DEPARTURE, SLACK, SLOPE
from solver.rules.lateness import slope_and_room
from solver.rules.limits import may_be_too_long

if TYPE_CHECKING:
    from solver.problem import Ints

WHOLE_DAY = 1 << 40


@inlined
def is_dear(shift: Ints, label: Ints, s: int, row: int) -> bool:
    """Tell whether leaving later than so far would cost more than it saves, where it is possible at all."""
    slack = label[row, SLACK]
    if slack == 0 or slack == WHOLE_DAY:
        return False
    return bool(label[row, SLOPE] >= _paid_per_second(shift, s) + may_be_too_long(shift, s))


@inlined
def _paid_per_second(shift: Ints, s: int) -> int:
    return int(shift[s, WAGE] if shift[s, DEPARTURE_PAID] else 0)


@inlined
def leave_later(shift: Ints, label: Ints, s: int, spare: int, waiting: int, room: int, needed: int) -> None:
    """Move everything before a gap with ``waiting`` seconds later, as far as it can be (``room``) and is cheaper.

    Where it is dearer, everything is moved by the ``needed`` seconds, or as far as it can be.
    """
    per_second, slack = _paid_per_second(shift, s), label[spare, SLACK]
    dear = is_dear(shift, label, s, spare)
    if slack == 0 or (dear and needed <= 0):
        label[spare, SLACK] = slack if waiting == 0 and may_be_too_long(shift, s) else 0
        return
    later = min(waiting, slack, room, needed if dear else WHOLE_DAY)
    label[spare, DEPARTURE] += later
    label[spare, COST] += (label[spare, SLOPE] - per_second) * later
    no_more = later < waiting or (per_second == 0 and not may_be_too_long(shift, s))
    label[spare, SLACK] = 0 if no_more else min(slack, room) - later


@inlined
def limit_slack(
    stop: Ints, row: Ints, label: Ints, x: int, spare: int, start: int, end: int, latest: int, before: int, after: int
) -> None:
    """Take into the label how far stop ``x`` can move later and what each second of it costs.

    ``before`` and ``after`` are the buffers of its start and end (``solver.rules.buffers``).
    """
    slope, room = slope_and_room(row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], start + before)
    more, more_room = slope_and_room(row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], end + after)
    if after > 0 and end < stop[x, DOWNTIME_FROM] <= end + after:
        more -= stop[x, DOWNTIME_RATE]
        more_room = min(more_room, stop[x, DOWNTIME_FROM] - end)
    label[spare, SLOPE] += slope + more
    slack = min(label[spare, SLACK], WHOLE_DAY - 1, latest - start, room, more_room)
    if before > 0 and stop[x, WINDOW_RATE] > 0:
        in_hand = row[stop[x, WINDOW_END] - 1, LATEST] - before - start
        if in_hand <= 0:
            label[spare, SLOPE] += stop[x, WINDOW_RATE]
        else:
            slack = min(slack, in_hand)
    if stop[x, PROMISED_FROM] >= 0:
        if start < stop[x, PROMISED_FROM]:
            slack = min(slack, stop[x, PROMISED_FROM] - start)
        elif start <= stop[x, PROMISED_TO] - before:
            slack = min(slack, stop[x, PROMISED_TO] - before - start)
    label[spare, SLACK] = slack
