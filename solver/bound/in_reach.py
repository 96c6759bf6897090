"""Who cannot have the parts of a visit at all: his van does not hold them, and he can get them nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import ASSIGN
from solver.money import FORBIDDEN
from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem
    from solver.tables import Tables


def parts_in_reach(problem: Problem, tables: Tables) -> Tables:
    """Return the tables with visits forbidden to those who cannot have the parts for any way of serving them."""
    able = _holds(problem, problem.visits.parts)
    np.logical_or.at(able, problem.sourcings.visit, _holds(problem, problem.sourcings.parts))
    pair = tables.pair.copy()
    pair[~able & _has_only_the_van(problem), ASSIGN] = FORBIDDEN
    return tables._replace(pair=pair)


def _holds(problem: Problem, parts: Ints) -> Bools:
    """Tell for each row of ``parts`` (rows, n_parts) whose van (n_technicians,) holds them all."""
    stock = problem.technicians.stock
    holds = np.ones((len(parts), len(stock)), np.bool_)
    for part in range(parts.shape[1]):
        holds &= parts[:, part, None] <= stock[None, :, part]
    return holds


def _has_only_the_van(problem: Problem) -> Bools:
    """Tell who (n_technicians,) can neither restock nor meet anyone, nor load anything in a night."""
    has_more: Bools = np.asarray(problem.stock.may_restock.any(axis=1) | problem.meetings.may_meet.any(axis=1))
    shifts = problem.shifts
    has_more[shifts.technician[shifts.overnight_location != NONE]] = True
    return ~has_more
