"""Places with an id, which shifts, calls and stock locations may refer to."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.places import NamedPlace
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "places"


class AddPlace(AddThing):
    """A place more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "place"
    type: Literal["add_place"]
    place: NamedPlace


class RemovePlace(RemoveThing):
    """A place that nothing refers to any more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "place"
    type: Literal["remove_place"]
    place: Id


class ChangePlace(ChangeThing):
    """Another position of a place: whatever refers to it moves."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "place"
    type: Literal["change_place"]
    place: Id
