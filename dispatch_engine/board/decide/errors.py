"""Further reasons to refuse a command, each a ``CommandRefusedError``.

CommandRefusedError
├── VisitBegunError           visit_begun
├── IdChangedError            id_changed
├── ShiftBegunError           shift_begun
├── FactsStatedError          facts_stated
├── IdTakenError              id_taken
├── AbsenceOrderError         absence_order
├── TechnicianBusyError       technician_busy
├── TechnicianNeededError     technician_needed
├── NothingSaidError          nothing_said
├── DelayUnclearError         delay_unclear
├── StockLimitError           stock_limit
└── LocationInUseError        location_in_use
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.errors import CommandRefusedError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class VisitBegunError(CommandRefusedError):
    """A technician is under way to the call or on its site, which nobody else is given meanwhile."""

    code = "visit_begun"

    def __init__(self, call: str, technician: str, status: str) -> None:
        super().__init__(
            f"{technician} is {status} for call {call}",
            pointer="/call",
            value=call,
            advice="Maybe take the order back first: recall the call by its id.",
        )


class IdChangedError(CommandRefusedError):
    """An id is for ever."""

    code = "id_changed"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the id of {name} cannot be changed",
            pointer="/changes/id",
            value=name,
            advice="Maybe cancel or remove it, and create another one.",
        )


class ShiftBegunError(CommandRefusedError):
    """Something has happened on the shift, so that it cannot be taken away."""

    code = "shift_begun"

    def __init__(self, technician: str, shift: str) -> None:
        super().__init__(
            f"shift {shift} of {technician} has begun",
            pointer="/technician/shifts",
            value=shift,
            advice="Maybe end it: the technician signs off.",
        )


class FactsStatedError(CommandRefusedError):
    """What has happened on a shift is reported to a board, not stated with the shift."""

    code = "facts_stated"

    def __init__(self, shift: str, pointer: str) -> None:
        super().__init__(
            f"shift {shift} says what has happened on it",
            pointer=pointer,
            value=shift,
            advice="Maybe leave its facts out, and report the visits.",
        )


class IdTakenError(CommandRefusedError):
    """A technician and a provider do not have the same id."""

    code = "id_taken"

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(
            f"{name} is the id of a {kind}",
            pointer=f"/{'provider' if kind == 'technician' else 'technician'}/id",
            value=name,
            advice="Maybe use another id.",
        )


class AbsenceOrderError(CommandRefusedError):
    """An absence ends after it begins."""

    code = "absence_order"

    def __init__(self, since: datetime, until: datetime) -> None:
        super().__init__(
            f"the absence ends {until.isoformat()} and begins {since.isoformat()}",
            pointer="/until",
            value=until.isoformat(),
            advice="Maybe the two were swapped.",
        )


class TechnicianBusyError(CommandRefusedError):
    """The technician is under way or on a site, and cannot be removed meanwhile."""

    code = "technician_busy"

    def __init__(self, technician: str, call: str) -> None:
        super().__init__(
            f"{technician} has set out for call {call}",
            pointer="/technician",
            value=technician,
            advice="Maybe report the end of the visit first, or recall it.",
        )


class TechnicianNeededError(CommandRefusedError):
    """A call can be served by this technician only."""

    code = "technician_needed"

    def __init__(self, technician: str, call: str) -> None:
        super().__init__(
            f"call {call} requires {technician}",
            pointer="/technician",
            value=technician,
            advice="Maybe change the required technicians of the call first.",
        )


class NothingSaidError(CommandRefusedError):
    """A report or estimate says nothing."""

    code = "nothing_said"

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(f"none of {', '.join(fields)} is given", advice=f"Maybe give one of {', '.join(fields)}.")


class DelayUnclearError(CommandRefusedError):
    """A delay is stated by its length, or by when the technician is free."""

    code = "delay_unclear"

    def __init__(self) -> None:
        super().__init__("neither or both of delay and free_at are given", advice="Maybe give one of the two.")


class StockLimitError(CommandRefusedError):
    """A van or stock location holds a million pieces of a part at most."""

    code = "stock_limit"

    def __init__(self, part: str, pieces: int, limit: int) -> None:
        super().__init__(
            f"there would be {pieces:,} pieces of part {part}; the limit is {limit:,}",
            pointer="/parts",
            value=part,
            advice="Maybe the number is mistyped.",
        )


class LocationInUseError(CommandRefusedError):
    """Vans are loaded overnight at the stock location."""

    code = "location_in_use"

    def __init__(self, location: str, technician: str) -> None:
        super().__init__(
            f"the van of {technician} is loaded at {location} overnight",
            pointer="/location",
            value=location,
            advice="Maybe change where the van is loaded first.",
        )
