"""The linear relaxation of set partitioning over routes, solved by GLOP; each solve goes on from the last.

What a visit is worth can be anything up to its price of being left out while few routes are known. So that price is
capped at first, and raised where the program leaves the visit out (du Merle, Villeneuve, Desrosiers & Hansen 1999,
"Stabilized column generation").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp

from solver.money import TICKS_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solver.problem import Ints

_PARAMETERS = "use_preprocessing: false use_dual_simplex: false"
"""Without preprocessing, the next solve begins at the last basis, which new columns leave feasible."""

_TINY = 1e-7


class Solved(NamedTuple):
    """The ``value`` in ticks, what each visit is ``worth`` (rows,), the ``rent`` of each group's shifts, at most 0."""

    value: int
    worth: Ints
    rent: Ints


class MasterLp:
    """Each visit is in a route or left out; each group of shifts drives no more routes than it has shifts.

    A visit may be in several routes: that is a relaxation, and keeps its worth from being negative.

    Parameters
    ----------
    drop_ticks
        What leaving out each visit costs, (rows,).
    cap_ticks
        What it is said to cost at first, (rows,).
    counts
        How many shifts each group has.
    deterministic_s
        GLOP's deterministic time for each solve, None: as long as it takes.
    """

    def __init__(
        self, drop_ticks: Ints, cap_ticks: Ints, counts: Sequence[int], deterministic_s: float | None = None
    ) -> None:
        limit = "" if deterministic_s is None else f" max_deterministic_time: {deterministic_s}"
        self._parameters = _PARAMETERS + limit
        self._drop, self._cap, self._counts = drop_ticks, np.minimum(cap_ticks, drop_ticks), counts
        self._columns: list[tuple[int, Sequence[int], int]] = []
        self._begin()

    def _begin(self) -> None:
        """Write the program anew, without a basis to begin at."""
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString(self._parameters)
        infinity = self._solver.infinity()
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._groups = [self._solver.Constraint(-infinity, count) for count in self._counts]
        self._rows = [self._solver.Constraint(1, infinity) for _ in self._drop]
        self._left_out = [self._variable(ticks) for ticks in self._cap.tolist()]
        for row, variable in zip(self._rows, self._left_out, strict=True):
            row.SetCoefficient(variable, 1)
        for column in self._columns:
            self._add(*column)

    def _variable(self, ticks: int) -> pywraplp.Variable:
        variable = self._solver.NumVar(0, self._solver.infinity(), "")
        self._objective.SetCoefficient(variable, ticks / TICKS_PER_UNIT)
        return variable

    def add(self, group: int, rows: Sequence[int], ticks: int) -> None:
        """Add a route of a group through the visits of ``rows``; ``ticks`` are what it costs more than staying idle."""
        self._columns.append((group, rows, ticks))
        self._add(group, rows, ticks)

    def _add(self, group: int, rows: Sequence[int], ticks: int) -> None:
        variable = self._variable(ticks)
        self._groups[group].SetCoefficient(variable, 1)
        for row in set(rows):
            self._rows[row].SetCoefficient(variable, rows.count(row))

    def solve(self, seconds_left: Callable[[], float | None]) -> Solved | None:
        """Return the optimum; None where it is not found in the time that is left (None: there is no limit)."""
        while self._is_solved(seconds_left):
            if not self._raise_caps():
                worth, rent = (_ticks(rows) for rows in (self._rows, self._groups))
                value = round(self._objective.Value() * TICKS_PER_UNIT)
                return Solved(value, np.clip(worth, 0, self._drop), np.minimum(rent, 0))
        return None

    def _is_solved(self, seconds_left: Callable[[], float | None]) -> bool:
        if self._is_optimal(seconds_left()):
            return True
        self._begin()  # a basis can be too far gone to go on from
        return self._is_optimal(seconds_left())

    def _is_optimal(self, seconds: float | None) -> bool:
        if seconds is not None:
            self._solver.SetTimeLimit(max(1, int(1000 * seconds)))
        return seconds != 0 and bool(self._solver.Solve() == pywraplp.Solver.OPTIMAL)

    def _raise_caps(self) -> bool:
        """Double the caps that matter; tell whether there were any."""
        is_left_out = np.array([variable.solution_value() > _TINY for variable in self._left_out], np.bool_)
        low = np.flatnonzero(is_left_out & (self._cap < self._drop))
        self._cap[low] = np.minimum(self._drop[low], 2 * self._cap[low] + 1)
        for row in low.tolist():
            self._objective.SetCoefficient(self._left_out[row], int(self._cap[row]) / TICKS_PER_UNIT)
        return len(low) > 0


def _ticks(constraints: Sequence[pywraplp.Constraint]) -> Ints:
    """Return the duals of constraints in ticks."""
    return np.rint([each.dual_value() * TICKS_PER_UNIT for each in constraints]).astype(np.int64)
