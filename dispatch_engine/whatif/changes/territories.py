"""Territories: their outlines and rules."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.territories import Territory
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "territories"


class AddTerritory(AddThing):
    """A territory more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "territory"
    type: Literal["add_territory"]
    territory: Territory


class RemoveTerritory(RemoveThing):
    """A territory that nobody names any more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "territory"
    type: Literal["remove_territory"]
    territory: Id


class ChangeTerritory(ChangeThing):
    """Another outline or rule of a territory."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "territory"
    type: Literal["change_territory"]
    territory: Id
