"""Parts, the places that keep them, and the meetings at which vans hand them over."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Duration, HandlingDuration, Id, Instant, Money, Pieces, Quantity, Size, Text
from dispatch_engine.model.places import Place
from dispatch_engine.model.times import Window

LocationKind = Literal["depot", "locker", "central", "provider"]


class PartSubstitute(Model):
    """A part that can take the place of another wherever that is needed, piece for piece, at an extra price."""

    part: Id
    """What can take its place."""
    price: Money = Decimal(0)
    """Extra price of each piece."""


class Part(Model):
    """A part number: what a piece takes up, what may take its place, what a kit contains."""

    id: Id
    """Its number, as calls and stock name it."""
    name: Text | None = None
    """What people call it."""
    volume: Size = Decimal(0)
    """Of a piece, to the thousandth, in the unit of the vans' ``stock_capacity``."""
    weight: Size = Decimal(0)
    """Of a piece, to the thousandth, in the unit of the vans' ``stock_capacity``."""
    slots: Pieces = 0
    """How many slots of a van a piece takes up."""
    contains: dict[Id, Quantity] = Field(default_factory=dict)
    """Makes it a kit: pieces by part. It can stand in for parts that it contains and is then used up whole."""
    superseded_by: Id | None = None
    """Its successor, which can take its place at no extra price; so can the successor's successor, and so on."""
    substitutes: tuple[PartSubstitute, ...] = ()
    """In order of liking. The substitutes of a substitute are none of its own."""
    order_lead_time: Duration | None = None
    """From the order to the delivery at a stock location."""
    unit_price: Money | None = None
    """What a piece is worth, for recommended loadouts and orders; no cost of a plan."""


class Delivery(Model):
    """Pieces that arrive at a stock location at a known time."""

    at: Instant
    """When they can be used, the moment included."""
    parts: dict[Id, Quantity]
    """Pieces by part, on top of the stock."""


class Courier(Model):
    """Parts brought from a stock location to a customer's site."""

    lead_time: Duration
    """From picking up at the location to the customer's site."""
    price: Money
    """Of one ride, however many pieces travel together."""


class StockLocation(Model):
    """A depot, locker, central warehouse or provider's counter."""

    id: Id
    """How technicians and plans refer to it."""
    name: Text | None = None
    """What people call it."""
    place: Place
    """Where routes stop to restock."""
    kind: LocationKind = "depot"
    """For people and reports; the rules are the same for all kinds."""
    opening: tuple[Window, ...] = ()
    """When it can be used, at least one window: the handling of a stop lies within one, both ends included."""
    handling: HandlingDuration = timedelta(0)
    """Fixed time of a restock stop."""
    handling_per_line: HandlingDuration = timedelta(0)
    """Time for each different part or tool taken on, on top."""
    stock: dict[Id, Pieces] = Field(default_factory=dict)
    """Pieces by part at the beginning, for restocks, couriers and nights together."""
    tools: dict[Id, Pieces] = Field(default_factory=dict)
    """Pieces that are lent, by tool; what is borrowed stays with the route until its end."""
    deliveries: tuple[Delivery, ...] = ()
    """What arrives later."""
    courier: Courier | None = None
    """Default: nothing is sent from here."""
    open_to: tuple[Id, ...] | None = None
    """Technicians and providers who may restock here. Default: all technicians, no providers."""


class Meeting(Model):
    """A place and time at which vans can meet to hand parts over."""

    id: Id
    """How plans refer to it."""
    place: Place
    """Where they meet."""
    at: Instant
    """When the handover begins."""
    duration: HandlingDuration
    """How long it takes each of them."""
    technicians: tuple[Id, ...] | None = None
    """Technicians and providers who may take part. Default: all technicians, no providers."""
