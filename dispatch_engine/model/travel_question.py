"""What one can ask of travel times without planning anything, and the answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id, Text
from dispatch_engine.model.places import NamedPlace, Point
from dispatch_engine.model.plan import TravelProvenance
from dispatch_engine.model.travel import Travel


class Leg(Model):
    """A drive from one place to another, by their ids."""

    origin: Id
    destination: Id


class TravelQuestion(Model):
    """Between which places, by which source."""

    travel: Travel = Travel()
    profile: Id = "car"
    places: Annotated[tuple[NamedPlace, ...], Field(min_length=1)]
    """Ids are different from each other."""
    lines: tuple[Leg, ...] = ()
    """Drives of which the line on the map is wanted."""


class Line(Model):
    """The line of a drive on the map."""

    origin: Id
    destination: Id
    points: tuple[Point, ...] | None
    """None where no line is known."""


class PlaceNote(Model):
    """Something to know about a place, such as that it is far from any road."""

    place: Id
    code: Id
    message: Text


class TravelAnswer(Model):
    """Durations and distances between each two places, in the order of the question."""

    places: tuple[Id, ...]
    duration_s: tuple[tuple[int | None, ...], ...]
    """Row = from, column = to; None where there is no way."""
    distance_m: tuple[tuple[int | None, ...], ...]
    """As ``duration_s``."""
    lines: tuple[Line, ...] = ()
    warnings: tuple[PlaceNote, ...] = ()
    travel: TravelProvenance
