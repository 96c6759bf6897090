"""What can go wrong with pick lists, apart from faults of documents and tables.

DispatchError
├── NightUnknownError     night_unknown
├── NightPlanError        night_plan_missing
└── NightPlanOtherError   night_plan_of_another
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.errors import DispatchError
from dispatch_engine.listing import names_listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class NightUnknownError(DispatchError):
    """The pick list is for a night of the document: the one before its first working day, or one after that."""

    code = "night_unknown"

    def __init__(self, night: date | None, problem: str, days: Sequence[date]) -> None:
        asked = "no night" if night is None else f"no night of {night}"
        why = f"its shifts are from {days[0]} to {days[-1]}" if days else "it has no shifts"
        message = f"there is {asked} in the problem {problem}: {why}"
        super().__init__(message, value=str(night or ""), advice="Maybe another --night, or another document.")


class NightPlanError(DispatchError):
    """Vans are loaded with what their next routes need, so a plan has to say what that is."""

    code = "night_plan_missing"

    def __init__(self, problem: str) -> None:
        message = f"the policy of the problem {problem} loads what the next routes need, and no plan says what that is"
        super().__init__(message, value="need", advice="Maybe name the plan: --plan PLAN.")


class NightPlanOtherError(DispatchError):
    """The plan names calls, shifts or stock locations that the problem does not have."""

    code = "night_plan_of_another"

    def __init__(self, problem: str, unknown: Sequence[str]) -> None:
        message = f"the plan names what the problem {problem} does not have: {names_listed(unknown)}"
        super().__init__(
            message, value=len(unknown), advice="Maybe the plan belongs to another document: plan it again."
        )
