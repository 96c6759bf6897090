"""What is left of a shift when its technician goes early, or is away for a while."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.state import ShiftState
from dispatch_engine.model.technicians import Break

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from dispatch_engine.board.state import Absence, TechnicianState
    from dispatch_engine.model.facts import Facts
    from dispatch_engine.model.technicians import Shift

SECOND = timedelta(seconds=1)


def last_moment(shift: Shift, crew: TechnicianState) -> datetime | None:
    """Return when the technician stops working on a shift ahead of its end; None: works to its end."""
    is_last = (each for each in crew.absences if not _comes_back(each, shift) and _touches(each, shift))
    ends = [absence.since for absence in is_last]
    signed_off_at = crew.shifts.get(shift.id, ShiftState()).signed_off_at
    if signed_off_at is not None:
        ends.append(signed_off_at)
    return min(ends, default=None)


def absences_within(shift: Shift, crew: TechnicianState) -> tuple[Absence, ...]:
    """Return when the technician is away from a shift and comes back before its end, in order."""
    return tuple(each for each in crew.absences if _comes_back(each, shift) and _touches(each, shift))


def back_at(absences: Iterable[Absence], moment: datetime) -> datetime:
    """Return when a technician who is free at a moment can go on: then, or at the end of the absences that cover it."""
    for absence in absences:
        if absence.until is not None and absence.since <= moment < absence.until:
            moment = absence.until
    return moment


def left_of(shift: Shift, crew: TechnicianState, facts: Facts | None, begins_at: datetime) -> Shift | None:
    """Return the shift as it is planned, with its facts: cut off where its technician goes. None: nothing is left.

    ``begins_at`` is when what is decided begins at the earliest.
    """
    ends_at, away = last_moment(shift, crew), absences_within(shift, crew)
    left = shift if ends_at is None else _cut(shift, ends_at)
    if left is not None and away:
        left = _with_absences(left, away, facts, begins_at)
    if left is not None:
        return left if facts is None else left.model_copy(update={"facts": _counted(facts, left)})
    return None if facts is None else _only_facts(shift, facts)


def _comes_back(absence: Absence, shift: Shift) -> bool:
    return absence.until is not None and absence.until < shift.end


def _touches(absence: Absence, shift: Shift) -> bool:
    is_before_end = absence.since < shift.end + shift.overtime_cap
    return is_before_end and (absence.until is None or absence.until > shift.start)


def _cut(shift: Shift, ends_at: datetime) -> Shift | None:
    if ends_at <= shift.start:
        return None
    end = min(shift.end, ends_at)
    cap = min(shift.overtime_cap, max(timedelta(0), ends_at - end))
    breaks = tuple(rest for rest in shift.breaks if rest.latest + rest.duration <= end)
    return shift.model_copy(update={"end": end, "overtime_cap": cap, "breaks": breaks})


def _with_absences(shift: Shift, away: Sequence[Absence], facts: Facts | None, begins_at: datetime) -> Shift | None:
    """Return a shift without the times of absence: it begins later, or has a break that is fixed and not paid."""
    starts_at = shift.start if facts is not None else back_at(away, max(shift.start, begins_at))
    if facts is None and starts_at > max(shift.start, begins_at):
        if starts_at >= shift.end:
            return None
        shift = shift.model_copy(update={"start": starts_at, "breaks": _from(shift.breaks, starts_at)})
    free_at = starts_at if facts is None else max(begins_at, _free_at(facts))
    taken = 0 if facts is None else facts.breaks_taken
    for absence in away:
        if absence.since > free_at and absence.since < shift.end:
            shift = shift.model_copy(update={"breaks": _around(shift.breaks, absence, taken)})
    return shift


def _free_at(facts: Facts) -> datetime:
    """Return when the rest of a route begins."""
    if facts.resume is not None:
        return facts.resume.at
    return facts.visits[-1].completed_at if facts.visits else facts.departed_at


def _from(breaks: Sequence[Break], start: datetime) -> tuple[Break, ...]:
    """Return the breaks that can still begin from then on."""
    return tuple(_clipped(rest, max(rest.earliest, start), rest.latest) for rest in breaks if rest.latest >= start)


def _around(breaks: Sequence[Break], absence: Absence, taken: int) -> tuple[Break, ...]:
    """Return the breaks with an absence among them as one; those that lie in it are had by it."""
    since, until = absence.since, absence.until
    assert until is not None  # who does not come back has the shift cut off
    before, after = [], []
    for number, rest in enumerate(breaks):
        if number < taken:
            before.append(_clipped(rest, min(rest.earliest, since), min(rest.latest, since)))
        elif rest.latest >= until:
            after.append(_clipped(rest, max(rest.earliest, until), rest.latest))
        elif rest.earliest + rest.duration <= since:
            before.append(_clipped(rest, rest.earliest, min(rest.latest, since - rest.duration)))
    return (*_in_order(before, taken), Break(earliest=since, latest=since, duration=until - since), *after)


def _in_order(breaks: Sequence[Break], taken: int) -> tuple[Break, ...]:
    """Return breaks whose latest starts never go back; one for which that leaves no time is left out."""
    kept: list[Break] = []
    for number in range(len(breaks) - 1, -1, -1):
        rest = breaks[number]
        latest = min(rest.latest, kept[0].latest) if kept else rest.latest
        if latest >= rest.earliest or number < taken:
            kept.insert(0, _clipped(rest, min(rest.earliest, latest), latest))
    return tuple(kept)


def _clipped(rest: Break, earliest: datetime, latest: datetime) -> Break:
    if rest.earliest == earliest and rest.latest == latest:
        return rest
    return rest.model_copy(update={"earliest": earliest, "latest": latest})


def _only_facts(shift: Shift, facts: Facts) -> Shift:
    """Return a shift that takes nothing on any more, though work was done on it."""
    empty = {"end": shift.start + SECOND, "overtime_cap": timedelta(0), "breaks": (), "max_visits": 0}
    over = shift.model_copy(update=empty)
    return over.model_copy(update={"facts": _counted(facts, over)})


def _counted(facts: Facts, shift: Shift) -> Facts:
    """Return facts that count no more breaks than the shift has."""
    taken = min(facts.breaks_taken, len(shift.breaks))
    return facts if taken == facts.breaks_taken else facts.model_copy(update={"breaks_taken": taken})
