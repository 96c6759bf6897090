"""Limits of a shift: number of visits, seconds of driving, metres of the whole route, the way to the end included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import MAX_DISTANCE, MAX_DRIVING, MAX_VISITS
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
