"""Technicians and providers: who there is, with which skills, tools, vans and prices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.board import events as e
from dispatch_engine.board.decide.checking import changed, require_board
from dispatch_engine.board.decide.errors import (
    FactsStatedError,
    IdChangedError,
    IdTakenError,
    ShiftBegunError,
    TechnicianBusyError,
    TechnicianNeededError,
)
from dispatch_engine.board.decide.finding import the_capacity
from dispatch_engine.board.decide.shifts import has_begun
from dispatch_engine.board.setup_events import LocationSet, MeetingSet
from dispatch_engine.board.state import RouteKey
from dispatch_engine.board.visit_status import SENT
from dispatch_engine.model.mentions import (
    location_without_technician,
    meeting_without_technician,
    without_technician,
)
from dispatch_engine.model.technicians import Capacity, Technician

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.board import commands as c
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.technicians import Provider

C = TypeVar("C", bound=Capacity)


def set_technician(state: BoardState, command: c.SetTechnician, now: datetime) -> Iterator[e.Event]:
    """Add or replace a technician."""
    if command.technician.id in state.providers:
        raise IdTakenError(command.technician.id, "provider")
    yield from _set_technician(state, command.technician, "/technician")


def set_provider(state: BoardState, command: c.SetProvider, now: datetime) -> Iterator[e.Event]:
    """Add or replace a provider."""
    if command.provider.id in state.technicians:
        raise IdTakenError(command.provider.id, "technician")
    yield from _set_provider(state, command.provider, "/provider")


def change_technician(state: BoardState, command: c.ChangeTechnician, now: datetime) -> Iterator[e.Event]:
    """Change fields of a technician or provider; nothing changes where they are so already."""
    before = the_capacity(state, command.technician)
    if command.changes.get("id", before.id) != before.id:
        raise IdChangedError(before.id)
    if isinstance(before, Technician):
        technician = changed(before, command.changes, f"technician {before.id}")
        if technician != before:
            yield from _set_technician(state, technician, "/changes")
        return
    provider = changed(state.providers[before.id], command.changes, f"provider {before.id}")
    if provider != before:
        yield from _set_provider(state, provider, "/changes")


def remove_technician(state: BoardState, command: c.RemoveTechnician, now: datetime) -> Iterator[e.Event]:
    """Take a technician or provider off the board, and out of all that names them."""
    capacity, at = the_capacity(state, command.technician), now.replace(microsecond=0)
    name = capacity.id
    mine = {call: visit for call, visit in state.visits.items() if visit.technician == name}
    for call, visit in mine.items():
        if visit.is_under_way:
            raise TechnicianBusyError(name, call)
    calls = [without_technician(call, name) for call in state.calls.values()]
    for left in calls:
        if state.calls[left.id].required_technicians and not left.required_technicians:
            raise TechnicianNeededError(name, left.id)
    sent = tuple(sorted(call for call, visit in mine.items() if visit.status in SENT))
    if sent:
        yield e.Recalled(calls=sent, at=at)
    yield from (e.CallChanged(call=call) for call in calls if call is not state.calls[call.id])
    yield from _setup_without(state, name)
    yield e.TechnicianRemoved(technician=name)


def _set_technician(state: BoardState, technician: Technician, pointer: str) -> Iterator[e.TechnicianSet]:
    _require_shifts(state, technician, pointer)
    after = replace(state, technicians={**state.technicians, technician.id: technician})
    place = list(after.technicians).index(technician.id)
    require_board(state, after, {f"/technicians/{place}": pointer}, f"technician {technician.id}")
    yield e.TechnicianSet(technician=technician)


def _set_provider(state: BoardState, provider: Provider, pointer: str) -> Iterator[e.ProviderSet]:
    _require_shifts(state, provider, pointer)
    after = replace(state, providers={**state.providers, provider.id: provider})
    place = list(after.providers).index(provider.id)
    require_board(state, after, {f"/providers/{place}": pointer}, f"provider {provider.id}")
    yield e.ProviderSet(provider=provider)


def _require_shifts(state: BoardState, capacity: Capacity, pointer: str) -> None:
    """Refuse facts with shifts, and to take away a shift that has begun."""
    for number, shift in enumerate(capacity.shifts):
        if shift.facts is not None:
            raise FactsStatedError(shift.id, f"{pointer}/shifts/{number}/facts")
    known, kept = state.capacity(capacity.id), {shift.id for shift in capacity.shifts}
    for shift in () if known is None else known.shifts:
        if shift.id not in kept and has_begun(state, RouteKey(capacity.id, shift.id)):
            raise ShiftBegunError(capacity.id, shift.id)


def _setup_without(state: BoardState, name: str) -> Iterator[e.Event]:
    for location in state.setup.stock_locations:
        closed = location_without_technician(location, name)
        if closed is not location:
            yield LocationSet(location=closed)
    for meeting in state.setup.meetings:
        without = meeting_without_technician(meeting, name)
        if without is not meeting:
            yield MeetingSet(meeting=without)
