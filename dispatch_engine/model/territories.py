"""Territories: areas with the technicians who are at home there."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import HourlyRate, Id, Instant, Level, Money, Text
from dispatch_engine.model.places import Point

TerritoryRule = Literal["ignored", "preferred", "required"]

MAX_RESERVE_HOURS = 8_000

Position = Annotated[tuple[float, ...], Field(min_length=2, max_length=3)]


class GeoJsonPolygon(Model):
    """A polygon as in RFC 7946: rings of [longitude, latitude]; the first is the outline, others are holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[tuple[tuple[Position, ...], ...], Field(min_length=1)]


class Reserve(Model):
    """Time of a territory's own technicians that is to be kept free in an interval, for breakdowns that may come.

    Providers do not count. Intervals for the same skills do not overlap.
    """

    start: Instant
    end: Instant
    hours: Annotated[Decimal, Field(ge=0, le=MAX_RESERVE_HOURS, decimal_places=3)]
    """Hours within the interval in which technicians are free, added up over all who count."""
    skills: dict[Id, Level] = Field(default_factory=dict)
    """Only technicians with these skills count, at these levels or higher. Default: all of the territory."""
    price_per_hour: HourlyRate | None = None
    """Of each hour that is missing. Default: the policy's."""


class Territory(Model):
    """An area. Give its outline as ``polygon`` (corners in order) or ``geojson``, or neither if calls name it."""

    id: Id
    name: Text | None = None
    polygon: tuple[Point, ...] | None = None
    geojson: GeoJsonPolygon | None = None
    rule: TerritoryRule = "preferred"
    """Whether technicians from elsewhere may serve its calls: at no price, at a price, or never."""
    outside_price: Money | None = None
    """Of sending a technician from elsewhere. Default: the policy's."""
    reserve: tuple[Reserve, ...] = ()
    """Time of its technicians that is to be kept free for calls that are not known yet."""
