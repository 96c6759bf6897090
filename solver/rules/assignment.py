"""All rules on the pair of a visit and a technician together: which one fails first, and what the pair costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.reasons import Reason
from solver.rules import pins, promises, skills, technicians, territories, tools

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints, Problem

HARD = (
    (Reason.SKILL, skills.failing),
    (Reason.TOOL, tools.failing),
    (Reason.TECHNICIAN, technicians.failing),
    (Reason.TERRITORY, territories.failing),
    (Reason.PIN, pins.failing),
)
"""The hard rules on pairs, in the order in which they are named."""

PRICED = {"preference": technicians.ticks, "territory": territories.ticks, "reassigned": promises.ticks}
"""The priced rules on pairs, by the term of the cost to which they belong."""


def failing(problem: Problem) -> NDArray[np.int8]:
    """Return for each pair (n_visits, n_technicians) the number of the first reason against it, 0 for none."""
    first = np.zeros((problem.n_visits, len(problem.technicians)), np.int8)
    for reason, fails in reversed(HARD):
        first[fails(problem)] = int(reason)
    return first


def ticks(problem: Problem) -> Ints:
    """Return the cost of each pair (n_visits, n_technicians) as far as it depends on the pair alone."""
    total = np.zeros((problem.n_visits, len(problem.technicians)), np.int64)
    for price in PRICED.values():
        total += price(problem)
    return total
