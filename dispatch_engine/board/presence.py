"""What is left of a shift when its technician goes early or is away for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.state import ShiftState

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.board.state import TechnicianState
    from dispatch_engine.model.facts import Facts
    from dispatch_engine.model.technicians import Shift

SECOND = timedelta(seconds=1)


def last_moment(shift: Shift, crew: TechnicianState) -> datetime | None:
    """Return when the technician stops working on a shift ahead of its end; None: works to its end.

    Who is away for a while only, by an absence that ends within the shift, is not counted on for the rest of it until
    the end of the absence is reported.
    """
    ends = [absence.since for absence in crew.absences if _covers(absence.since, absence.until, shift)]
    signed_off_at = crew.shifts.get(shift.id, ShiftState()).signed_off_at
    if signed_off_at is not None:
        ends.append(signed_off_at)
    return min(ends, default=None)


def _covers(since: datetime, until: datetime | None, shift: Shift) -> bool:
    return since < shift.end + shift.overtime_cap and (until is None or until > shift.start)


def left_of(shift: Shift, ends_at: datetime | None, facts: Facts | None) -> Shift | None:
    """Return the shift as it is planned: cut off where its technician goes, with its facts. None: nothing is left."""
    left = shift if ends_at is None else _cut(shift, ends_at)
    if left is not None:
        return left if facts is None else left.model_copy(update={"facts": _counted(facts, left)})
    return None if facts is None else _only_facts(shift, facts)


def _cut(shift: Shift, ends_at: datetime) -> Shift | None:
    if ends_at <= shift.start:
        return None
    end = min(shift.end, ends_at)
    cap = min(shift.overtime_cap, max(timedelta(0), ends_at - end))
    breaks = tuple(rest for rest in shift.breaks if rest.latest + rest.duration <= end)
    return shift.model_copy(update={"end": end, "overtime_cap": cap, "breaks": breaks})


def _only_facts(shift: Shift, facts: Facts) -> Shift:
    """Return a shift that takes nothing on any more, though work was done on it."""
    empty = {"end": shift.start + SECOND, "overtime_cap": timedelta(0), "breaks": (), "max_visits": 0}
    over = shift.model_copy(update=empty)
    return over.model_copy(update={"facts": _counted(facts, over)})


def _counted(facts: Facts, shift: Shift) -> Facts:
    """Return facts that count no more breaks than the shift has."""
    taken = min(facts.breaks_taken, len(shift.breaks))
    return facts if taken == facts.breaks_taken else facts.model_copy(update={"breaks_taken": taken})
