"""No time is far from the planning period: what the solver counts in seconds fits its numbers, and years are right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.paths import moment_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument

NEAR = timedelta(days=180)
RECORDED = timedelta(days=366)
"""For what was reported or agreed long ago and is still open."""

RECORDED_FIELDS = {"reported_at", "down_since", "response_deadline", "restore_deadline"}


def check_far_times(problem: ProblemDocument) -> Iterator[Fault]:
    """Find times far before or after the start of the planning period, whose own length is another check."""
    start = horizon_of(problem).start
    for path, moment in moment_paths(problem):
        limit = RECORDED if path[-1] in RECORDED_FIELDS else NEAR
        if path[0] != "horizon" and abs(moment - start) > limit:
            yield fault("time_far", path, moment, limit=limit.days, start=start.isoformat())
