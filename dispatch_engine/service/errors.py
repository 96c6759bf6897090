"""Why the service refuses what the board alone would allow.

CommandRefusedError
└── AssignmentRefusedError    assignment_breaks_rule
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.errors import CommandRefusedError

if TYPE_CHECKING:
    from dispatch_engine.planner.explaining import Option


class AssignmentRefusedError(CommandRefusedError):
    """A call is given to a technician by hand only where no hard rule is broken, or where somebody says why it must be.

    Attributes
    ----------
    broken
        The rule that fails, with its code.
    """

    code = "assignment_breaks_rule"

    def __init__(self, call: str, technician: str, broken: Option) -> None:
        super().__init__(
            f"call {call} cannot be given to {technician}: {broken.message} [{broken.code}]",
            pointer="/technician",
            value=technician,
            advice="Maybe choose another candidate, or state an override with the reason.",
        )
        self.broken = broken
