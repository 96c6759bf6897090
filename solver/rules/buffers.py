"""Buffers: visits are judged late at the time by which they have begun or ended with a wanted probability.

Each drive and each work has a deviation: how much longer than expected it takes at that probability. They are
independent of each other, so that their squares add up along a route. The root of that sum, in whole seconds and
rounded up, is the buffer: what lies between the time that is expected and the one that is to be reckoned with. It is
exact for the first drive, and for sums of normal durations. Waiting is not taken off it. Facts have none.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from solver.columns import DOWNTIME_FROM, DOWNTIME_RATE, LATEST, TRAVEL_BUFFER, WINDOW_END, WINDOW_RATE
from solver.jit import inlined, shared

if TYPE_CHECKING:
    from solver.problem import Ints, Problem
    from solver.solution import Route


@shared
def more_variance(variance: int, seconds: int, permille: int) -> int:
    """Return the sum of squares with that of one more drive or work of so many seconds."""
    deviation = (seconds * permille + 500) // 1000
    return variance + deviation * deviation


@shared
def root(square: int) -> int:
    """Return the least integer whose square is no less."""
    if square == 0:
        return 0
    found = int(math.sqrt(square))
    while found * found < square:
        found += 1
    while (found - 1) * (found - 1) >= square:
        found -= 1
    return found


@inlined
def downtime_ticks(stop: Ints, x: int, end: int) -> int:
    """Return what the customer's downtime costs, which is reckoned to the time that is expected."""
    return stop[x, DOWNTIME_RATE] * max(0, end - stop[x, DOWNTIME_FROM])


@shared
def window_ticks(stop: Ints, row: Ints, x: int, start: int, before: int) -> int:
    """Return the price of what a start with its buffer lies behind the last window; without a buffer it cannot."""
    if before == 0 or stop[x, WINDOW_RATE] == 0:
        return 0
    return stop[x, WINDOW_RATE] * max(0, start + before - row[stop[x, WINDOW_END] - 1, LATEST])


@inlined
def may_shrink(shift: Ints, s: int, past_s: int, by_s: int, legs: int, work_s: int) -> bool:
    """Tell whether the buffer behind a detour might be less than on the way straight on.

    The detour drives ``by_s`` in so many legs in place of ``past_s``, with work of which ``work_s`` is the deviation.
    """
    permille = shift[s, TRAVEL_BUFFER]
    if permille == 0:
        return False
    straight = past_s * permille // 1000 + 1
    leg = max(0, by_s * permille // (1000 * legs) - 1)
    return bool(straight * straight > legs * leg * leg + work_s * work_s)


class Buffers(NamedTuple):
    """Of one stop: seconds to be kept in hand at its ``start_s`` and its ``end_s``."""

    start_s: int
    end_s: int


NO_BUFFERS = Buffers(0, 0)


def buffers_of(problem: Problem, route: Route) -> list[Buffers]:
    """Return the buffers of each stop of a timed route."""
    shifts, visits = problem.shifts, problem.visits
    permille, head_s = int(shifts.travel_buffer_permille[route.shift]), int(shifts.head_buffer_s[route.shift])
    if permille == head_s == 0 and not visits.buffer_permille.any():
        return [NO_BUFFERS] * len(route.stops)
    variance, found = head_s * head_s, []
    for stop in route.stops:
        if stop.is_fact:
            found.append(NO_BUFFERS)
            continue
        variance = int(more_variance(variance, stop.travel_s, permille))
        start_s = int(root(variance))
        if stop.is_visit:
            work = int(visits.buffer_permille[stop.visit])
            variance = int(more_variance(variance, stop.end_s - stop.start_s, work))
        found.append(Buffers(start_s, int(root(variance))))
    return found
