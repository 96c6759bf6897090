"""Reserves of territories: intervals in order that do not overlap; warnings where they can never be kept.

Who counts, and when, changes with every technician and shift. So what nobody can keep is no fault: else one technician
less would make a document invalid.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, warning
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.reserves import counting, shared_time, wanted_s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Technician
    from dispatch_engine.model.territories import Reserve, Territory

HOUR = timedelta(hours=1)


def check_reserves(problem: ProblemDocument) -> Iterator[Fault]:
    """Find reserves that end before they start, and those of one territory for the same skills that overlap."""
    for path, _, reserve in _reserve_paths(problem):
        if reserve.end <= reserve.start:
            yield fault("reserve_order", path, reserve)
    for i, territory in enumerate(problem.territories):
        for (j, one), (k, other) in combinations(enumerate(territory.reserve), 2):
            if one.skills == other.skills and one.start < other.end and other.start < one.end:
                yield fault("reserves_overlap", ("territories", i, "reserve", k), other, other=j)


def warnings_of_reserves(problem: ProblemDocument) -> Iterator[Fault]:
    """Find reserves outside of the planning period, those for which nobody counts, and those of too many hours."""
    for path, territory, reserve in _reserve_paths(problem):
        horizon = horizon_of(problem)
        counts = list(counting(problem, territory.id, reserve))
        on_shift = sum((_on_shift(technician, reserve) for technician in counts), timedelta(0))
        if reserve.end <= horizon.start or reserve.start >= horizon.end:
            yield warning("reserve_outside", path, reserve)
        elif reserve.hours and not counts:
            yield warning("reserve_nobody", path, territory=territory.id, who=_who(reserve))
        elif wanted_s(reserve) > on_shift.total_seconds():
            yield warning("reserve_beyond_shifts", path, on_shift=f"{on_shift / HOUR:g}", hours=f"{reserve.hours:f}")


def _reserve_paths(problem: ProblemDocument) -> Iterator[tuple[Path, Territory, Reserve]]:
    for i, territory in enumerate(problem.territories):
        for j, reserve in enumerate(territory.reserve):
            yield ("territories", i, "reserve", j), territory, reserve


def _who(reserve: Reserve) -> str:
    skills = ", ".join(f"{skill} {level}" for skill, level in reserve.skills.items())
    return f"No technician with {skills}" if skills else "No technician"


def _on_shift(technician: Technician, reserve: Reserve) -> timedelta:
    return sum((shared_time(shift, reserve.start, reserve.end) for shift in technician.shifts), timedelta(0))
