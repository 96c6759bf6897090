"""What is stated of a board otherwise than before: stock locations, contracts, parts, prices, rules and the like."""

from __future__ import annotations

from typing import Literal

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.model.base import Model
from dispatch_engine.model.contracts import Contract
from dispatch_engine.model.fields import Id
from dispatch_engine.model.policy import Policy
from dispatch_engine.model.stock import Meeting, Part, StockLocation
from dispatch_engine.model.territories import Territory


class LocationSet(Model):
    """A stock location is this from now on."""

    type: Literal["location_set"] = "location_set"
    location: StockLocation


class LocationRemoved(Model):
    """A stock location is there no more."""

    type: Literal["location_removed"] = "location_removed"
    location: Id


class ContractSet(Model):
    """A contract is this from now on."""

    type: Literal["contract_set"] = "contract_set"
    contract: Contract


class TerritorySet(Model):
    """A territory is this from now on."""

    type: Literal["territory_set"] = "territory_set"
    territory: Territory


class PartSet(Model):
    """A part is this from now on."""

    type: Literal["part_set"] = "part_set"
    part: Part


class MeetingSet(Model):
    """Vans can meet there and then to hand parts over."""

    type: Literal["meeting_set"] = "meeting_set"
    meeting: Meeting


class MeetingRemoved(Model):
    """A meeting does not take place."""

    type: Literal["meeting_removed"] = "meeting_removed"
    meeting: Id


class PolicySet(Model):
    """The optimiser's prices and rules from now on."""

    type: Literal["policy_set"] = "policy_set"
    policy: Policy


class RulesSet(Model):
    """The board's rules from now on."""

    type: Literal["rules_set"] = "rules_set"
    rules: BoardRules
