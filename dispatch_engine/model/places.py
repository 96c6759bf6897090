"""Places: where a technician starts and where a call is."""

from __future__ import annotations

from typing import Any

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import MAX_ID_LENGTH, Id, Latitude, Longitude, Text


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

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe both ways to write a place."""
        either = handler.resolve_ref_schema(handler(schema))
        as_object = dict(either)
        either.clear()
        either["anyOf"] = [as_object, {"type": "string", "minLength": 1, "maxLength": MAX_ID_LENGTH}]
        return either

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
