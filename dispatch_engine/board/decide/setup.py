"""What calls and technicians refer to: stock locations, contracts, territories, parts, meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import changed, require_board
from dispatch_engine.board.decide.errors import IdChangedError, LocationInUseError
from dispatch_engine.board.decide.finding import the_location
from dispatch_engine.board.errors import MeetingNotThereError
from dispatch_engine.board.folding import setup as folding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
    event = e.LocationRemoved(location=name)
    require_board(state, folding.location_removed(state, event), {}, f"the board without location {name}")
    yield event


def set_contract(state: BoardState, command: c.SetContract, now: datetime) -> Iterator[e.Event]:
    """Add or replace a contract: its terms hold for the open calls too."""
    contract, event = command.contract, e.ContractSet(contract=command.contract)
    if contract not in state.setup.contracts:
        after = folding.contract_set(state, event)
        _require(state, after, "contracts", after.setup.contracts, contract, "/contract")
        yield event


def set_territory(state: BoardState, command: c.SetTerritory, now: datetime) -> Iterator[e.Event]:
    """Add or replace a territory."""
    territory, event = command.territory, e.TerritorySet(territory=command.territory)
    if territory not in state.setup.territories:
        after = folding.territory_set(state, event)
        _require(state, after, "territories", after.setup.territories, territory, "/territory")
        yield event


def set_part(state: BoardState, command: c.SetPart, now: datetime) -> Iterator[e.Event]:
    """Add or replace a part."""
    part, event = command.part, e.PartSet(part=command.part)
    if part not in state.setup.parts:
        after = folding.part_set(state, event)
        _require(state, after, "parts", after.setup.parts, part, "/part")
        yield event


def set_meeting(state: BoardState, command: c.SetMeeting, now: datetime) -> Iterator[e.Event]:
    """Add or replace a meeting."""
    meeting, event = command.meeting, e.MeetingSet(meeting=command.meeting)
    if meeting not in state.setup.meetings:
        after = folding.meeting_set(state, event)
        _require(state, after, "meetings", after.setup.meetings, meeting, "/meeting")
        yield event


def remove_meeting(state: BoardState, command: c.RemoveMeeting, now: datetime) -> Iterator[e.Event]:
    """Take a meeting away."""
    known = [each.id for each in state.setup.meetings]
    if command.meeting not in known:
        raise MeetingNotThereError(command.meeting, known, "/meeting")
    yield e.MeetingRemoved(meeting=command.meeting)


def _set_location(state: BoardState, location: StockLocation, pointer: str) -> Iterator[e.LocationSet]:
    event = e.LocationSet(location=location)
    if location not in state.setup.stock_locations:
        after = folding.location_set(state, event)
        _require(state, after, "stock_locations", after.setup.stock_locations, location, pointer)
        yield event


def _require(
    before: BoardState, after: BoardState, kind: str, things: Sequence[Thing], thing: Thing, pointer: str
) -> None:
    place = [each.id for each in things].index(thing.id)
    require_board(before, after, {f"/{kind}/{place}": pointer}, f"{pointer.strip('/')} {thing.id}")
