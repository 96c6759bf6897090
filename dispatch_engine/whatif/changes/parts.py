"""The catalogue of parts."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.stock import Part
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "parts"


class AddPart(AddThing):
    """A part more in the catalogue."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "part"
    type: Literal["add_part"]
    part: Part


class RemovePart(RemoveThing):
    """A part that is not in the catalogue any more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "part"
    type: Literal["remove_part"]
    part: Id


class ChangePart(ChangeThing):
    """Other facts about a part: its size, successor, substitutes, contents."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "part"
    type: Literal["change_part"]
    part: Id
