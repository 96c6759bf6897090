"""The whole validation, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.validation.ranges import check_ranges
from solver.validation.reserves import check_reserves
from solver.validation.shapes import check_shapes
from solver.validation.shifts import check_shifts
from solver.validation.supply import check_supply
from solver.validation.visits import check_visits

if TYPE_CHECKING:
    from solver.problem import Problem


def validate(problem: Problem, known: Problem | None = None) -> None:
    """Check the whole structure of a problem.

    Parameters
    ----------
    problem
        The problem.
    known
        A valid earlier state of it, of as many places, technicians, shifts and so on: tables and arrays that both
        share are not looked at again.

    Raises
    ------
    ProblemError
        At the first fault, naming array, index and value.
    """
    check_shapes(problem, known)
    check_ranges(problem, known)
    if known is None or problem.shifts is not known.shifts:
        check_shifts(problem, known)
    if known is None or problem.visits is not known.visits:
        check_visits(problem)
    check_supply(problem, known)
    check_reserves(problem)
