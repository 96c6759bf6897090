"""What a route keeps in hand too little: the buffers of its stops, from the problem and the order alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.checker.reading import RouteReading


def buffers_s(reading: RouteReading) -> list[tuple[int, int]]:
    """Return for each stop what is to be kept in hand when it begins and when it ends; nothing for facts."""
    shifts, permille = reading.problem.shifts, reading.problem.visits.buffer_permille
    of_travel = int(shifts.travel_buffer_permille[reading.shift])
    squares = int(shifts.head_buffer_s[reading.shift]) ** 2
    found = [(0, 0)] * reading.n_facts
    for position in reading.decided:
        stop = reading.stops[position]
        squares += _deviation_s(reading.legs[position].travel_s, of_travel) ** 2
        begun = squares
        if stop.is_visit:
            squares += _deviation_s(reading.services_s[position], int(permille[stop.visit])) ** 2
        found.append((_root_above(begun), _root_above(squares)))
    return found


def _deviation_s(seconds: int, permille: int) -> int:
    """Return how much longer something may take, to the nearest second, a half upwards."""
    return (2 * seconds * permille + 1000) // 2000


def _root_above(square: int) -> int:
    """Return the root, rounded up."""
    root = math.isqrt(square)
    return root if root * root == square else root + 1
