"""Technicians who are sick, or called away for part of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from dispatch_engine.board.presence import left_of
from dispatch_engine.board.state import Absence, TechnicianState
from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.fields import Id, Instant, Text
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.changes.change import Change, refused
from dispatch_engine.whatif.changes.finding import the_capacity, with_capacities
from dispatch_engine.whatif.changes.released import released
from dispatch_engine.whatif.changes.shifts import with_shifts

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.technicians import Capacity, Shift


class AbsentTechnician(Change):
    """A technician or provider cannot work for some time: sick tomorrow, called away from 11:00.

    As on a live board: who comes back within a shift has a fixed break without pay, who does not has the shift cut
    off; calls that were pinned to what is gone are free.
    """

    type: Literal["absence"]
    technician: Id
    since: Instant | None = None
    """Default: from the beginning."""
    until: Instant | None = None
    """Default: to the end."""
    reason: Text | None = None

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with what is left of the shifts."""
        whose = the_capacity(problem, self.technician, "technician")
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise refused(scenario_fault("absence_ends_first", ("until",), self.until, since=self.since.isoformat()))
        begins_at = problem.now or horizon_of(problem).start
        left = [each for shift in whose.shifts if (each := self._left_of(shift, begins_at)) is not None]
        if tuple(left) == whose.shifts:
            raise refused(scenario_fault("absence_idle", (), technician=whose.id, shifts=_told(whose)))
        absent = with_shifts(whose, left)
        return released(with_capacities(problem, [absent]), absent)

    def _left_of(self, shift: Shift, begins_at: datetime) -> Shift | None:
        absence = Absence(since=self.since or min(shift.start, begins_at), until=self.until)
        return left_of(shift, TechnicianState(absences=(absence,)), shift.facts, begins_at)


def _told(whose: Capacity) -> str:
    spans = [f"{shift.start.isoformat()} to {shift.end.isoformat()}" for shift in whose.shifts[:3]]
    return ", ".join(spans) or "none"
