"""Technicians and providers: who there is, their shifts, absences, positions, breaks and stock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from dispatch_engine.board.folding.opening import without_facts
from dispatch_engine.board.state import BoardState, ShiftState, TechnicianState
from dispatch_engine.model.technicians import Provider, Technician

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.board import events as e
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
    """Note an absence, or that it has ended."""
    absences = () if event.absence is None else (event.absence,)
    return _with_crew(state, event.technician, absences=absences)


def position_reported(state: BoardState, event: e.PositionReported) -> BoardState:
    """Keep the latest position by the phone's own time."""
    technician = state.crew.get(event.technician, TechnicianState())
    sequence = max((each for each in (technician.sequence, event.sequence) if each is not None), default=None)
    is_old = technician.position is not None and technician.position.at > event.position.at
    position = technician.position if is_old else event.position
    return _with_crew(state, event.technician, position=position, sequence=sequence)


def break_taken(state: BoardState, event: e.BreakTaken) -> BoardState:
    """Count a break of the shift, after which the technician is free."""
    before = shift_state(state, event.technician, event.shift)
    departed_at = event.at if before.departed_at is None else before.departed_at
    return with_shift_state(
        state,
        event.technician,
        event.shift,
        breaks_taken=before.breaks_taken + 1,
        resume=event.resume,
        departed_at=departed_at,
    )


def stock_moved(state: BoardState, event: e.StockMoved) -> BoardState:
    """Add pieces to a van or stock location; what cannot be there is counted as none."""
    if event.technician is not None:
        state = _with_van(state, event.technician, event.pieces, is_count=False)
    return _with_location(state, event.location, event.pieces, is_count=False) if event.location else state


def stock_counted(state: BoardState, event: e.StockCounted) -> BoardState:
    """Take over what was counted."""
    if event.technician is not None:
        return _with_van(state, event.technician, event.stock, is_count=True)
    assert event.location is not None
    return _with_location(state, event.location, event.stock, is_count=True)


def shift_state(state: BoardState, technician: str, shift: str) -> ShiftState:
    """Return what happened on a shift."""
    return state.crew.get(technician, TechnicianState()).shifts.get(shift, ShiftState())


def with_shift_state(state: BoardState, technician: str, shift: str, **changes: Any) -> BoardState:
    """Return the board with other facts about a shift."""
    changed = shift_state(state, technician, shift).model_copy(update=changes)
    shifts = {**state.crew.get(technician, TechnicianState()).shifts, shift: changed}
    return _with_crew(state, technician, shifts=shifts)


def _with_crew(state: BoardState, name: str, **changes: Any) -> BoardState:
    technician = state.crew.get(name, TechnicianState()).model_copy(update=changes)
    return replace(state, crew={**state.crew, name: technician})


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


def _with_van(state: BoardState, name: str, pieces: Mapping[str, int], *, is_count: bool) -> BoardState:
    capacity = state.capacity(name)
    assert capacity is not None  # decided before
    return with_capacity(state, capacity.model_copy(update={"stock": _stock(capacity.stock, pieces, is_count)}))


def _with_location(state: BoardState, name: str, pieces: Mapping[str, int], *, is_count: bool) -> BoardState:
    signed = pieces if is_count else {part: -number for part, number in pieces.items()}
    locations = tuple(
        each.model_copy(update={"stock": _stock(each.stock, signed, is_count)}) if each.id == name else each
        for each in state.setup.stock_locations
    )
    return replace(state, setup=state.setup.model_copy(update={"stock_locations": locations}))


def _stock(before: Mapping[str, int], pieces: Mapping[str, int], is_count: bool) -> dict[str, int]:
    changed = {part: number if is_count else before.get(part, 0) + number for part, number in pieces.items()}
    return {part: max(0, number) for part, number in {**before, **changed}.items()}
