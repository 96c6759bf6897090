"""Breaks: due ones are taken in their windows, in order, in the gaps between stops and never inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import BREAK_END, BREAK_FIRST, DURATION, EARLIEST, LATEST, PAID
from solver.jit import inlined

if TYPE_CHECKING:
    from solver.problem import Ints


@inlined
def is_due(shift: Ints, row: Ints, s: int, taken: int, end_s: int) -> bool:
    """Tell whether the first break not taken yet is missed by a route that goes on until ``end_s``."""
    at = shift[s, BREAK_FIRST] + taken
    return at < shift[s, BREAK_END] and end_s > row[at, LATEST]


@inlined
def comes_later(shift: Ints, row: Ints, s: int, at: int, start_s: int, end_s: int) -> bool:
    """Tell whether break ``at`` is better taken after a stop from ``start_s`` to ``end_s`` than waited for before it.

    It must still be in time then, and so must the next break after it.
    """
    if start_s >= row[at, EARLIEST] or end_s > row[at, LATEST]:
        return False
    taken = max(end_s, row[at, EARLIEST]) + row[at, DURATION]
    return at + 1 == shift[s, BREAK_END] or taken <= row[at + 1, LATEST]


@inlined
def take_break(
    row: Ints, at: int, since_s: int, ready_s: int, free_s: int, pause_s: int, unpaid_s: int, room_s: int
) -> tuple[int, int, int, int, int]:
    """Take break ``at`` in a gap that began at ``since_s``: the new (ready, free, pause, unpaid, room) in seconds.

    ``ready_s`` when the next stop could begin, ``free_s`` when the break can begin (within its window, the caller looks
    at that), ``pause_s`` and ``unpaid_s`` of the breaks so far, ``room_s`` by which the gap may move later.
    """
    duration = row[at, DURATION]
    return (
        max(ready_s, row[at, EARLIEST]) + duration,
        free_s + duration,
        pause_s + duration,
        unpaid_s + duration * (1 - row[at, PAID]),
        min(room_s, row[at, LATEST] - since_s - pause_s),
    )
