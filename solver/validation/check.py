"""The whole validation, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.validation.ranges import check_ranges
from solver.validation.shapes import check_shapes
from solver.validation.shifts import check_shifts
from solver.validation.supply import check_supply
from solver.validation.visits import check_visits

if TYPE_CHECKING:
    from solver.problem import Problem


def validate(problem: Problem, *, travel_is_known: bool = False) -> None:
    """Check the whole structure of a problem.

    Parameters
    ----------
    problem
        The problem.
    travel_is_known
        Whether the travel was checked with an earlier state of the problem.

    Raises
    ------
    ProblemError
        At the first fault, naming array, index and value.
    """
    check_shapes(problem)
    check_ranges(problem, travel_is_known=travel_is_known)
    check_shifts(problem)
    check_visits(problem)
    check_supply(problem)
