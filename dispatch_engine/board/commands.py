"""What a board can be asked for: one model a command, told apart by ``type``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.setup_commands import (
    ChangeLocation,
    RemoveLocation,
    RemoveMeeting,
    SetContract,
    SetLocation,
    SetMeeting,
    SetPart,
    SetTerritory,
)
from dispatch_engine.board.visit_status import ReportedStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call, PinLevel
from dispatch_engine.model.fields import Count, Duration, Id, Instant, Latitude, Longitude, Pieces, Quantity, Text
from dispatch_engine.model.policy import Policy
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Provider, Shift, Technician


class OpenBoard(Model):
    """Begin a board with a problem document: its technicians, calls, stock, contracts, travel and policy."""

    type: Literal["open_board"]
    document: ProblemDocument
    rules: BoardRules = BoardRules()


class CreateCall(Model):
    """A customer reported a breakdown or asked for service."""

    type: Literal["create_call"]
    call: Call


class ChangeCall(Model):
    """Other facts about a call: the fields that are named replace those of the call, null takes one back."""

    type: Literal["change_call"]
    call: Id
    changes: dict[str, Any]


class CancelCall(Model):
    """The customer does not need the visit any more."""

    type: Literal["cancel_call"]
    call: Id
    reason: Text | None = None


class MergeCall(Model):
    """The call reports the same fault as another, which stays."""

    type: Literal["merge_call"]
    call: Id
    into: Id


class SetTechnician(Model):
    """A new technician, or other facts about one: skills, tools, van, prices, shifts."""

    type: Literal["set_technician"]
    technician: Technician


class SetProvider(Model):
    """A new provider, or other facts about one."""

    type: Literal["set_provider"]
    provider: Provider


class ChangeTechnician(Model):
    """Other facts about a technician or provider: the fields that are named replace the known ones, null takes back."""

    type: Literal["change_technician"]
    technician: Id
    changes: dict[str, Any]


class RemoveTechnician(Model):
    """A technician or provider belongs to the board no more; orders go to others."""

    type: Literal["remove_technician"]
    technician: Id


class ChangeShift(Model):
    """A new shift of a technician or provider, or other times of one."""

    type: Literal["change_shift"]
    technician: Id
    shift: Shift


class CancelShift(Model):
    """A shift that will not be worked; one that has begun is ended instead."""

    type: Literal["cancel_shift"]
    technician: Id
    shift: Id


class SignOn(Model):
    """A technician begins a shift."""

    type: Literal["sign_on"]
    technician: Id
    at: Instant | None = None
    """Default: now."""


class SignOff(Model):
    """A technician ends the shift; what is left of it goes to others."""

    type: Literal["sign_off"]
    technician: Id
    at: Instant | None = None
    """Default: now."""


class ReportAbsence(Model):
    """A technician is sick, or the van broke down."""

    type: Literal["report_absence"]
    technician: Id
    since: Instant | None = None
    """Default: now."""
    until: Instant | None = None
    """Default: until ``end_absence``."""
    reason: Text | None = None


class EndAbsence(Model):
    """A technician can work again."""

    type: Literal["end_absence"]
    technician: Id


class ReportVisit(Model):
    """What a phone or dispatcher reports of a visit."""

    type: Literal["report_visit"]
    call: Id
    technician: Id
    status: ReportedStatus
    at: Instant | None = None
    """By the phone's clock. Default: now."""
    sequence: Count | None = None
    """The phone numbers its reports; one that comes again or late is told by it."""
    expected_at: Instant | None = None
    """Of ``en_route`` the arrival, of ``on_site`` the end of the work, as the technician expects it."""
    reason: Text | None = None
    parts_used: dict[Id, Quantity] | None = None
    """Of a visit that ended. Default: what was set aside for it, where it is completed; else none."""
    parts_needed: dict[Id, Quantity] | None = None
    """Of a visit that needs a second one: the parts for that. Default: what the call needs and was not used."""
    parts_expected_at: Instant | None = None
    """When those parts are there; the second visit begins no earlier."""
    follow_up: bool = True
    """Whether a visit that could not be completed leaves a call for a second one."""


class ReportDelay(Model):
    """A technician is late: on the site, on the way, or before setting out. Give one of ``delay`` and ``free_at``."""

    type: Literal["report_delay"]
    technician: Id
    delay: Duration | None = None
    """By how much later than thought."""
    free_at: Instant | None = None
    """When the technician can go on to the next visit."""


