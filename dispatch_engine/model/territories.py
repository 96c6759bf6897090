"""Territories: areas with the technicians who are at home there."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model, not_yet
from dispatch_engine.model.fields import Count, Id, Money, Text
from dispatch_engine.model.places import Point

TerritoryRule = Literal["ignored", "preferred", "required"]

Position = Annotated[tuple[float, ...], Field(min_length=2, max_length=3)]


class GeoJsonPolygon(Model):
    """A polygon as in RFC 7946: rings of [longitude, latitude]; the first is the outline, others are holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[tuple[tuple[Position, ...], ...], Field(min_length=1)]


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
    reserve: Count = not_yet("capacity kept free in a territory", 0)
