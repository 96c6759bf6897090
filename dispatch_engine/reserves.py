"""The reserves of a document's territories: what is left of each at the time of planning, and who counts for it.

What is wanted is spread evenly over the interval. So of a reserve that has begun, as large a share is still wanted as
is left of its interval; one that is over is left out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import horizon_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift, Technician
    from dispatch_engine.model.territories import Reserve, Territory
    from dispatch_engine.model.times import Window

SECONDS_PER_HOUR = 3600


class ReserveLeft(NamedTuple):
    """What is left of a reserve: from when on, and for how many seconds technicians are to be free until its end."""

    territory: Territory
    reserve: Reserve
    since: datetime
    wanted_s: int


def reserves_left(problem: ProblemDocument) -> Iterator[ReserveLeft]:
    """Yield the reserves that are not over at the time of planning, in the order of the document."""
    if not any(territory.reserve for territory in problem.territories):
        return
    begin = horizon_of(problem).start
    now = begin if problem.now is None else max(begin, problem.now)
    for territory in problem.territories:
        for reserve in territory.reserve:
            since = max(reserve.start, now)
            if since < reserve.end:
                whole, left = reserve.end - reserve.start, reserve.end - since
                yield ReserveLeft(territory, reserve, since, wanted_s(reserve) * left // whole)


def wanted_s(reserve: Reserve) -> int:
    """Return for how many seconds technicians are to be free in the whole interval of a reserve."""
    return int(reserve.hours * SECONDS_PER_HOUR)


def shared_time(one: Window | Shift, begin: datetime, end: datetime) -> timedelta:
    """Return how much of an interval lies between two moments."""
    return max(timedelta(0), min(one.end, end) - max(one.start, begin))


def counting(problem: ProblemDocument, territory: str, reserve: Reserve) -> Iterator[Technician]:
    """Yield the technicians whose free time counts: those of the territory who have the skills."""
    for technician in problem.technicians:
        has_skills = all(technician.skills.get(skill, 0) >= level for skill, level in reserve.skills.items())
        if territory in technician.home_territories and has_skills:
            yield technician
