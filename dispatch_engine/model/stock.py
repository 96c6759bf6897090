"""Parts and the places that keep them. Described here already; restocking itself is not there yet."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Duration, Id, Instant, Money, Quantity, Text
from dispatch_engine.model.places import Place
from dispatch_engine.model.times import Window


class Part(Model):
    """A part number: what it takes up, what may replace it, what a kit contains."""

    id: Id
    name: Text | None = None
    volume: Decimal = Decimal(0)
    weight: Decimal = Decimal(0)
    contains: dict[Id, Quantity] = Field(default_factory=dict)


class Delivery(Model):
    """Pieces that arrive at a stock location at a known time."""

    at: Instant
    parts: dict[Id, Quantity]


class Courier(Model):
    """Parts brought from a stock location to a customer's site."""

    lead_time: Duration
    price: Money


class StockLocation(Model):
    """A depot, locker, central warehouse or provider's counter."""

    id: Id
    name: Text | None = None
    place: Place
    kind: Literal["depot", "locker", "central", "provider"] = "depot"
    opening: tuple[Window, ...] = ()
    handling: Duration = timedelta(0)
    """Fixed time of a restock stop."""
    handling_per_line: Duration = timedelta(0)
    stock: dict[Id, Count] = Field(default_factory=dict)
    tools: tuple[Id, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    courier: Courier | None = None
