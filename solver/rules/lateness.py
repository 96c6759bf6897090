"""Lateness against response and restore deadlines, and downtime: sums of steps, each a rate beyond an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import AFTER, RATE
from solver.jit import inlined, shared

if TYPE_CHECKING:
    from solver.problem import Ints


@shared
def step_ticks(row: Ints, first: int, end: int, x: int) -> int:
    """Return the sum of ``rate * max(0, x - after)`` over rows ``first`` to ``end`` (exclusive), sorted by after."""
    total = 0
    for at in range(first, end):
        if x <= row[at, AFTER]:
            break
        total += row[at, RATE] * (x - row[at, AFTER])
    return total


@inlined
def slope_and_room(row: Ints, first: int, end: int, x: int) -> tuple[int, int]:
    """Return what one second more costs at ``x`` and for how many seconds that price holds."""
    slope = 0
    for at in range(first, end):
        if x < row[at, AFTER]:
            return slope, row[at, AFTER] - x
        slope += row[at, RATE]
    return slope, 1 << 40
