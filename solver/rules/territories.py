"""Territories: a visit's territory as the technician's home, required, preferred at a price, or ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.problem import NONE, TERRITORY_PREFERRED, TERRITORY_REQUIRED

if TYPE_CHECKING:
    from solver.problem import Bools, Ints, Problem, Rows


def _away_from_home(problem: Problem, rows: Rows = slice(None)) -> Bools:
    territory = problem.visits.territory[rows]
    away = np.zeros((len(territory), len(problem.technicians)), np.bool_)
    inside = territory != NONE
    away[inside] = ~problem.technicians.home_territory[:, territory[inside]].T
    return away


def failing(problem: Problem) -> Bools:
    """Tell for each pair (n_visits, n_technicians) whether the required home territory is another."""
    return (problem.visits.territory_rule == TERRITORY_REQUIRED)[:, None] & _away_from_home(problem)


def ticks(problem: Problem, rows: Rows = slice(None)) -> Ints:
    """Return the price of each pair of some visits: working outside the home territory where that is preferred."""
    preferred = (problem.visits.territory_rule[rows] == TERRITORY_PREFERRED)[:, None]
    return np.where(preferred & _away_from_home(problem, rows), problem.visits.territory_ticks[rows, None], 0)
