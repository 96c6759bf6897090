"""Labels: the few timings of the first stops of a route that may still turn out cheapest.

A route seldom has more than one. It has more while it is open whether a break comes before or after a visit, or
whether to wait for a promised interval. Labels are rows of one table; those of one stage of a route (after so many of
its stops) stand together, ``width`` rows for each stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.jit import inlined, inner

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
"""TIME the last stop is completed; COST so far, counted without the wage after TIME; SLACK seconds by which all stops
so far could be moved later at SLOPE ticks a second; TAKEN breaks taken or behind; DEPARTURE; then how it came about:
PARENT label at the stop before, IN_GAP breaks in the gap, WAITED for the promised interval."""

MAX_LABELS = 12
"""Labels of one stage where breaks or promises leave timings open. When they are full the dearest gives way."""


@inlined
def _dominates(label: Ints, one: int, other: int, late_is_better: bool) -> bool:
    return (
        label[one, TIME] <= label[other, TIME]
        and label[one, COST] <= label[other, COST]
        and label[one, TAKEN] >= label[other, TAKEN]
        and label[one, SLACK] >= label[other, SLACK]
        and label[one, SLOPE] <= label[other, SLOPE]
        and (not late_is_better or label[one, DEPARTURE] >= label[other, DEPARTURE])
    )


@inlined
def soonest(label: Ints, base: int, n: int) -> int:
    """Return the earliest TIME of the ``n`` rows from ``base`` on."""
    least = label[base, TIME]
    for row in range(base + 1, base + n):
        least = min(least, label[row, TIME])
    return least


@inlined
def copy_label(label: Ints, source: int, target: int) -> None:
    """Copy one row (a loop: slice assignment would allocate)."""
    for column in range(LABEL_COLUMNS):
        label[target, column] = label[source, column]


@inner
def _keep_among(label: Ints, base: int, n: int, width: int, candidate: int, late_is_better: bool) -> int:
    for row in range(base, base + n):
        if _dominates(label, row, candidate, late_is_better):
            return n
    kept = 0
    for row in range(base, base + n):
        if not _dominates(label, candidate, row, late_is_better):
            if base + kept != row:
                copy_label(label, row, base + kept)
            kept += 1
    if kept == width:
        dearest = base
        for row in range(base + 1, base + kept):
            if label[row, COST] > label[dearest, COST]:
                dearest = row
        if label[candidate, COST] >= label[dearest, COST]:
            return kept
        kept -= 1
        copy_label(label, base + kept, dearest)
    copy_label(label, candidate, base + kept)
    return kept + 1


@inlined
def keep(label: Ints, base: int, n: int, width: int, candidate: int, late_is_better: bool) -> int:
    """Add row ``candidate`` to the ``n`` rows from ``base`` on unless one dominates it; return how many are then.

    ``late_is_better`` tells whether a later departure is worth something by itself.
    """
    if n == 0:
        copy_label(label, candidate, base)
        return 1
    return _keep_among(label, base, n, width, candidate, late_is_better)
