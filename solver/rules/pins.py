"""Pins, a ladder: free, technician fixed, order fixed, start fixed.

A fixed start is a window of one instant (``solver.tables``); the technician is a rule on pairs; shift and order are
looked at along the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import PIN_RANK, PIN_SHIFT
from solver.jit import inlined
from solver.problem import FREE, NONE

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the visit is pinned to another technician."""
    visits = problem.visits
    named = visits.pin_shift != NONE
    by_shift = visits.pin_technician.copy()
    by_shift[named] = problem.shifts.technician[visits.pin_shift[named]]
    pinned = (visits.pin_level != FREE) & (by_shift != NONE)
    return pinned[:, None] & (by_shift[:, None] != np.arange(len(problem.technicians))[None, :])


@inlined
def shift_allows(visit: Ints, v: int, s: int) -> bool:
    """Tell whether visit ``v`` may be on shift ``s``."""
    return visit[v, PIN_SHIFT] < 0 or visit[v, PIN_SHIFT] == s


@inlined
def order_holds(visit: Ints, v: int, last_rank: int) -> bool:
    """Tell whether the rank of visit ``v`` may follow the highest rank ahead of it."""
    return visit[v, PIN_RANK] < 0 or visit[v, PIN_RANK] > last_rank
