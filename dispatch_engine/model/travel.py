"""Where travel times and distances come from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.base import Model, not_yet
from dispatch_engine.model.fields import Factor, Id, Text
from dispatch_engine.model.places import Point
from dispatch_engine.model.territories import GeoJsonPolygon

TravelSourceName = Literal["road", "osrm", "matrix", "geodesic"]

Entry = Annotated[int, Field(ge=0, le=100_000_000)] | None


class Matrix(Model):
    """Travel between places of one profile: row = from, column = to, in the order of ``places``.

    ``null``, or 10,000,000 seconds and more, means that there is no way.
    """

    profile: Id = "car"
    places: tuple[Id, ...]
    duration_s: tuple[tuple[Entry, ...], ...]
    distance_m: tuple[tuple[Entry, ...], ...]


class TimeSlice(Model):
    """A stretch of the day in which travel takes ``factor`` times as long."""

    start: str
    end: str
    factor: Factor


class ClosedArea(Model):
    """An area in which no road can be driven on. Give its outline as ``polygon`` (corners in order) or ``geojson``."""

    name: Text | None = None
    """What people call it."""
    polygon: tuple[Point, ...] | None = None
    geojson: GeoJsonPolygon | None = None


class Travel(Model):
    """The travel source and what it needs."""

    source: TravelSourceName = "geodesic"
    """``geodesic``: a fitted law on the distance as the crow flies; ``road``: a road network file;
    ``osrm``: a table service; ``matrix``: the matrices given here."""
    network: Text | None = None
    """For ``road``: the name of the shipped network, or a path to a network or .osm.pbf file."""
    url: Text | None = None
    """For ``osrm``: the address of the service."""
    matrices: tuple[Matrix, ...] = ()
    """For ``matrix``: one for each profile in use."""
    closed_areas: tuple[ClosedArea, ...] = ()
    """For ``road``: no road that lies in one of them or crosses it is used, and no place within is reached."""
    slices: tuple[TimeSlice, ...] = not_yet("travel times by time of day", ())
