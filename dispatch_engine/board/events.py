"""What happened on a board: one model an event, told apart by ``type``. Each is enough to fold without its command.

A stored event carries the version of its shape. A new shape gets a new version and a step in `upcasting`, so that old
logs are read for ever.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.state import Absence, Position
from dispatch_engine.board.visit_status import ReportedStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call, Pin, Promise
from dispatch_engine.model.facts import Resume
from dispatch_engine.model.fields import Count, Id, Instant, Pieces, Quantity, Text
from dispatch_engine.model.plan import Cost, Route, UnplannedCall
from dispatch_engine.model.policy import Policy
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Provider, Shift, Technician


class BoardOpened(Model):
    """A board began with this document."""

    type: Literal["board_opened"] = "board_opened"
    document: ProblemDocument
    rules: BoardRules


class CallCreated(Model):
    """A call came in."""

    type: Literal["call_created"] = "call_created"
    call: Call


class CallChanged(Model):
    """A call is this from now on."""

    type: Literal["call_changed"] = "call_changed"
    call: Call


class CallCancelled(Model):
    """A call needs no visit any more."""

    type: Literal["call_cancelled"] = "call_cancelled"
    call: Id
    reason: Text | None = None
    merged_into: Id | None = None


class TechnicianSet(Model):
    """A technician is this from now on."""

    type: Literal["technician_set"] = "technician_set"
    technician: Technician


class ProviderSet(Model):
    """A provider is this from now on."""

    type: Literal["provider_set"] = "provider_set"
    provider: Provider


class ShiftSet(Model):
    """A shift is this from now on."""

    type: Literal["shift_set"] = "shift_set"
    technician: Id
    shift: Shift


class ShiftCancelled(Model):
    """A shift that had not begun is no more."""

    type: Literal["shift_cancelled"] = "shift_cancelled"
    technician: Id
    shift: Id


class SignedOn(Model):
    """A technician began a shift."""

    type: Literal["signed_on"] = "signed_on"
    technician: Id
    shift: Id
    at: Instant


class SignedOff(Model):
    """A technician ended a shift."""

    type: Literal["signed_off"] = "signed_off"
    technician: Id
    shift: Id
    at: Instant


class AbsenceSet(Model):
    """A technician cannot work then; None: can work again."""

    type: Literal["absence_set"] = "absence_set"
    technician: Id
    absence: Absence | None


class VisitReported(Model):
    """How far a visit has come; ``is_late`` where a later report was there before, so that only gaps are filled."""

    type: Literal["visit_reported"] = "visit_reported"
    call: Id
    technician: Id
    shift: Id | None
    status: ReportedStatus
    at: Instant
    sequence: Count | None = None
    expected_at: Instant | None = None
    reason: Text | None = None
    is_late: bool = False
    follow_up: Id | None = None
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces in the van that are set aside for it from now on, by part."""


class Estimated(Model):
    """When a visit is expected to end, or its technician to arrive."""

    type: Literal["estimated"] = "estimated"
    call: Id
    ends_at: Instant | None = None
    arrives_at: Instant | None = None


class PositionReported(Model):
    """Where a technician is."""

    type: Literal["position_reported"] = "position_reported"
    technician: Id
    position: Position
    sequence: Count | None = None


class BreakTaken(Model):
    """A technician takes the next break of the shift, and is free there and then."""

    type: Literal["break_taken"] = "break_taken"
    technician: Id
    shift: Id
    at: Instant
    resume: Resume


class StockMoved(Model):
    """Pieces by part came to a van or stock location, or went (negative)."""

    type: Literal["stock_moved"] = "stock_moved"
    technician: Id | None = None
    location: Id | None = None
    pieces: dict[Id, int]
    cause: Literal["used", "missing", "received"]
    call: Id | None = None


class StockCounted(Model):
    """What a van or stock location holds of these parts."""

    type: Literal["stock_counted"] = "stock_counted"
    technician: Id | None = None
    location: Id | None = None
    stock: dict[Id, Pieces]


class CallPinned(Model):
    """What may not change of a call; None: nothing."""

    type: Literal["call_pinned"] = "call_pinned"
    call: Id
    pin: Pin | None
    override: Text | None = None
    """Why rules are broken by it."""


class PolicySet(Model):
    """The optimiser's prices and rules from now on."""

    type: Literal["policy_set"] = "policy_set"
    policy: Policy


class RulesSet(Model):
    """The board's rules from now on."""

    type: Literal["rules_set"] = "rules_set"
    rules: BoardRules


class Promised(Model):
    """What customers were told; None: they were told that it does not hold any more."""

    type: Literal["promised"] = "promised"
    promises: dict[Id, Promise | None]


class Recalled(Model):
    """Orders that nobody had set out for were taken back."""

    type: Literal["recalled"] = "recalled"
    calls: tuple[Id, ...]


class TimePassed(Model):
    """Nothing happened but time."""

    type: Literal["time_passed"] = "time_passed"


class DayEnded(Model):
    """Calls that are closed and shifts that are over left the board; the log keeps them."""

    type: Literal["day_ended"] = "day_ended"
    calls: tuple[Id, ...]
    shifts: tuple[tuple[Id, Id], ...]


class PlanPublished(Model):
    """The plan from now on, as the difference to the one before."""

    type: Literal["plan_published"] = "plan_published"
    cause: Literal["repair", "improvement"]
    routes: tuple[Route, ...] = ()
    """New and changed ones."""
    gone: tuple[tuple[Id, Id], ...] = ()
    """Technician and shift of routes that are no more."""
    unplanned: tuple[UnplannedCall, ...] = ()
    """New and changed ones."""
    no_longer_unplanned: tuple[Id, ...] = ()
    cost: Cost


Event: TypeAlias = (
    BoardOpened
    | CallCreated
    | CallChanged
    | CallCancelled
    | TechnicianSet
    | ProviderSet
    | ShiftSet
    | ShiftCancelled
    | SignedOn
    | SignedOff
    | AbsenceSet
    | VisitReported
    | Estimated
    | PositionReported
    | BreakTaken
    | StockMoved
    | StockCounted
    | CallPinned
    | PolicySet
    | RulesSet
    | Promised
    | Recalled
    | TimePassed
    | DayEnded
    | PlanPublished
)

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])

TYPES: Final = frozenset(get_args(model.model_fields["type"].annotation)[0] for model in get_args(Event))
"""The types that are known."""

VERSION_BY_TYPE: Final[dict[str, int]] = {}
"""Of the shapes that are written now; 1 where a type is not listed."""


def version_of(event: Event) -> int:
    """Return the version of the shape in which an event is written."""
    return VERSION_BY_TYPE.get(event.type, 1)


def data_of(event: Event) -> dict[str, Any]:
    """Return what was stated in an event, as JSON values without its type."""
    return event.model_dump(mode="json", exclude_unset=True, exclude={"type"})
