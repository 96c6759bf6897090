"""Why the service refuses what the board alone would allow.

DispatchError
├── CrewsBusyError                crews_busy
└── CommandRefusedError
    ├── AssignmentRefusedError    assignment_breaks_rule
    └── TechnicianElsewhereError  technician_elsewhere
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.errors import CommandRefusedError
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from dispatch_engine.planner.explaining import Option

RETRY_AFTER_S = 5.0


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


class TechnicianElsewhereError(CommandRefusedError):
    """A technician works on one board at a time: shifts of the same id on two boards do not overlap."""

    code = "technician_elsewhere"

    def __init__(self, technician: str, shift: str, board: str, other: str, pointer: str) -> None:
        super().__init__(
            f"shift {shift} of {technician} overlaps with shift {other} of the same technician on board {board}",
            pointer=pointer,
            value=technician,
            advice="Maybe cancel or shorten the shift there, or use another id if it is somebody else.",
        )


class CrewsBusyError(DispatchError):
    """Another process brings in shifts and does not come to an end.

    Attributes
    ----------
    retry_after_s
        Seconds after which another try is worth it.
    """

    code = "crews_busy"

    def __init__(self) -> None:
        advice = "Maybe try again in a while, or restart that process."
        super().__init__("another server process is bringing in shifts", advice=advice)
        self.retry_after_s = RETRY_AFTER_S
