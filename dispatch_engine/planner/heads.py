"""What has happened on each shift: the head of its route.

The rest of a route that has begun is decided now, so it begins now at the earliest: where a technician waits for the
next order, at the place of the last fact. Whoever is on the way already has a resume point in the document, which says
where and when that drive ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import start_place_of
from dispatch_engine.planner.columns import ints
from solver.problem import NONE, Csr

if TYPE_CHECKING:
    from dispatch_engine.model.facts import Facts
    from dispatch_engine.model.places import Place
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints


class Heads(NamedTuple):
    """Columns of ``solver.problem.Shifts``."""

    fact_visit: Csr
    fact_start_s: Csr
    fact_end_s: Csr
    departed_s: Ints
    resume_place: Ints
    resume_s: Ints
    breaks_taken: Ints


def heads_of(frame: Frame) -> Heads:
    """Return the heads of all shifts."""
    seconds, rows = frame.timeline.seconds, [shift.facts for _, shift in frame.index.shifts]
    visits = [facts.visits if facts is not None else () for facts in rows]
    resume = [_resume(frame, row) for row in range(len(rows))]
    return Heads(
        fact_visit=Csr.of([frame.index.visit[fact.call] for fact in row] for row in visits),
        fact_start_s=Csr.of([seconds(fact.started_at) for fact in row] for row in visits),
        fact_end_s=Csr.of([seconds(fact.completed_at) for fact in row] for row in visits),
        departed_s=ints(NONE if facts is None else seconds(facts.departed_at) for facts in rows),
        resume_place=ints(place for place, _ in resume),
        resume_s=ints(at_s for _, at_s in resume),
        breaks_taken=ints(0 if facts is None else facts.breaks_taken for facts in rows),
    )


def _resume(frame: Frame, row: int) -> tuple[int, int]:
    """Return place and time at which the rest of a route begins, NONE where that is the end of its last fact."""
    facts = frame.index.shifts[row][1].facts
    if facts is None:
        return NONE, NONE
    place, free_s = _free(frame, row, facts)
    is_late = free_s < frame.now_s and not frame.bounds[row].is_over
    if facts.resume is None and not is_late:
        return NONE, NONE
    return frame.places.number(place), max(free_s, frame.now_s) if is_late else free_s


def _free(frame: Frame, row: int, facts: Facts) -> tuple[Place, int]:
    """Return where and when the technician is free by the reports."""
    seconds = frame.timeline.seconds
    if facts.resume is not None:
        return facts.resume.place, seconds(facts.resume.at)
    if facts.visits:
        last = facts.visits[-1]
        return frame.call(last.call).place, seconds(last.completed_at)
    start = start_place_of(*frame.index.shifts[row])
    assert start is not None  # a document without it has been refused
    return start, seconds(facts.departed_at)
