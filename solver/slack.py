"""Leaving later: how far all stops so far can move later, what that costs, and moving them where there is waiting.

Forward time slack (Savelsbergh 1992, "The vehicle routing problem with time windows: minimizing route duration").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import (
    DEPARTURE_PAID,
    PROMISED_FROM,
    PROMISED_TO,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    WAGE,
)
from solver.jit import inlined
from solver.labels import COST, DEPARTURE, SLACK, SLOPE
from solver.rules.lateness import slope_and_room

if TYPE_CHECKING:
    from solver.problem import Ints

WHOLE_DAY = 1 << 40


@inlined
def leave_later(shift: Ints, label: Ints, s: int, spare: int, waiting: int, room: int) -> None:
    """Move everything before a gap with ``waiting`` seconds later, as far as it can be (``room``) and is cheaper."""
    per_second = shift[s, WAGE] if shift[s, DEPARTURE_PAID] else 0
    slack = label[spare, SLACK]
    if slack == 0 or not (slack == WHOLE_DAY or label[spare, SLOPE] < per_second):
        label[spare, SLACK] = 0
        return
    later = min(waiting, slack, room)
    label[spare, DEPARTURE] += later
    label[spare, COST] += (label[spare, SLOPE] - per_second) * later
    label[spare, SLACK] = 0 if later < waiting or per_second == 0 else min(slack, room) - later


@inlined
def limit_slack(stop: Ints, row: Ints, label: Ints, x: int, spare: int, start: int, end: int, latest: int) -> None:
    """Take into the label how far stop ``x`` can move later and what each second of it costs."""
    slope, room = slope_and_room(row, stop[x, RESPONSE_FIRST], stop[x, RESPONSE_END], start)
    more, more_room = slope_and_room(row, stop[x, RESTORE_FIRST], stop[x, RESTORE_END], end)
    label[spare, SLOPE] += slope + more
    slack = min(label[spare, SLACK], WHOLE_DAY - 1, latest - start, room, more_room)
    if stop[x, PROMISED_FROM] >= 0:
        if start < stop[x, PROMISED_FROM]:
            slack = min(slack, stop[x, PROMISED_FROM] - start)
        elif start <= stop[x, PROMISED_TO]:
            slack = min(slack, stop[x, PROMISED_TO] - start)
    label[spare, SLACK] = slack
