"""Required, preferred and excluded technicians of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem, Rows


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the technician is excluded, or others are required."""
    visits = problem.visits
    others_required = visits.required.any(axis=1, keepdims=True) & ~visits.required
    return visits.excluded | others_required


def ticks(problem: Problem, rows: Rows = slice(None)) -> Ints:
    """Return the (negative) price of each pair of some visits: the bonus of a preferred technician."""
    return np.where(problem.visits.preferred[rows], -problem.visits.preference_ticks[rows, None], 0)
