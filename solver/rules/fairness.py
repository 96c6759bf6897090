"""Fairness of workload: a convex price on the deviation of a shift's workload (driving and service) from its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import AFTER, RATE, TARGET
from solver.jit import kernel

if TYPE_CHECKING:
    from solver.problem import Ints


@kernel
def fairness_ticks(fairness: Ints, shift: Ints, s: int, workload_s: int) -> int:
    """Return the price of ``workload_s`` on shift ``s``; nothing where the shift has no target."""
    if shift[s, TARGET] < 0:
        return 0
    deviation = abs(workload_s - shift[s, TARGET])
    total = 0
    for row in range(len(fairness)):
        total += fairness[row, RATE] * max(0, deviation - fairness[row, AFTER])
    return total
