"""Windows and release: when a stop may start. Both ends of a window count; no window means any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import EARLIEST, LATEST, RELEASE, WINDOW_END, WINDOW_FIRST
from solver.jit import inlined, shared

if TYPE_CHECKING:
    from solver.problem import Ints

NEVER = 1 << 40


@shared
def next_start(stop: Ints, row: Ints, x: int, ready_s: int, within_s: int) -> tuple[int, int]:
    """Return the first allowed start at or after ``ready_s`` and the last one of that window, NEVER if none is left.

    ``within_s`` seconds from the start on must lie in the window too.
    """
    ready_s = max(ready_s, stop[x, RELEASE])
    first, end = stop[x, WINDOW_FIRST], stop[x, WINDOW_END]
    if first == end:
        return ready_s, NEVER
    for at in range(first, end):
        start = max(ready_s, row[at, EARLIEST])
        if start <= row[at, LATEST] - within_s:
            return start, row[at, LATEST] - within_s
    return NEVER, NEVER


@inlined
def last_start(stop: Ints, row: Ints, x: int, by_s: int, within_s: int) -> int:
    """Return the last allowed start of stop ``x`` at or before ``by_s``, -1 where there is none."""
    first, end = stop[x, WINDOW_FIRST], stop[x, WINDOW_END]
    if first == end:
        return by_s
    for at in range(end - 1, first - 1, -1):
        last = min(by_s, row[at, LATEST] - within_s)
        if row[at, EARLIEST] <= last:
            return last
    return -1
