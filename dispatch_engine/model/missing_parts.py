"""What a plan says of the parts for want of which a call stays unplanned: who has them, ways to get them, changes."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Duration, Id, Instant, Money, Quantity, Room, Text
from dispatch_engine.model.times import Window

WayKind = Literal[
    "van", "overnight", "restock", "transfer", "courier", "substitute", "substitute_by_courier", "provider", "combined"
]
ChangeKind = Literal["van_stock", "delivery", "opening", "room", "overtime", "drop_price"]


class PartHolder(Model):
    """A van or a stock location that has pieces of a part. Exactly one of ``technician`` and ``location`` is given."""

    technician: Id | None = None
    """Whose van it is."""
    location: Id | None = None
    free: Count = 0
    """Pieces that the plan leaves over; at a location those that can be taken from ``since`` on, all in all."""
    since: Instant | None = None
    """When so many are at the location. None: from the beginning."""
    used: Count = 0
    """Pieces that the plan uses, hands over or sends."""
    reserved: Count = 0
    """Pieces in the van that are kept for calls that are pinned to its technician, or reserved."""


class MissingPart(Model):
    """A part that the call needs, or one that could stand in for it, and who has it."""

    part: Id
    stands_in_for: Id | None = None
    """The part that the call names, where this is another."""
    needed: Count = 0
    """Pieces, as the call states them, beyond those that are kept for it."""
    lacking: Count = 0
    """Pieces that the van lacks of which the fewest are missing, among those who could take the call."""
    holders: tuple[PartHolder, ...] = ()
    """None: nobody has it nor will have it."""


class PartsWay(Model):
    """A way to get the parts, proven by forcing the call into the plan with it: what it would cost, or why it fails."""

    kind: WayKind
    technician: Id | None = None
    """Who would serve the call; where it cannot be done: whose van it is, or the provider."""
    shift: Id | None = None
    location: Id | None = None
    """Where the parts would be taken on or sent from."""
    meeting: Id | None = None
    substitutes: tuple[Id, ...] = ()
    """What would be used in place of parts that the call names."""
    cost: Decimal | None = None
    """What the plan would cost more with the call in it, the price of leaving it out not counted. None: impossible."""
    dearer: Decimal | None = None
    """By how much that is above what leaving the call out costs; negative where it is less."""
    code: Id | None = None
    """Why it cannot be done: a code of ways or of reasons."""
    message: Text


class PartsChange(Model):
    """The smallest change of its kind with which the call fits and costs less than leaving it out, proven by trying."""

    kind: ChangeKind
    technician: Id | None = None
    shift: Id | None = None
    location: Id | None = None
    parts: dict[Id, Quantity] = Field(default_factory=dict)
    """Pieces more in the van, or delivered to the location."""
    by: Instant | None = None
    """Of a delivery: the latest moment that does."""
    opening: Window | None = None
    """Of opening hours: what they would have to be, in place of those that this overlaps."""
    volume: Room | None = None
    """Of room in the van: so much more than there is."""
    weight: Room | None = None
    slots: Count | None = None
    overtime: Duration | None = None
    """Of overtime: by how much the shift's cap would have to be longer."""
    drop_price: Money | None = None
    """Of the call's drop price: what it would have to be at least."""
    cost: Decimal
    """What the plan would cost more with the call in it then."""
    message: Text


class MissingParts(Model):
    """For want of which parts a call stays unplanned, and what could be done about it."""

    parts: Annotated[tuple[MissingPart, ...], Field(min_length=1)]
    leaving_out: Decimal
    """What leaving the call out costs: drop price, broken promise and lateness."""
    ways: tuple[PartsWay, ...] = ()
    """The ones that can be done first, the cheapest first."""
    untried: Count = 0
    """How many ways were not tried, because there are too many of their kind or too many calls are left out."""
    changes: tuple[PartsChange, ...] = ()
    """The smallest first: little more time, then pieces, then more time or room, then a higher price."""
