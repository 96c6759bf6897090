"""One call and the shifts on which it was tried in vain for one and the same reason, with what can be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.rules.facts import Head, head, leg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.translate import Translation
    from solver.explain import UnplannedReason

SHOWN = 3


@dataclass(frozen=True)
class Case:
    """``tries`` share their reason; they are empty only where there is no shift at all."""

    translation: Translation
    visit: int
    tries: Sequence[UnplannedReason]

    @property
    def frame(self) -> Frame:
        """The frame of the document."""
        return self.translation.frame

    @property
    def call(self) -> Call:
        """The call in question."""
        return self.frame.problem.calls[self.visit]

    @cached_property
    def shifts(self) -> tuple[int, ...]:
        """The rows of the shifts."""
        return tuple(each.shift for each in self.tries if each.shift is not None)

    @cached_property
    def technicians(self) -> tuple[Capacity, ...]:
        """Technicians and providers of the shifts, each once."""
        owners = {self.shift(row)[0].id: self.shift(row)[0] for row in self.shifts}
        return tuple(owners.values())

    @property
    def who(self) -> str:
        """The technicians in words: the id of one, else their number, with the first few ids unless it is everyone."""
        ids = [capacity.id for capacity in self.technicians]
        if len(ids) == 1:
            return ids[0]
        if self.is_everyone:
            return f"all {len(ids)} technicians"
        shown = ", ".join(ids[:SHOWN]) + (", …" if len(ids) > SHOWN else "")
        return f"{len(ids)} technicians ({shown})"

    @property
    def is_everyone(self) -> bool:
        """Whether the reason holds for all who have a shift."""
        return len(self.technicians) == len({capacity.id for capacity, _ in self.frame.index.shifts})

    def verb(self, of_one: str, of_many: str) -> str:
        """Return the form of a verb that goes with the technicians."""
        return of_one if len(self.technicians) == 1 else of_many

    def shift(self, row: int) -> tuple[Capacity, Shift]:
        """Return a shift with whose it is."""
        return self.frame.index.shifts[row]

    def head(self, row: int) -> Head:
        """Return where and when the rest of a shift's route begins."""
        return head(self.translation.solver_problem, row)

    def arrival_s(self, row: int) -> int:
        """Return when a shift could be at the call if it went there first, breaks aside."""
        problem, begin = self.translation.solver_problem, self.head(row)
        return begin.time_s + leg(problem, row, begin.place, int(problem.visits.place[self.visit]))[0]

    @cached_property
    def first_to_arrive(self) -> int:
        """The shift that could be there first."""
        return min(self.shifts, key=self.arrival_s)

    def clock(self, seconds: int) -> str:
        """Return a moment as people read it, with the date where that is not that of the planning period's start."""
        return self.moment(self.frame.timeline.moment(seconds))

    def moment(self, at: datetime) -> str:
        """Return a moment of the document in the board's time, with the date where it is another day."""
        timeline = self.frame.timeline
        local = timeline.moment(timeline.seconds(at))
        first = timeline.moment(timeline.seconds(self.frame.horizon.start))
        return f"{local:%H:%M}" if local.date() == first.date() else f"{local:%Y-%m-%d %H:%M}"
