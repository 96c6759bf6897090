"""What depends on a visit and a technician alone: how long it takes, and what that assignment costs or forbids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solver.columns import ASSIGN, SERVICE
from solver.joining import taken
from solver.money import FORBIDDEN
from solver.rules import assignment

if TYPE_CHECKING:
    from solver.problem import Ints, Problem


def pair_table(problem: Problem) -> Ints:
    """Return (n_visits, n_technicians, 2): SERVICE seconds and ASSIGN ticks, FORBIDDEN where a rule fails."""
    table = np.empty((problem.n_visits, len(problem.technicians), 2), np.int64)
    table[:, :, SERVICE] = problem.visits.service_s
    table[:, :, ASSIGN] = np.where(assignment.failing(problem) > 0, FORBIDDEN, assignment.ticks(problem))
    return table


def joined_pairs(problem: Problem, kept: Ints, rows: Ints, at: Ints) -> Ints:
    """Return the table of a problem of which only some visits are other than before.

    Parameters
    ----------
    problem
        As it is now. Its technicians are who they were, but for their stock.
    kept
        The table before.
    rows
        The row before of each visit, any where it is new.
    at
        The visits that are new or other.
    """
    table = kept[rows]
    if len(at):
        table[at] = pair_table(replace(problem, visits=taken(problem.visits, at)))
    return table
