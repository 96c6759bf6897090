"""What calls and technicians refer to: stock locations, contracts, territories, parts, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import changed, require_board
from dispatch_engine.board.decide.errors import IdChangedError, LocationInUseError
from dispatch_engine.board.decide.finding import the_location
from dispatch_engine.board.errors import MeetingNotThereError
from dispatch_engine.board.evolve import evolve
from dispatch_engine.board.setup_events import (
    ContractSet,
    LocationRemoved,
    LocationSet,
    MeetingRemoved,
    MeetingSet,
    PartSet,
    TerritorySet,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import setup_commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.stock import Meeting, Part, StockLocation
    from dispatch_engine.model.territories import Territory

    Thing = StockLocation | Contract | Territory | Part | Meeting


def set_location(state: BoardState, command: c.SetLocation, now: datetime) -> Iterator[e.Event]:
    """Add or replace a stock location."""
    yield from _set_location(state, command.location, "/location")


def change_location(state: BoardState, command: c.ChangeLocation, now: datetime) -> Iterator[e.Event]:
    """Change fields of a stock location."""
    before = the_location(state, command.location)
    if command.changes.get("id", before.id) != before.id:
        raise IdChangedError(before.id)
    yield from _set_location(state, changed(before, command.changes, f"location {before.id}"), "/changes")


def remove_location(state: BoardState, command: c.RemoveLocation, now: datetime) -> Iterator[e.Event]:
    """Take a stock location away, at which no van is loaded overnight."""
    name = the_location(state, command.location).id
    for capacity in state.capacities.values():
        if capacity.replenished_at == name:
            raise LocationInUseError(name, capacity.id)
    event = LocationRemoved(location=name)
    require_board(state, evolve(state, event), {}, f"the board without location {name}")
    yield event


def set_contract(state: BoardState, command: c.SetContract, now: datetime) -> Iterator[e.Event]:
    """Add or replace a contract: its terms hold for the open calls too."""
    yield from _set(state, ContractSet(contract=command.contract), "contracts", command.contract, "/contract")


def set_territory(state: BoardState, command: c.SetTerritory, now: datetime) -> Iterator[e.Event]:
    """Add or replace a territory."""
    yield from _set(state, TerritorySet(territory=command.territory), "territories", command.territory, "/territory")


def set_part(state: BoardState, command: c.SetPart, now: datetime) -> Iterator[e.Event]:
    """Add or replace a part."""
    yield from _set(state, PartSet(part=command.part), "parts", command.part, "/part")


def set_meeting(state: BoardState, command: c.SetMeeting, now: datetime) -> Iterator[e.Event]:
    """Add or replace a meeting."""
    yield from _set(state, MeetingSet(meeting=command.meeting), "meetings", command.meeting, "/meeting")


def remove_meeting(state: BoardState, command: c.RemoveMeeting, now: datetime) -> Iterator[e.Event]:
    """Take a meeting away."""
    known = [each.id for each in state.setup.meetings]
    if command.meeting not in known:
        raise MeetingNotThereError(command.meeting, known, "/meeting")
    yield MeetingRemoved(meeting=command.meeting)


def _set_location(state: BoardState, location: StockLocation, pointer: str) -> Iterator[e.Event]:
    yield from _set(state, LocationSet(location=location), "stock_locations", location, pointer)


def _set(state: BoardState, event: e.Event, kind: str, thing: Thing, pointer: str) -> Iterator[e.Event]:
    """Add or replace a thing of the setup, where it is not so already and the board with it has no fault."""
    if thing in getattr(state.setup, kind):
        return
    after = evolve(state, event)
    place = [each.id for each in getattr(after.setup, kind)].index(thing.id)
    require_board(state, after, {f"/{kind}/{place}": pointer}, f"{pointer.strip('/')} {thing.id}")
    yield event
