"""What is known of technicians and their shifts besides visits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dispatch_engine.board.state import BoardState, ShiftState, TechnicianState


def shift_state(state: BoardState, technician: str, shift: str) -> ShiftState:
    """Return what happened on a shift."""
    return state.crew.get(technician, TechnicianState()).shifts.get(shift, ShiftState())


def with_shift_state(state: BoardState, technician: str, shift: str, **changes: Any) -> BoardState:
    """Return the board with other facts about a shift."""
    known = shift_state(state, technician, shift)
    if all(getattr(known, name) == value for name, value in changes.items()):
        return state
    shifts = {**state.crew.get(technician, TechnicianState()).shifts, shift: known.model_copy(update=changes)}
    return with_crew(state, technician, shifts=shifts)


def with_crew(state: BoardState, name: str, **changes: Any) -> BoardState:
    """Return the board with other facts about a technician or provider."""
    technician = state.crew.get(name, TechnicianState()).model_copy(update=changes)
    return replace(state, crew={**state.crew, name: technician})
