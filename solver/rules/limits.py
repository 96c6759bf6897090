"""Limits of a shift: visits, seconds of driving, metres and duration of the route, the way to the end included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import MAX_DISTANCE, MAX_DRIVING, MAX_DURATION, MAX_VISITS, NO_LIMIT
from solver.jit import inlined
from solver.reasons import Reason

if TYPE_CHECKING:
    from solver.problem import Ints

_NONE = int(Reason.NONE)
_VISITS = int(Reason.MAX_VISITS)
_DRIVING = int(Reason.MAX_DRIVING)
_DISTANCE = int(Reason.MAX_DISTANCE)


@inlined
def exceeded(shift: Ints, s: int, visits: int, driving_s: int, distance_m: int) -> int:
    """Return the reason number of the first limit that is exceeded, 0 for none."""
    if visits > shift[s, MAX_VISITS]:
        return _VISITS
    if driving_s > shift[s, MAX_DRIVING]:
        return _DRIVING
    if distance_m > shift[s, MAX_DISTANCE]:
        return _DISTANCE
    return _NONE


@inlined
def may_be_too_long(shift: Ints, s: int) -> bool:
    """Tell whether the time from departure to end has a limit, so that leaving later is worth more than its wage."""
    return bool(shift[s, MAX_DURATION] < NO_LIMIT)


@inlined
def beyond_s(shift: Ints, s: int, departure_s: int, end_s: int) -> int:
    """Return by how many seconds a route from ``departure_s`` to ``end_s`` is longer than it may be."""
    return int(end_s - departure_s - shift[s, MAX_DURATION])
