"""Tools: of the technician, or lent by a location for the rest of a route."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from solver.checker.report import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.reading import RouteReading
    from solver.problem import Problem


def tool_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield tools that a visit needs and nobody has, and borrowed ones that no visit after needs."""
    has = {int(tool) for tool in np.flatnonzero(reading.problem.technicians.has_tool[reading.technician])}
    for position in reading.decided:
        stop = reading.stops[position]
        for tool in sorted(_needed(reading, position) - has):
            detail = f"technician {reading.technician}"
            yield Violation("tool", "none", f"tool {tool}", reading.shift, stop.visit, detail)
        has |= set(stop.tools)
        needed_after = {tool for later in reading.decided if later > position for tool in _needed(reading, later)}
        for tool in sorted(set(stop.tools) - needed_after):
            yield Violation.at(stop, reading.shift, "load_unused", f"tool {tool} not needed", "needed after it")


def _needed(reading: RouteReading, position: int) -> set[int]:
    stop = reading.stops[position]
    needs = reading.problem.visits.needs_tool
    return {int(tool) for tool in np.flatnonzero(needs[stop.visit])} if stop.is_visit else set()


def lent_faults(problem: Problem, readings: Sequence[RouteReading]) -> Iterator[Violation]:
    """Yield tools of which all routes together borrow more than a location lends."""
    borrowed = Counter(
        (stop.location, tool) for reading in readings for stop in reading.decided_stops for tool in stop.tools
    )
    for (location, tool), pieces in sorted(borrowed.items()):
        lent = int(problem.stock.tools[location, tool])
        if pieces > lent:
            yield Violation("lent", pieces, f"{lent} at most", detail=f"tool {tool} at location {location}")
