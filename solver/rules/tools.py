"""Tools: a technician has every tool that a visit needs. Tools are not used up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Bools, Problem


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the technician lacks a tool."""
    needed, has = problem.visits.needs_tool, problem.technicians.has_tool
    lacking = np.zeros((len(needed), len(has)), np.bool_)
    for tool in range(needed.shape[1]):
        lacking |= needed[:, tool, None] & ~has[None, :, tool]
    return lacking
