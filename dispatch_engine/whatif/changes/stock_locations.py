"""Stock locations that open, close, move or hold something else."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.stock import StockLocation
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "stock_locations"


class AddLocation(AddThing):
    """A stock location more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "location"
    type: Literal["add_location"]
    location: StockLocation


class RemoveLocation(RemoveThing):
    """A stock location that is closed for good."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "location"
    type: Literal["remove_location"]
    location: Id


class ChangeLocation(ChangeThing):
    """Other facts about a stock location: its place, opening hours, stock, courier."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "location"
    type: Literal["change_location"]
    location: Id
