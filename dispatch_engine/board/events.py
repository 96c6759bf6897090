"""What happened on a board: one model an event, told apart by ``type``. Each is enough to fold without its command.

`setup_events` has those of what a board is set up with, `versions` how they are written.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.setup_events import (
    ContractSet,
    LocationRemoved,
    LocationSet,
    MeetingRemoved,
    MeetingSet,
    PartSet,
    PolicySet,
    RulesSet,
    TerritorySet,
)
from dispatch_engine.board.state import Absence, Position
from dispatch_engine.board.visit_status import ReportedStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call, Pin, Promise
from dispatch_engine.model.facts import Resume
from dispatch_engine.model.fields import Count, Id, Instant, Pieces, Quantity, Text
from dispatch_engine.model.plan import Cost, Route, UnplannedCall
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
    at: Instant | None = None
    """None: when the board was changed last before."""
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


class TechnicianRemoved(Model):
    """A technician or provider belongs to the board no more; what was done stays done."""

    type: Literal["technician_removed"] = "technician_removed"
    technician: Id


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
    """When a technician cannot work, from now on; none: always can."""

    type: Literal["absence_set"] = "absence_set"
    technician: Id
    absences: tuple[Absence, ...]
    """In order of time."""


class VisitReported(Model):
    """What was reported of a visit, in whatever order; the fold finds its place among what was said before."""

    type: Literal["visit_reported"] = "visit_reported"
    call: Id
    technician: Id
    shift: Id | None
    status: ReportedStatus
    at: Instant
    sequence: Count | None = None
    expected_at: Instant | None = None
    reason: Text | None = None
    follow_up: Id | None = None
    """The call for the second visit that this report leads to."""
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces in the van that are set aside for it from now on, by part."""


class Estimated(Model):
    """When a visit is expected to end, or its technician to arrive."""

    type: Literal["estimated"] = "estimated"
    call: Id
    at: Instant | None = None
    """None: when the board was changed last before."""
    ends_at: Instant | None = None
    arrives_at: Instant | None = None


class DelayReported(Model):
    """A technician who is neither under way nor on a site is free later than thought."""

    type: Literal["delay_reported"] = "delay_reported"
    technician: Id
    shift: Id
    at: Instant
    free: Resume


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


class RestockBegun(Model):
    """A technician set out for a stock location, or is there, and goes on from there and then."""

    type: Literal["restock_begun"] = "restock_begun"
    technician: Id
    shift: Id
    location: Id
    at: Instant
    free: Resume


class StockMoved(Model):
    """Pieces by part came to a van or stock location, or went (negative)."""

    type: Literal["stock_moved"] = "stock_moved"
    technician: Id | None = None
    location: Id | None = None
    """Where no technician is named: the stock location that they came to or went from."""
    source: Id | None = None
    """The stock location that they were taken from."""
    pieces: dict[Id, int]
    cause: Literal["used", "missing", "received"]
    call: Id | None = None


class StockCounted(Model):
    """What a van or stock location holds of these parts."""

    type: Literal["stock_counted"] = "stock_counted"
    technician: Id | None = None
    location: Id | None = None
    stock: dict[Id, Pieces]
    at: Instant | None = None
    """What was delivered until then is part of it; None: nothing was."""


class CallPinned(Model):
    """What may not change of a call; None: nothing."""

    type: Literal["call_pinned"] = "call_pinned"
    call: Id
    pin: Pin | None
    override: Text | None = None
    """Why rules are broken by it."""


class Promised(Model):
    """What customers were told; None: they were told that it does not hold any more."""

    type: Literal["promised"] = "promised"
    promises: dict[Id, Promise | None]


class Recalled(Model):
    """Orders were taken back from the technicians."""

    type: Literal["recalled"] = "recalled"
    calls: tuple[Id, ...]
    at: Instant | None = None
    """None: when the board was changed last before."""


class TimePassed(Model):
    """Nothing happened but time."""

    type: Literal["time_passed"] = "time_passed"


class VisitDue(Model):
    """The time came at which a technician should set out for a call by the plan, and the technician has not."""

    type: Literal["visit_due"] = "visit_due"
    call: Id
    technician: Id
    at: Instant


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
    | TechnicianRemoved
    | ShiftSet
    | ShiftCancelled
    | SignedOn
    | SignedOff
    | AbsenceSet
    | VisitReported
    | Estimated
    | DelayReported
    | PositionReported
    | BreakTaken
    | RestockBegun
    | StockMoved
    | StockCounted
    | LocationSet
    | LocationRemoved
    | ContractSet
    | TerritorySet
    | PartSet
    | MeetingSet
    | MeetingRemoved
    | CallPinned
    | PolicySet
    | RulesSet
    | Promised
    | Recalled
    | TimePassed
    | VisitDue
    | DayEnded
    | PlanPublished
)

EVENT: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="type")])

TYPES: Final = frozenset(get_args(model.model_fields["type"].annotation)[0] for model in get_args(Event))
"""The types that are known."""
