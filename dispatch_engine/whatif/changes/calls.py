"""Calls that come in, are called off, or are other than stated."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.calls import Call
from dispatch_engine.model.fields import Id
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "calls"


class AddCall(AddThing):
    """A call comes in besides."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "call"
    type: Literal["add_call"]
    call: Call


class RemoveCall(RemoveThing):
    """A call is called off."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "call"
    type: Literal["remove_call"]
    call: Id


class ChangeCall(ChangeThing):
    """Other facts about a call: its windows, skills, duration, priority."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "call"
    type: Literal["change_call"]
    call: Id
