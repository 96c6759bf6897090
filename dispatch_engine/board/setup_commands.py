"""Commands about what calls and technicians refer to: stock locations, contracts, territories, parts, meetings."""

from __future__ import annotations

from typing import Any, Literal

from dispatch_engine.model.base import Model
from dispatch_engine.model.contracts import Contract
from dispatch_engine.model.fields import Id
from dispatch_engine.model.stock import Meeting, Part, StockLocation
from dispatch_engine.model.territories import Territory


class SetLocation(Model):
    """A new stock location, or another state of one: its stock, deliveries, opening hours."""

    type: Literal["set_location"]
    location: StockLocation


class ChangeLocation(Model):
    """Other facts about a stock location: the fields that are named replace the known ones, null takes back."""

    type: Literal["change_location"]
    location: Id
    changes: dict[str, Any]


class RemoveLocation(Model):
    """A stock location is closed for good."""

    type: Literal["remove_location"]
    location: Id


class SetContract(Model):
    """A new contract, or other terms of one."""

    type: Literal["set_contract"]
    contract: Contract


class SetTerritory(Model):
    """A new territory, or another outline or rule of one."""

    type: Literal["set_territory"]
    territory: Territory


class SetPart(Model):
    """A new part, or other facts about one."""

    type: Literal["set_part"]
    part: Part


class SetMeeting(Model):
    """Vans can meet there and then to hand parts over."""

    type: Literal["set_meeting"]
    meeting: Meeting


class RemoveMeeting(Model):
    """A meeting does not take place."""

    type: Literal["remove_meeting"]
    meeting: Id
