"""Tools: a technician has every tool that a visit needs, or borrows it on the way. Tools are not used up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Bools, Problem


def is_lent(problem: Problem) -> Bools:
    """Tell for each tool (n_tools,) whether some stock location lends it."""
    return np.asarray((problem.stock.tools > 0).any(axis=0))


def can_have(problem: Problem) -> Bools:
    """Tell for each technician (n_technicians, n_tools) whether he has a tool or a location open to him lends it."""
    lends = (problem.stock.tools > 0).astype(np.int64)
    borrowed: Bools = problem.stock.may_restock.astype(np.int64) @ lends > 0
    return problem.technicians.has_tool | borrowed


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the technician can have no tool of a kind it needs."""
    needed, has = problem.visits.needs_tool, can_have(problem)
    lacking = np.zeros((len(needed), len(has)), np.bool_)
    for tool in range(needed.shape[1]):
        lacking |= needed[:, tool, None] & ~has[None, :, tool]
    return lacking
