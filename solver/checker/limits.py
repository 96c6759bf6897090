"""The hard rules that judge a whole route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import RouteReading


def limit_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield the limits of the shift that a route exceeds. A route of facts alone is always feasible."""
    if reading.is_facts_alone:
        return
    shifts, shift = reading.problem.shifts, reading.shift
    figures = reading.figures
    latest_end_s = int(shifts.regular_end_s[shift]) + int(shifts.overtime_cap_s[shift])
    if reading.end_s > latest_end_s:
        yield Violation("shift", reading.end_s, f"an end by {latest_end_s}", shift)
    limits = {
        "max_visits": (reading.n_visits, shifts.max_visits),
        "max_driving": (figures.driving_s, shifts.max_driving_s),
        "max_distance": (figures.distance_m, shifts.max_distance_m),
        "max_duration": (reading.end_s - reading.route.departure_s, shifts.max_duration_s),
    }
    for code, (found, limit) in limits.items():
        if NONE != int(limit[shift]) < found:
            yield Violation(code, found, f"{limit[shift]} at most", shift)
