"""Places: where a technician starts and where a call is."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id, Latitude, Longitude, Text


class Place(Model):
    """A point with coordinates, or the id of a place stated elsewhere; a bare string is read as that id.

    The id refers to the document's ``places`` or to the places of a travel matrix. With an id and coordinates the
    place is itself a definition that matrices can name.
    """

    id: Id | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"id": value} if isinstance(value, str) else value

    @property
    def has_coordinates(self) -> bool:
        """Whether both coordinates are given."""
        return self.lat is not None and self.lon is not None


class NamedPlace(Model):
    """A place with an id that shifts and calls may refer to."""

    id: Id
    lat: Latitude
    lon: Longitude
    name: Text | None = None


class Point(Model):
    """A corner of a polygon."""

    lat: Latitude
    lon: Longitude
