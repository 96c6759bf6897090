"""The nights of a document: each lies between one working day and the next.

A day is a local date on which a shift starts. What is loaded in a night is taken when the shift after it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.model.effective import horizon_of, shifts_of
from dispatch_engine.restock.errors import NightUnknownError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift

DAY = timedelta(days=1)
USUAL_START = time(8)
"""When the vans leave where no shift says so."""


@dataclass(frozen=True)
class Night:
    """A night: ``evening`` is the working day before it, ``morning`` the working day after it.

    Before the first working day ``evening`` is the date before; after the last one ``morning`` is the date after.
    """

    evening: date
    morning: date


class Days:
    """The working days of a document, in its time zone."""

    def __init__(self, problem: ProblemDocument) -> None:
        self._problem = problem
        self._zone = ZoneInfo(problem.time_zone)
        self.dates = sorted({self.date_of(shift.start) for _, shift in shifts_of(problem)})
        self._today = self._working_day_at(horizon_of(problem).start if problem.now is None else problem.now)

    def date_of(self, at: datetime) -> date:
        """Return the local date of a moment."""
        return at.astimezone(self._zone).date()

    def night_of(self, asked: date | None) -> Night:
        """Return the night that begins on a date; where none is asked for, the first one from the document's now on.

        A date without shifts belongs to the night that began on the working day before it.

        Raises
        ------
        NightUnknownError
            The date is not within the working days, nor the one before them, or it is before yesterday.
        """
        wanted = asked or self._today
        if not self.dates or not self._earliest() <= wanted <= self.dates[-1]:
            raise NightUnknownError(asked, self._problem.id, self.dates)
        return self._after(max((day for day in self.dates if day <= wanted), default=wanted))

    def evenings_before(self, night: Night) -> Iterator[date]:
        """Yield the working days before the evening of a night."""
        yield from (day for day in self.dates if day < night.evening)

    def night_after(self, day: date) -> Night | None:
        """Return the night after a working day; None where it is over at the document's now."""
        return None if day < self._today else self._after(day)

    def shifts_on(self, capacity: Capacity, day: date) -> list[Shift]:
        """Return the shifts of one technician that start on a day, in order of time."""
        here = (shift for shift in capacity.shifts if self.date_of(shift.start) == day)
        return sorted(here, key=lambda shift: shift.start)

    def ready_at(self, capacity: Capacity, night: Night) -> datetime:
        """Return when a van has to be loaded after a night: at the start of the technician's first shift.

        Where the technician does not work in the morning, it is the time of day at which the last shift before began,
        else at which the first one later begins.
        """
        shifts = self.shifts_on(capacity, night.morning)
        if shifts:
            return shifts[0].start.astimezone(self._zone)
        clock = self._usual_start(capacity, night)
        return datetime.combine(night.morning, clock, self._zone)

    def _usual_start(self, capacity: Capacity, night: Night) -> time:
        ordered = sorted(capacity.shifts, key=lambda shift: shift.start)
        before = [shift for shift in ordered if self.date_of(shift.start) <= night.evening]
        chosen = before[-1:] or ordered[:1]
        return chosen[0].start.astimezone(self._zone).time() if chosen else USUAL_START

    def _working_day_at(self, now: datetime) -> date:
        """Return the last working day until now, or the first one where none has begun."""
        today = self.date_of(now)
        return max((day for day in self.dates if day <= today), default=min(self.dates, default=today))

    def _earliest(self) -> date:
        """Return the date of the first night that can be asked for."""
        now = self._problem.now
        eve = self.dates[0] - DAY
        return eve if now is None else max(eve, min(self._today, self.date_of(now) - DAY))

    def _after(self, day: date) -> Night:
        later = (each for each in self.dates if each > day)
        return Night(day, next(later, day + DAY))
