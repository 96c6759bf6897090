"""Windows and release: when a visit may start. Both ends of a window count; no window means any time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import EARLIEST, LATEST, RELEASE, WINDOW_END, WINDOW_FIRST
from solver.jit import inlined

if TYPE_CHECKING:
    from solver.problem import Ints

NEVER = 1 << 40


@inlined
def next_start(visit: Ints, row: Ints, v: int, ready_s: int) -> tuple[int, int]:
    """Return the first allowed start at or after ``ready_s`` and the last one of that window, NEVER if none is left."""
    ready_s = max(ready_s, visit[v, RELEASE])
    first, end = visit[v, WINDOW_FIRST], visit[v, WINDOW_END]
    if first == end:
        return ready_s, NEVER
    for at in range(first, end):
        if ready_s <= row[at, LATEST]:
            return max(ready_s, row[at, EARLIEST]), row[at, LATEST]
    return NEVER, NEVER
