"""The hard rules that judge a whole route, and the parts of a van over all its routes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from solver.checker.figures import figures_of
from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.reading import RouteReading
    from solver.problem import Problem


def limit_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield the limits of the shift that a route exceeds. A route of facts alone is always feasible."""
    if reading.is_facts_alone:
        return
    shifts, shift = reading.problem.shifts, reading.shift
    figures = figures_of(reading)
    latest_end_s = int(shifts.regular_end_s[shift]) + int(shifts.overtime_cap_s[shift])
    if reading.end_s > latest_end_s:
        yield Violation("shift", reading.end_s, f"an end by {latest_end_s}", shift)
    limits = {
        "max_visits": (len(reading.stops), shifts.max_visits),
        "max_driving": (figures.driving_s, shifts.max_driving_s),
        "max_distance": (figures.distance_m, shifts.max_distance_m),
    }
    for code, (found, limit) in limits.items():
        if NONE != int(limit[shift]) < found:
            yield Violation(code, found, f"{limit[shift]} at most", shift)


def part_faults(problem: Problem, readings: Sequence[RouteReading]) -> Iterator[Violation]:
    """Yield the parts of which the decided visits of a technician use more than the van holds."""
    visits_by_technician: dict[int, list[int]] = defaultdict(list)
    for reading in readings:
        visits_by_technician[reading.technician] += [reading.stops[k].visit for k in reading.decided]
    for technician, visits in visits_by_technician.items():
        used, held = problem.visits.parts[visits].sum(axis=0), problem.technicians.stock[technician]
        for part in np.flatnonzero(used > held):
            thing = f"part {part} in the van of technician {technician}"
            yield Violation("part", int(used[part]), f"{held[part]} at most", detail=thing)
