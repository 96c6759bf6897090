"""What can go wrong while planning, apart from faults of documents and travel times.

DispatchError
├── PlanRejectedError    internal_plan_rejected
├── PlanUnfitError       plan_unfit
├── CallUnknownError     call_unknown
├── NotDivisibleError    plan_not_divisible
├── TooManyError         too_many
└── EffortError          effort_too_large
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import suggestion
from dispatch_engine.errors import DispatchError
from dispatch_engine.listing import counted, lines_listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.findings import Finding
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
        super().__init__(
            f"the plan that was found breaks {_listed(violations)}",
            value=len(violations),
            advice="Maybe another seed avoids it; the problem document is what is needed to mend it.",
        )
        self.violations = violations


class PlanUnfitError(DispatchError):
    """A plan breaks rules of its problem, so that nothing can be said of its choices.

    Attributes
    ----------
    findings
        All that is wrong with it.
    """

    code = "plan_unfit"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            f"the plan breaks {_listed(findings)}",
            value=len(findings),
            advice="Maybe the problem was changed after the plan was made: plan it again.",
        )
        self.findings = findings


class CallUnknownError(DispatchError):
    """There is no call of this id in the problem."""

    code = "call_unknown"

    def __init__(self, call: str, problem: ProblemDocument) -> None:
        advice = suggestion(call, [each.id for each in problem.calls], "Maybe it belongs to another day.")
        super().__init__(f"the problem {problem.id} has no call {call}", value=call, advice=advice)


class NotDivisibleError(DispatchError):
    """A plan cannot be divided into regions that are worked on apart."""

    code = "plan_not_divisible"

    def __init__(self, meetings: int) -> None:
        super().__init__(
            f"{counted(meetings, 'meeting')} at which vans hand over parts tie the regions of the plan together",
            value=meetings,
            advice="Maybe plan without an executor, with --threads, or without the meetings.",
        )


class TooManyError(DispatchError):
    """A document names more of something than this server takes."""

    code = "too_many"

    def __init__(self, what: str, found: int, limit: int, pointer: str = "") -> None:
        super().__init__(
            f"the document has {found:,} {what}; this server takes {limit:,}",
            pointer=pointer,
            value=found,
            advice="Maybe split it by territory or day, or use the command line.",
        )


class EffortError(DispatchError):
    """The search is asked to take more time or threads than this server gives."""

    code = "effort_too_large"

    def __init__(self, what: str, asked: float, limit: float) -> None:
        super().__init__(
            f"{what} {asked:g} is more than this server gives, which is {limit:g}",
            value=asked,
            advice="Maybe ask for less here or in the document's policy, or use the command line.",
        )


def _listed(broken: Sequence[Violation | Finding]) -> str:
    return lines_listed(broken, "rule", SHOWN, lambda each: f"[{each.code}] {each.message}")
