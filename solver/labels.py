"""Labels: the few timings of the first stops of a route that may still turn out cheapest.

A route seldom has more than one. It has more while it is open whether a break comes before or after a visit, or
whether to wait for a promised interval. A label is a row of integers in the columns below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.jit import kernel

if TYPE_CHECKING:
    from solver.problem import Ints

(
    TIME,
    COST,
    SLACK,
    SLOPE,
    TAKEN,
    DEPARTURE,
    PARENT,
    IN_GAP,
    WAITED,
    LABEL_COLUMNS,
) = range(10)
"""TIME the last stop is completed; COST so far, counted without the wage after TIME; SLACK seconds by which all stops so
far could be moved later at SLOPE ticks a second; TAKEN breaks taken or behind; DEPARTURE; then how it came about:
PARENT label at the stop before, IN_GAP breaks in the gap, WAITED for the promised interval."""

MAX_LABELS = 12
"""Rows for labels at one stop where breaks or promises leave timings open. When they are full the dearest gives way."""


@kernel
def _dominates(label: Ints, other: Ints) -> bool:
    return (
        label[TIME] <= other[TIME]
        and label[COST] <= other[COST]
        and label[TAKEN] >= other[TAKEN]
        and label[SLACK] >= other[SLACK]
        and label[SLOPE] <= other[SLOPE]
    )


@kernel
def keep(labels: Ints, n: int, candidate: Ints) -> int:
    """Add ``candidate`` to the first ``n`` rows unless one dominates it; return how many rows there are then."""
    for row in range(n):
        if _dominates(labels[row], candidate):
            return n
    kept = 0
    for row in range(n):
        if not _dominates(candidate, labels[row]):
            if kept != row:
                labels[kept] = labels[row]
            kept += 1
    if kept == len(labels):
        dearest = 0
        for row in range(1, kept):
            if labels[row, COST] > labels[dearest, COST]:
                dearest = row
        if candidate[COST] >= labels[dearest, COST]:
            return kept
        kept -= 1
        labels[dearest] = labels[kept]
    labels[kept] = candidate
    return kept + 1
