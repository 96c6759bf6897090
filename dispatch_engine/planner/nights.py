"""Where vans are loaded in the night before a shift, and how much.

A night lies before every shift of a technician but the first one in time: what the van holds at the beginning is
stated. A shift that has begun has none. Under ``loadout`` the van is filled to its loadout at most, a part that the
loadout does not name not at all; under ``need`` it takes on what the shift needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dispatch_engine.planner.columns import ints
from solver.problem import NONE

if TYPE_CHECKING:
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints


class Nights(NamedTuple):
    """Columns of ``solver.problem.Shifts``."""

    overnight_location: Ints
    overnight_limit: Ints


def nights_of(frame: Frame) -> Nights:
    """Return the nights before all shifts."""
    shifts, columns = frame.index.shifts, list(frame.index.part)
    limit = np.full((len(shifts), len(columns)), NONE, np.int64)
    if frame.problem.policy.overnight_replenishment == "loadout":
        for row, (capacity, _) in zip(limit, shifts, strict=True):
            row[:] = [capacity.loadout.get(part, 0) for part in columns]
    return Nights(ints(_location(frame, capacity, shift) for capacity, shift in shifts), limit)


def _location(frame: Frame, capacity: Capacity, shift: Shift) -> int:
    if frame.problem.policy.overnight_replenishment == "none" or capacity.replenished_at is None:
        return NONE
    is_first = all(other.start >= shift.start for other in capacity.shifts)
    return NONE if is_first or shift.facts is not None else frame.index.location[capacity.replenished_at]
