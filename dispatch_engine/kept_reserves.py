"""What a plan keeps free of the reserves, from the problem document and the routes of its plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.model.plan import ReserveKept
from dispatch_engine.model.times import Window
from dispatch_engine.reserves import counting, reserves_left, shared_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dispatch_engine.model.plan import Kpis, Route
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift

SECOND = timedelta(seconds=1)


def kept_reserves(problem: ProblemDocument, routes: Sequence[Route]) -> tuple[ReserveKept, ...] | None:
    """Return what is kept of each reserve that is not over; None where there is none."""
    by_shift = {(route.technician, route.shift): route.free or () for route in routes}
    kept = []
    for territory, reserve, since, wanted_s in reserves_left(problem):
        free_s = 0
        for technician in counting(problem, territory.id, reserve):
            for shift in technician.shifts:
                spans = by_shift.get((technician.id, shift.id), (_unused(shift, since),))
                free_s += sum(shared_time(span, since, reserve.end) // SECOND for span in spans)
        kept.append(
            ReserveKept(
                territory=territory.id,
                start=since,
                end=reserve.end,
                skills=reserve.skills,
                wanted_s=wanted_s,
                kept_s=free_s,
                missing_s=max(0, wanted_s - free_s),
            )
        )
    return tuple(kept) or None


def reserve_by_territory(kpis: Kpis) -> dict[str, tuple[int, int]]:
    """Return the seconds that are wanted and those that are missing of all reserves of each territory that has any."""
    sums: dict[str, tuple[int, int]] = {}
    for each in kpis.reserve or ():
        wanted_s, missing_s = sums.get(each.territory, (0, 0))
        sums[each.territory] = wanted_s + each.wanted_s, missing_s + each.missing_s
    return sums


def _unused(shift: Shift, since: datetime) -> Window:
    """Return when a technician is free whose shift has no route: all of it, from where what has happened is over on."""
    facts = shift.facts
    begin = shift.start if facts is None else facts.departed_at if facts.resume is None else facts.resume.at
    return Window(start=max(begin, since), end=shift.end)
