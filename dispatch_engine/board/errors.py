"""Why a command is refused. The board is as it was; each class's docstring is what the page of codes says.

DispatchError
├── EventUnknownError             event_unknown
├── EventBrokenError              event_broken
├── CommandUnknownError           command_unknown
├── RevisionUnknownError          revision_unknown
└── CommandRefusedError
    ├── BoardExistsError          board_exists
    ├── BoardNotOpenError         board_not_open
    ├── ThingUnknownError
    │   ├── CallNotThereError     call_not_there
    │   ├── TechnicianNotThereError  technician_not_there
    │   ├── ShiftNotThereError    shift_not_there
    │   ├── LocationNotThereError location_not_there
    │   └── MeetingNotThereError  meeting_not_there
    ├── CallExistsError           call_exists
    ├── CallClosedError           call_closed
    ├── CallNotPlannedError       call_not_planned
    ├── MergeError                merge_circular
    ├── ReportTooEarlyError       clock_ahead
    ├── ReportTooOldError         report_too_old
    ├── VisitNotBegunError        visit_not_begun
    ├── TargetError               stock_target
    ├── OverlapError              shift_overlap
    └── (further refusals)        dispatch_engine.board.decide.errors
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import suggestion
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta


class EventUnknownError(DispatchError):
    """The log has an event that this version of the engine does not know."""

    code = "event_unknown"

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(
            f"the log has an event {kind} of version {version}",
            value=kind,
            advice="Maybe a later version of the engine wrote it: use that one.",
        )


class EventBrokenError(DispatchError):
    """The log has an event that does not have the shape of its type and version."""

    code = "event_broken"

    def __init__(self, kind: str, version: int) -> None:
        super().__init__(
            f"an event {kind} of version {version} in the log cannot be read",
            value=kind,
            advice="Maybe the log was changed by hand: verify its chain of hashes.",
        )


class CommandUnknownError(DispatchError):
    """There is no command of this type."""

    code = "command_unknown"

    def __init__(self, kind: str, known: Collection[str]) -> None:
        advice = suggestion(kind, known, f"Maybe one of {', '.join(sorted(known))}.")
        super().__init__(f"there is no command {kind[:80]}", pointer="/type", value=kind[:80], advice=advice)


class RevisionUnknownError(DispatchError):
    """The board never was at this revision."""

    code = "revision_unknown"

    def __init__(self, board: str, revision: int, latest: int) -> None:
        super().__init__(
            f"board {board} has no revision {revision}",
            value=revision,
            advice=f"Maybe a revision from 1 to {latest} was meant.",
        )


class CommandRefusedError(DispatchError):
    """A board cannot do what it is asked for."""

    code = "command_refused"


class BoardExistsError(CommandRefusedError):
    """A board is opened once only."""

    code = "board_exists"

    def __init__(self) -> None:
        super().__init__("the board is open already", advice="Maybe another id was meant, or a command to change it.")


class BoardNotOpenError(CommandRefusedError):
    """There is no such board yet."""

    code = "board_not_open"

    def __init__(self) -> None:
        super().__init__("there is no such board", advice="Maybe open it first with a problem document.")


class ThingUnknownError(CommandRefusedError):
    """The board has nothing of this id."""

    code = "thing_unknown"
    thing = "thing"

    def __init__(self, name: str, known: Collection[str], pointer: str) -> None:
        advice = suggestion(name, known, f"Maybe the {self.thing} is on another board, or was never created.")
        super().__init__(f"the board has no {self.thing} {name}", pointer=pointer, value=name, advice=advice)


class CallNotThereError(ThingUnknownError):
    """The board has no call of this id."""

    code, thing = "call_not_there", "call"


class TechnicianNotThereError(ThingUnknownError):
    """The board has no technician or provider of this id."""

    code, thing = "technician_not_there", "technician"


class ShiftNotThereError(ThingUnknownError):
    """The technician has no such shift on the board, or none around that time."""

    code, thing = "shift_not_there", "shift"


class LocationNotThereError(ThingUnknownError):
    """The board has no stock location of this id."""

    code, thing = "location_not_there", "stock location"


class MeetingNotThereError(ThingUnknownError):
    """The board has no meeting of this id."""

    code, thing = "meeting_not_there", "meeting"


class CallExistsError(CommandRefusedError):
    """There is a call of this id already."""

    code = "call_exists"

    def __init__(self, call: str) -> None:
        advice = "Maybe the call was sent twice: repeat a request with its idempotency key, or change the call."
        super().__init__(f"the board has a call {call} already", pointer="/call/id", value=call, advice=advice)


class CallClosedError(CommandRefusedError):
    """The visit of the call is over, or the call was cancelled."""

    code = "call_closed"

    def __init__(self, call: str, status: str) -> None:
        advice = "Maybe a new call is needed."
        super().__init__(f"call {call} is {status}", pointer="/call", value=status, advice=advice)


class CallNotPlannedError(CommandRefusedError):
    """The call has no place in the running plan, so there is nothing of it to be fixed."""

    code = "call_not_planned"

    def __init__(self, call: str, pointer: str = "/call") -> None:
        advice = "Maybe name the technician, and for order and start the shift and the time too."
        super().__init__(f"call {call} is not planned", pointer=pointer, value=call, advice=advice)


class MergeError(CommandRefusedError):
    """A call is merged into another one that is open."""

    code = "merge_circular"

    def __init__(self, call: str) -> None:
        advice = "Maybe the other call was meant."
        super().__init__(f"call {call} cannot be merged into itself", pointer="/into", value=call, advice=advice)


class ReportTooEarlyError(CommandRefusedError):
    """What is reported lies in the future, further than the board's rules allow for clocks that are ahead."""

    code = "clock_ahead"

    def __init__(self, at: datetime, now: datetime) -> None:
        advice = "Maybe the phone's clock is ahead, or its offset from UTC is wrong."
        super().__init__(
            f"the report is of {at.isoformat()}, and now it is {now.isoformat()}",
            pointer="/at",
            value=at.isoformat(),
            advice=advice,
        )


class ReportTooOldError(CommandRefusedError):
    """What is reported happened longer ago than the board's rules allow."""

    code = "report_too_old"

    def __init__(self, at: datetime, oldest: timedelta) -> None:
        advice = "Maybe the phone's clock is a day behind."
        super().__init__(
            f"the report is of {at.isoformat()}, more than {oldest} ago",
            pointer="/at",
            value=at.isoformat(),
            advice=advice,
        )


class VisitNotBegunError(CommandRefusedError):
    """Nobody is on the way to the call or on its site, so that no arrival or end can be expected."""

    code = "visit_not_begun"

    def __init__(self, call: str, status: str) -> None:
        advice = "Maybe give the duration of the work instead."
        super().__init__(f"the visit of call {call} is {status}", pointer="/call", value=status, advice=advice)


class TargetError(CommandRefusedError):
    """Stock is counted in a technician's van or at a stock location: name one of the two."""

    code = "stock_target"

    def __init__(self) -> None:
        super().__init__(
            "neither or both of technician and location are named", advice="Maybe send a count for each of the two."
        )


class OverlapError(CommandRefusedError):
    """Shifts of a technician do not overlap."""

    code = "shift_overlap"

    def __init__(self, shift: str, other: str) -> None:
        advice = "Maybe change the other shift, or use its id."
        super().__init__(
            f"shift {shift} overlaps with shift {other} of the same technician",
            pointer="/shift",
            value=shift,
            advice=advice,
        )
