"""Promises: what an earlier plan or the customer was told has a price to break.

Another technician, a start outside the promised interval, and being dropped are priced separately.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import PROMISED_FROM, PROMISED_TO, RETIME
from solver.jit import shared
from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Ints, Problem, Rows


def ticks(problem: Problem, rows: Rows = slice(None)) -> Ints:
    """Return the price of each pair of some visits (rows, n_technicians): another technician than the promised one."""
    promised = problem.visits.promised_technician[rows]
    other = (promised != NONE)[:, None] & (promised[:, None] != np.arange(len(problem.technicians))[None, :])
    return np.where(other, problem.visits.reassign_ticks[rows, None], 0)


@shared
def retimed_ticks(visit: Ints, v: int, start_s: int, buffer_s: int) -> int:
    """Return the price of starting visit ``v`` at ``start_s``: nothing inside the promised interval less the buffer."""
    earliest = visit[v, PROMISED_FROM]
    if earliest < 0 or earliest <= start_s <= visit[v, PROMISED_TO] - buffer_s:
        return 0
    return visit[v, RETIME]