class Estimate(Model):
    """A visit will take longer or shorter than thought, or a technician under way will be there later or sooner."""

    type: Literal["estimate"]
    call: Id
    ends_at: Instant | None = None
    """Of a technician on the site."""
    arrives_at: Instant | None = None
    """Of a technician under way."""
    duration: Duration | None = None
    """Of a visit that has not begun."""


class ReportPosition(Model):
    """Where a phone is."""

    type: Literal["report_position"]
    technician: Id
    lat: Latitude
    lon: Longitude
    at: Instant | None = None
    sequence: Count | None = None
    arrives_at: Instant | None = None
    """When a technician who is under way will be on the site, seen from there."""


class ReportBreak(Model):
    """A technician takes a break."""

    type: Literal["report_break"]
    technician: Id
    at: Instant | None = None
    """When it begins. Default: now."""
    ends_at: Instant | None = None
    """Default: after the duration that the shift says."""


class ReportRestock(Model):
    """A technician sets out for a stock location, or is there: that is where the rest of the day begins.

    What is taken on is told by ``report_parts``, once it is in the van; until then it is planned to be taken on there.
    """

    type: Literal["report_restock"]
    technician: Id
    location: Id
    at: Instant | None = None
    """When the technician set out. Default: now."""
    arrives_at: Instant | None = None
    """When the technician is there. Default: after the way, where the stop is planned next; else ``at``."""


class ReportParts(Model):
    """Parts were found missing, were received, or were used beside a visit: in a van, or at a stock location."""

    type: Literal["report_parts"]
    technician: Id | None = None
    movement: Literal["used", "missing", "received"]
    parts: Annotated[dict[Id, Quantity], Field(min_length=1)]
    location: Id | None = None
    """Without a technician: where; else, of received parts: the stock location that they were taken from."""


class CountStock(Model):
    """What a van or a stock location was found to hold; parts that are not named keep their number."""

    type: Literal["count_stock"]
    technician: Id | None = None
    location: Id | None = None
    stock: Annotated[dict[Id, Pieces], Field(min_length=1)]


class PinCall(Model):
    """Fix the technician, also the order, also the start of a call, as the plan has them unless stated."""

    type: Literal["pin_call"]
    call: Id
    level: PinLevel
    technician: Id | None = None
    shift: Id | None = None
    start: Instant | None = None


class UnpinCall(Model):
    """Let the optimiser decide again."""

    type: Literal["unpin_call"]
    call: Id


class AssignCall(Model):
    """Give a call to a technician by hand; refused where a hard rule would be broken, unless a reason overrides it."""

    type: Literal["assign_call"]
    call: Id
    technician: Id
    shift: Id | None = None
    start: Instant | None = None
    """Fixes the start too; the shift that holds it is found where none is named."""
    override: Text | None = None
    """Why a hard rule is to be broken."""


class SetPolicy(Model):
    """Other prices and rules for the optimiser."""

    type: Literal["set_policy"]
    policy: Policy


class SetRules(Model):
    """Other rules of the board."""

    type: Literal["set_rules"]
    rules: BoardRules


class PublishPlan(Model):
    """Promise customers what the plan says: the start, within the policy's tolerance, and the technician.

    Where the policy has ``name_technician_ahead``, those whose visits begin later are told the technician in time.
    """

    type: Literal["publish_plan"]
    calls: tuple[Id, ...] | None = None
    """Default: all that are planned."""


class RecallPlan(Model):
    """Take promises back, and orders that nobody has set out for; of named calls also from who is under way."""

    type: Literal["recall_plan"]
    calls: tuple[Id, ...] | None = None
    """Default: all that are open."""


class PassTime(Model):
    """The clock: nothing happened but time."""

    type: Literal["pass_time"]


Command: TypeAlias = (
    OpenBoard
    | CreateCall
    | ChangeCall
    | CancelCall
    | MergeCall
    | SetTechnician
    | SetProvider
    | ChangeTechnician
    | RemoveTechnician
    | ChangeShift
    | CancelShift
    | SignOn
    | SignOff
    | ReportAbsence
    | EndAbsence
    | ReportVisit
    | ReportDelay
    | Estimate
    | ReportPosition
    | ReportBreak
    | ReportRestock
    | ReportParts
    | CountStock
    | SetLocation
    | ChangeLocation
    | RemoveLocation
    | SetContract
    | SetTerritory
    | SetPart
    | SetMeeting
    | RemoveMeeting
    | PinCall
    | UnpinCall
    | AssignCall
    | SetPolicy
    | SetRules
    | PublishPlan
    | RecallPlan
    | PassTime
)

COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="type")])
"""Reads commands from JSON."""
