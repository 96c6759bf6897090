"""The documents that `dispatch restock` writes: the pick list of a night, and recommended loadouts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Priority
from dispatch_engine.model.fields import Count, Id, Instant, Pieces, Probability, Quantity, Text, Version
from dispatch_engine.model.policy import OvernightReplenishment

Amount = Annotated[float, Field(ge=0)]


class PickLine(Model):
    """One part of one van: ``holds`` + ``load`` + ``no_room`` + ``lacking`` is ``target``."""

    part: Id
    name: Text | None = None
    holds: Pieces
    """Pieces in the van in the evening, after the routes of the plan until then."""
    target: Pieces
    """Pieces that should be in it in the morning."""
    load: Pieces
    """Pieces to load."""
    no_room: Pieces = 0
    """Pieces for which the van has no room."""
    lacking: Pieces = 0
    """Pieces that the stock location does not have by then."""
    calls: tuple[Id, ...] = ()
    """Calls of the next day for which some of them are meant, the most urgent first."""


class VanPicks(Model):
    """What one van is loaded with before one shift."""

    technician: Id
    name: Text | None = None
    shift: Id | None = None
    """The shift before which it is loaded; None where the technician does not work on the next day."""
    ready_at: Instant
    """When it has to be loaded."""
    holds: dict[Id, Quantity] = Field(default_factory=dict)
    """All that is in the van in the evening, by part."""
    lines: tuple[PickLine, ...] = ()
    """The parts that it should have more of, in order of part."""


class Shortage(Model):
    """Pieces that a van should be loaded with and the stock location does not have."""

    part: Id
    name: Text | None = None
    pieces: Quantity
    technician: Id
    calls: tuple[Id, ...] = ()
    """Calls of the next day for which pieces are missing, the most urgent first; none: only the loadout is short."""
    needed_at: Instant
    """When the van has to be loaded."""
    next_delivery: Instant | None = None
    """The first delivery here that covers it, with those covered that stand before it; None: none does."""
    order_by: Instant | None = None
    """When it has to be ordered to be there in time; None: the part has no ``order_lead_time``."""
    already_late: bool | None = None
    """Whether that is before the document's ``now``; None as above."""


class LocationPicks(Model):
    """What is picked at one stock location in the night."""

    location: Id
    name: Text | None = None
    vans: tuple[VanPicks, ...] = ()
    """In order of the document."""
    total: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces to pick for all vans together, by part."""
    shortages: tuple[Shortage, ...] = ()
    """In the order in which pieces are handed out."""


class WaitingCall(Model):
    """Pieces that a call lacks which the plan leaves out for want of a part, and that no stock location has or gets."""

    call: Id
    priority: Priority
    part: Id
    name: Text | None = None
    pieces: Quantity
    there_at: Instant | None = None
    """When they would be there, ordered at the document's ``now``; None: the part has no ``order_lead_time``."""


class PickList(Model):
    """The pick list of one night."""

    version: Version = 1
    kind: Literal["pick_list"] = "pick_list"
    problem_id: Id
    time_zone: str
    now: Instant
    """The document's time of planning, against which orders are late or not."""
    night: date
    """The local date of the evening."""
    morning: date
    policy: OvernightReplenishment
    locations: tuple[LocationPicks, ...] = ()
    waiting: tuple[WaitingCall, ...] = ()
    """The most urgent call first."""
    notes: tuple[Text, ...] = ()
    """What a person should know."""


BasisName = Literal["own", "territory", "fleet"]
DistributionName = Literal["empirical", "negative_binomial", "poisson"]


class LoadoutLine(Model):
    """One part of one van."""

    part: Id
    name: Text | None = None
    present: Pieces
    """In the van's loadout now."""
    recommended: Pieces
    wanted: Pieces
    """What the target asks for; more than ``recommended`` where the van's room binds."""
    target: Probability | None = None
    """Wanted probability that the pieces suffice in a review period.

    This and what follows is None where the history does not name the part; the loadout stays as it is then."""
    service: Probability | None = None
    """Probability that the recommended pieces suffice."""
    present_service: Probability | None = None
    """Probability that the present ones do."""
    mean: Amount | None = None
    """Expected use in a review period, in pieces."""
    distribution: DistributionName | None = None
    """What the use was taken to follow."""


class LoadoutAdviceOfVan(Model):
    """The loadout recommended for one van."""

    technician: Id
    name: Text | None = None
    basis: BasisName
    """Whose history it follows from: the van's own, that of its territories or of all, shared among the vans."""
    periods: Count
    """Review periods that were observed."""
    lines: tuple[LoadoutLine, ...] = ()
    """In order of part."""
    room_binds: bool
    """Whether the van has room for less than the targets ask for."""
    room_used: dict[str, Amount] = Field(default_factory=dict)
    """How full the recommended loadout makes the van, by limited measure; 1 = full."""
    joint_service: Probability
    """Probability that all parts suffice in a review period, if parts are used independently of each other."""
    present_joint_service: Probability
    fill_rate: Probability
    """Share of the expected use that the recommended pieces cover."""
    present_fill_rate: Probability
    covered_before: Probability | None = None
    """Share of the observed review periods in which they would have covered all that the van used; own history only."""


class HistorySummary(Model):
    """What the history holds."""

    rows: Count
    first_day: date
    last_day: date
    days: Count
    """Working days: dates with at least one row."""


class LoadoutAdvice(Model):
    """Recommended loadouts."""

    version: Version = 1
    kind: Literal["loadout_advice"] = "loadout_advice"
    problem_id: Id
    history: HistorySummary
    service_level: Probability
    """Target of parts that have no critical ratio."""
    review_days: Annotated[int, Field(ge=1)]
    """Working days from one replenishment to the next."""
    revisit_price: Decimal | None = None
    """Where targets follow from prices: the price of a piece that is missing."""
    holding_rate: Amount | None = None
    """Where targets follow from prices: the price of keeping a piece for a year, as a share of its unit price."""
    vans: tuple[LoadoutAdviceOfVan, ...] = ()
    """In order of the document."""
    notes: tuple[Text, ...] = ()
    """What a person should know."""
