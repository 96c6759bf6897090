"""The checker: an independent reading of ``docs/model.md`` in plain Python.

It imports the data classes alone (``problem``, ``solution``, ``money``, ``reasons``) and shares no code with what
makes plans, so that an error in one is not repeated in the other. It is written to be read beside the model, not
to be fast. It does not judge whether a plan is good, and it does not validate the problem: the arrays are taken to
fit together.
"""

from solver.checker.check import check
from solver.checker.report import CheckReport, RouteFigures, Violation

__all__ = ["CheckReport", "RouteFigures", "Violation", "check"]
