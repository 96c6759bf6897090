"""Skills: a technician has every skill that a visit needs, at the level it needs or higher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Bools, Problem


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the technician lacks a skill or its level."""
    needed, level = problem.visits.skill_level, problem.technicians.skill_level
    lacking = np.zeros((len(needed), len(level)), np.bool_)
    for skill in range(needed.shape[1]):
        lacking |= needed[:, skill, None] > level[None, :, skill]
    return lacking
