"""Buffers: what is to be kept in hand at each visit (``docs/model.md``).

Squares add up along the arcs of a route, and a buffer is no less than the root of their sum. Nothing gets cheaper where
a buffer is larger, so that it is that root, rounded up, wherever this makes a difference.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from solver.exact.variables import DEPOT
from solver.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.variables import Choices, Linear, RouteChoice


def buffers(choices: Choices) -> dict[int, tuple[Linear, Linear]]:
    """Return the buffers at the start and the end of each visit, adding to the model what they need.

    Where nothing depends on a buffer it is 0.
    """
    if not _are_any(choices):
        return dict.fromkeys(choices.visits, (0, 0))
    most = max(_most_squares(choices, route) for route in choices.routes)
    before, after = ({v: choices.model.new_int_var(0, most, f"squares {v}") for v in choices.visits} for _ in range(2))
    for route in choices.routes:
        _add_up(choices, route, before, after, most)
    return {
        v: (
            _root(choices, before[v], most) if _counts_at_start(choices, v) else 0,
            _root(choices, after[v], most) if choices.problem.visits.restore.row(v) else 0,
        )
        for v in choices.visits
    }


def _counts_at_start(choices: Choices, visit: int) -> bool:
    visits = choices.problem.visits
    is_promised = visits.promised_from_s[visit] != NONE
    return bool(visits.response.row(visit) or is_promised or visits.window_ticks_per_s[visit])


def _are_any(choices: Choices) -> bool:
    shifts, visits = choices.problem.shifts, choices.problem.visits
    columns = (shifts.travel_buffer_permille, shifts.head_buffer_s, visits.buffer_permille)
    return bool(choices.routes) and any(bool(np.any(column)) for column in columns)


def _add_up(
    choices: Choices, route: RouteChoice, before: dict[int, IntVar], after: dict[int, IntVar], most: int
) -> None:
    """State along the arcs of a route, and for the work of its visits, that squares add up."""
    model = choices.model
    others = {node: model.new_int_var(0, most, f"squares at {node} of {route.shift}") for node in route.stops}
    reached = {**before, **others}
    left: dict[int, Linear] = {DEPOT: _of_head(choices, route), **after, **others}
    for (i, j), follows in route.follows.items():
        if j != DEPOT:
            model.add(reached[j] >= left[i] + _of_leg(choices, route, i, j)).only_enforce_if(follows)
    for v, serves in route.serves.items():
        model.add(after[v] >= before[v] + _of_work(choices, route, v)).only_enforce_if(serves)


def _root(choices: Choices, squares: IntVar, most: int) -> IntVar:
    """Return a buffer whose square is no less."""
    longest = math.isqrt(most) + 1
    buffer = choices.model.new_int_var(0, longest, "buffer")
    square = choices.model.new_int_var(0, longest * longest, "square of a buffer")
    choices.model.add_multiplication_equality(square, [buffer, buffer])
    choices.model.add(square >= squares)
    return buffer


def _most_squares(choices: Choices, route: RouteChoice) -> int:
    """Return no less than the squares along a route come to: the longest way to each node, and all work."""
    longest: dict[int, int] = {}
    for i, j in route.follows:
        if j != DEPOT:
            longest[j] = max(longest.get(j, 0), _of_leg(choices, route, i, j))
    return _of_head(choices, route) + sum(longest.values()) + sum(_of_work(choices, route, v) for v in route.serves)


def _of_head(choices: Choices, route: RouteChoice) -> int:
    return int(choices.problem.shifts.head_buffer_s[route.shift]) ** 2


def _of_leg(choices: Choices, route: RouteChoice, i: int, j: int) -> int:
    way = choices.leg(route, i, j)
    permille = int(choices.problem.shifts.travel_buffer_permille[route.shift])
    return _square(way.travel_s, permille) if way.is_open else 0


def _of_work(choices: Choices, route: RouteChoice, visit: int) -> int:
    return _square(choices.service_s(route, visit), int(choices.problem.visits.buffer_permille[visit]))


def _square(seconds: int, permille: int) -> int:
    deviation_s: int = (seconds * permille + 500) // 1000
    return deviation_s * deviation_s
