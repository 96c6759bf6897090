"""Fairness of workload: a convex price on the deviation of a shift's workload (driving and service) from its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import AFTER, FAIRNESS_END, FAIRNESS_FIRST, RATE, TARGET
from solver.jit import shared

if TYPE_CHECKING:
    from solver.problem import Ints


@shared
def fairness_ticks(row: Ints, shift: Ints, s: int, workload_s: int) -> int:
    """Return the price of ``workload_s`` on shift ``s``; nothing where the shift has no target."""
    deviation = abs(workload_s - shift[s, TARGET])
    total = 0
    for at in range(shift[s, FAIRNESS_FIRST], shift[s, FAIRNESS_END]):
        total += row[at, RATE] * max(0, deviation - row[at, AFTER])
    return total
