"""What is left of each shift at the time of planning: nothing that is decided begins earlier than now.

A shift that has not begun starts at its own start or now, whichever is later. Time that went by unused is sunk:
it is no cost of the plan, or else the engine would rather leave an idle technician idle. Breaks whose window has
gone by are behind, and overtime counts from now on where the regular end has gone by.

A shift that has begun (it has facts) keeps its start, its pay and its breaks. The rest of its route begins at the
last fact or the resume point, but not before now (``heads``).

A shift whose end, overtime included, has gone by takes no further visit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.planner.timeline import whole_s

if TYPE_CHECKING:
    from dispatch_engine.model.technicians import Break, Shift
    from dispatch_engine.planner.timeline import Timeline


@dataclass(frozen=True)
class Bounds:
    """The times of one shift in seconds, and the number of its breaks that are behind before the route begins."""

    start_s: int
    regular_end_s: int
    hard_end_s: int
    breaks_gone: int
    is_over: bool

    @property
    def overtime_cap_s(self) -> int:
        """How long overtime may last."""
        return self.hard_end_s - self.regular_end_s


def bounds_of(shift: Shift, timeline: Timeline, now_s: int) -> Bounds:
    """Return what is left of a shift at ``now_s``."""
    start_s, regular_end_s = timeline.seconds(shift.start), timeline.seconds(shift.end)
    hard_end_s = regular_end_s + whole_s(shift.overtime_cap)
    is_over = now_s >= hard_end_s
    if shift.facts is not None:
        return Bounds(start_s, regular_end_s, hard_end_s, breaks_gone=0, is_over=is_over)
    start_s = max(start_s, min(now_s, hard_end_s))
    gone = sum(timeline.seconds(rest.latest) < start_s for rest in shift.breaks)
    return Bounds(start_s, max(regular_end_s, start_s), hard_end_s, gone, is_over)


def breaks_left(shift: Shift, bounds: Bounds) -> tuple[Break, ...]:
    """Return the breaks that the solver sees, those before them being gone."""
    return shift.breaks[bounds.breaks_gone :]
