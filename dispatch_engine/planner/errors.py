"""What can go wrong while planning, apart from faults of documents and travel times.

DispatchError
└── PlanRejectedError    internal_plan_rejected
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from solver.checker import Violation

SHOWN = 10


class PlanRejectedError(DispatchError):
    """The engine made a plan that breaks a rule, and did not hand it out; it is a fault of the program.

    Attributes
    ----------
    violations
        All rules that the plan breaks.
    """

    code = "internal_plan_rejected"

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        shown = "".join(f"\n  [{each.code}] {each.message}" for each in violations[:SHOWN])
        rest = len(violations) - SHOWN
        count = "1 rule" if len(violations) == 1 else f"{len(violations)} rules"
        super().__init__(
            f"the plan that was found breaks {count}:{shown}" + (f"\n  and {rest} more" if rest > 0 else ""),
            value=len(violations),
            advice="Maybe another seed avoids it; the problem document is what is needed to mend it.",
        )
        self.violations = violations
