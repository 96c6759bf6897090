"""What the solver raises. Infeasible is a result, not an error; these are for wrong input.

SolverError
└── ProblemError    an array of the problem has a wrong shape, type or value
"""

from __future__ import annotations

from typing import ClassVar


class SolverError(Exception):
    """The root of the solver's errors; ``code`` names the kind."""

    code: ClassVar[str] = "solver"


class ProblemError(SolverError):
    """An array of the problem is not as ``solver.problem`` and ``docs/model.md`` want it.

    Attributes
    ----------
    array
        Name of the array, such as ``visits.place``.
    index
        Where in the array: empty for the array as a whole, a row for lists.
    value
        What was found there.
    """

    code: ClassVar[str] = "problem_invalid"

    def __init__(self, array: str, index: tuple[int, ...], value: object, rule: str, advice: str) -> None:
        where = f"{array}[{', '.join(map(str, index))}]" if index else array
        super().__init__(f"{where} is {value}: {rule}. Maybe {advice}.")
        self.array = array
        self.index = index
        self.value = value
