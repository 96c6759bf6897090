"""Lateness against response and restore deadlines, and downtime: sums of steps, each a rate beyond an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import AFTER, RATE
from solver.jit import kernel

if TYPE_CHECKING:
    from solver.problem import Ints


@kernel
def step_ticks(step: Ints, first: int, end: int, x: int) -> int:
    """Return the sum of ``rate * max(0, x - after)`` over the rows ``first`` to ``end`` (exclusive), sorted by after."""
    total = 0
    for row in range(first, end):
        if x <= step[row, AFTER]:
            break
        total += step[row, RATE] * (x - step[row, AFTER])
    return total


@kernel
def slope_and_room(step: Ints, first: int, end: int, x: int) -> tuple[int, int]:
    """Return what one second more costs at ``x`` and for how many seconds that price holds."""
    slope = 0
    for row in range(first, end):
        if x < step[row, AFTER]:
            return slope, step[row, AFTER] - x
        slope += step[row, RATE]
    return slope, 1 << 40
