"""Tools: of the technician, or lent by a location for the rest of a route."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from solver.checker.report import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.problem import Problem


def tool_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield tools that a visit needs and nobody has, and borrowed ones that no visit after needs."""
    needed = [_needed(reading, position) for position in reading.decided]
    if not any(needed) and not any(stop.tools for stop in reading.decided_stops):
        return
    has = {int(tool) for tool in np.flatnonzero(reading.problem.technicians.has_tool[reading.technician])}
    for k, stop in enumerate(reading.decided_stops):
        for tool in sorted(needed[k] - has):
            detail = f"technician {reading.technician}"
            yield Violation("tool", "none", f"tool {tool}", reading.shift, stop.visit, detail)
        has |= set(stop.tools)
        for tool in sorted(set(stop.tools) - set().union(*needed[k + 1 :])):
            yield Violation.at(stop, reading.shift, "load_unused", f"tool {tool} not needed", "needed after it")


def _needed(reading: RouteReading, position: int) -> set[int]:
    stop = reading.stops[position]
    needs = reading.problem.visits.needs_tool
    return set(needs[stop.visit].nonzero()[0].tolist()) if stop.is_visit else set()


def borrowed_tools(reading: RouteReading) -> Iterator[tuple[int, int]]:
    """Yield the (location, tool) that a route borrows, one for each piece."""
    yield from ((stop.location, tool) for stop in reading.decided_stops for tool in stop.tools)


def lent_faults(problem: Problem, records: Sequence[RouteRecord]) -> Iterator[Violation]:
    """Yield tools of which all routes together borrow more than a location lends."""
    borrowed = Counter(piece for record in records for piece in record.borrowed)
    for (location, tool), pieces in sorted(borrowed.items()):
        lent = int(problem.stock.tools[location, tool])
        if pieces > lent:
            yield Violation("lent", pieces, f"{lent} at most", detail=f"tool {tool} at location {location}")
