"""The scenario document: a base, and changes that are made to it in order."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, get_args

from pydantic import Field

from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id, Text, Version
from dispatch_engine.whatif.changes.absence import AbsentTechnician
from dispatch_engine.whatif.changes.calls import AddCall, ChangeCall, RemoveCall
from dispatch_engine.whatif.changes.contracts import AddContract, ChangeContract, RemoveContract
from dispatch_engine.whatif.changes.demand import ResampleDemand, ScaleDemand
from dispatch_engine.whatif.changes.meetings import AddMeeting, ChangeMeeting, RemoveMeeting
from dispatch_engine.whatif.changes.parts import AddPart, ChangePart, RemovePart
from dispatch_engine.whatif.changes.places import AddPlace, ChangePlace, RemovePlace
from dispatch_engine.whatif.changes.policy import ChangePolicy
from dispatch_engine.whatif.changes.reserves import SetReserve
from dispatch_engine.whatif.changes.shifts import AddShift, ChangeShift, RemoveShift
from dispatch_engine.whatif.changes.skills import Train
from dispatch_engine.whatif.changes.stock import ChangeStock
from dispatch_engine.whatif.changes.stock_locations import AddLocation, ChangeLocation, RemoveLocation
from dispatch_engine.whatif.changes.technicians import AddProvider, AddTechnician, ChangeTechnician, RemoveTechnician
from dispatch_engine.whatif.changes.territories import AddTerritory, ChangeTerritory, RemoveTerritory
from dispatch_engine.whatif.changes.travel import ChangeTravel, CloseArea, TravelTimes

MAX_CHANGES = 1_000

AnyChange: TypeAlias = (
    AddTechnician
    | AddProvider
    | RemoveTechnician
    | ChangeTechnician
    | AbsentTechnician
    | Train
    | AddShift
    | RemoveShift
    | ChangeShift
    | AddCall
    | RemoveCall
    | ChangeCall
    | ScaleDemand
    | ResampleDemand
    | ChangeStock
    | AddLocation
    | RemoveLocation
    | ChangeLocation
    | AddPart
    | RemovePart
    | ChangePart
    | AddMeeting
    | RemoveMeeting
    | ChangeMeeting
    | AddPlace
    | RemovePlace
    | ChangePlace
    | AddContract
    | RemoveContract
    | ChangeContract
    | AddTerritory
    | RemoveTerritory
    | ChangeTerritory
    | SetReserve
    | ChangePolicy
    | TravelTimes
    | ChangeTravel
    | CloseArea
)

MODEL_BY_TYPE: dict[str, type[Any]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(AnyChange)
}
"""The model of each change."""


class ProblemBase(Model):
    """A problem document."""

    problem: Id
    """Its id."""


class BoardBase(Model):
    """A live board as it was at a revision."""

    board: Id
    revision: Count | None = None
    """Default: the latest when the scenario is solved."""


ScenarioId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[0-9A-Za-z._-]+$")]
"""Letters, digits, dots, dashes and underscores, so that it can stand in an address."""


class ScenarioHead(Model):
    """What a scenario says besides its changes."""

    version: Version
    id: ScenarioId
    name: Text | None = None
    """What people call it."""
    base: ProblemBase | BoardBase | None = None
    """What it was made for; it is refused for another. Default: whatever it is used with."""
    based_on: ScenarioId | None = None
    """Another scenario, whose changes are made first."""


class ScenarioDocument(ScenarioHead):
    """Changes to make to a problem document or to a copy of a board, which itself stays as it is."""

    changes: Annotated[
        tuple[Annotated[AnyChange, Field(discriminator="type")], ...], Field(max_length=MAX_CHANGES)
    ] = ()
    """In order. None at all: the base as it is."""


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema of scenario documents."""
    return ScenarioDocument.model_json_schema()
