"""Meetings at which vans hand parts over."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.stock import Meeting
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "meetings"


class AddMeeting(AddThing):
    """A meeting more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "meeting"
    type: Literal["add_meeting"]
    meeting: Meeting


class RemoveMeeting(RemoveThing):
    """A meeting that does not take place."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "meeting"
    type: Literal["remove_meeting"]
    meeting: Id


class ChangeMeeting(ChangeThing):
    """Another place, time or circle of a meeting."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "meeting"
    type: Literal["change_meeting"]
    meeting: Id
