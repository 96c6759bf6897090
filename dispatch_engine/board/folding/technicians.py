"""Technicians and providers: who there is, their shifts, absences, positions, breaks and delays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.board.folding.crew import shift_state, with_crew, with_shift_state
from dispatch_engine.board.folding.opening import without_facts
from dispatch_engine.board.state import BoardState, TechnicianState
from dispatch_engine.model.technicians import Provider, Technician

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dispatch_engine.board import events as e
    from dispatch_engine.model.facts import Resume
    from dispatch_engine.model.technicians import Capacity, Shift

C = TypeVar("C", bound="Capacity")


def technician_set(state: BoardState, event: e.TechnicianSet) -> BoardState:
    """Add or replace a technician."""
    technician = without_facts(event.technician)
    crew = {technician.id: TechnicianState(), **state.crew}
    return replace(state, technicians={**state.technicians, technician.id: technician}, crew=crew)


def provider_set(state: BoardState, event: e.ProviderSet) -> BoardState:
    """Add or replace a provider."""
    provider = without_facts(event.provider)
    crew = {provider.id: TechnicianState(), **state.crew}
    return replace(state, providers={**state.providers, provider.id: provider}, crew=crew)


def shift_set(state: BoardState, event: e.ShiftSet) -> BoardState:
    """Add or replace a shift; shifts stay in order of time."""
    return _with_shifts(state, event.technician, {event.shift.id: event.shift.model_copy(update={"facts": None})})


def shift_cancelled(state: BoardState, event: e.ShiftCancelled) -> BoardState:
    """Take a shift away."""
    return _with_shifts(state, event.technician, {event.shift: None})


def signed_on(state: BoardState, event: e.SignedOn) -> BoardState:
    """Note that a shift has begun."""
    return with_shift_state(state, event.technician, event.shift, signed_on_at=event.at, signed_off_at=None)


def signed_off(state: BoardState, event: e.SignedOff) -> BoardState:
    """Note that a shift has ended."""
    return with_shift_state(state, event.technician, event.shift, signed_off_at=event.at)


def absence_set(state: BoardState, event: e.AbsenceSet) -> BoardState:
    """Note when a technician cannot work."""
    return with_crew(state, event.technician, absences=event.absences)


def position_reported(state: BoardState, event: e.PositionReported) -> BoardState:
    """Keep the latest position by the phone's own time."""
    technician = state.crew.get(event.technician, TechnicianState())
    sequence = max((each for each in (technician.sequence, event.sequence) if each is not None), default=None)
    is_old = technician.position is not None and technician.position.at > event.position.at
    position = technician.position if is_old else event.position
    return with_crew(state, event.technician, position=position, sequence=sequence)


def break_taken(state: BoardState, event: e.BreakTaken) -> BoardState:
    """Count a break of the shift, after which the technician is free; the same break again only ends otherwise."""
    before = shift_state(state, event.technician, event.shift)
    departed_at = event.at if before.departed_at is None else min(before.departed_at, event.at)
    state = with_shift_state(
        state,
        event.technician,
        event.shift,
        breaks_taken=before.breaks_taken + (before.break_at != event.at),
        break_at=event.at,
        departed_at=departed_at,
    )
    return _free(state, event.technician, event.shift, event.at, event.resume)


def restock_begun(state: BoardState, event: e.RestockBegun) -> BoardState:
    """Let the rest of the route begin at the stock location; the technician has left by then at the latest."""
    before = shift_state(state, event.technician, event.shift)
    departed_at = event.at if before.departed_at is None else min(before.departed_at, event.at)
    state = with_shift_state(state, event.technician, event.shift, departed_at=departed_at)
    return _free(state, event.technician, event.shift, event.at, event.free)


def delay_reported(state: BoardState, event: e.DelayReported) -> BoardState:
    """Count a technician as free later; who has not left yet leaves then."""
    return _free(state, event.technician, event.shift, event.at, event.free)


def _free(state: BoardState, technician: str, shift: str, at: datetime, free: Resume) -> BoardState:
    """Note where and when a technician is free, unless that was said before of a later moment."""
    since = shift_state(state, technician, shift).free_since
    if since is not None and at < since:
        return state
    return with_shift_state(state, technician, shift, free=free, free_since=at)


def technician_removed(state: BoardState, event: e.TechnicianRemoved) -> BoardState:
    """Let go of a technician or provider, and of the calls' pins and promises to them."""
    name = event.technician
    return replace(
        state,
        technicians={each: who for each, who in state.technicians.items() if each != name},
        providers={each: who for each, who in state.providers.items() if each != name},
        crew={each: known for each, known in state.crew.items() if each != name},
    )


def _with_shifts(state: BoardState, name: str, changes: Mapping[str, Shift | None]) -> BoardState:
    capacity = state.capacity(name)
    assert capacity is not None  # decided before
    by_id: dict[str, Shift | None] = {**{shift.id: shift for shift in capacity.shifts}, **changes}
    shifts = sorted((shift for shift in by_id.values() if shift is not None), key=lambda each: (each.start, each.id))
    return with_capacity(state, capacity.model_copy(update={"shifts": tuple(shifts)}))


def with_capacity(state: BoardState, capacity: Capacity) -> BoardState:
    """Return the board with a technician or provider replaced."""
    if isinstance(capacity, Technician):
        return replace(state, technicians={**state.technicians, capacity.id: capacity})
    assert isinstance(capacity, Provider)
    return replace(state, providers={**state.providers, capacity.id: capacity})
