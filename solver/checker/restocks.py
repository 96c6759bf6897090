"""Restock stops and nights: where and when a route may take things on, and how much in the night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import RouteReading
    from solver.solution import Stop


def restock_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield restock stops at locations that are not open to the technician, out of hours, or for nothing."""
    for position in reading.decided:
        stop = reading.stops[position]
        if stop.location == NONE:
            continue
        if not reading.problem.stock.may_restock[reading.technician, stop.location]:
            found = f"technician {reading.technician}"
            yield Violation.at(stop, reading.shift, "location", found, "one to whom it is open")
        if not (stop.loads or stop.tools):
            yield Violation.at(stop, reading.shift, "restock_empty", 0, "1 piece or tool at least")
        yield from _opening(reading, stop, reading.completions_s[position])


def _opening(reading: RouteReading, stop: Stop, completion_s: int) -> Iterator[Violation]:
    stock = reading.problem.stock
    rows = (stock.opening_earliest_s.row(stop.location), stock.opening_latest_s.row(stop.location))
    hours = list(zip(*rows, strict=True))
    if hours and not any(opens <= stop.start_s and completion_s <= closes for opens, closes in hours):
        expected = " or ".join(f"within {opens} to {closes}" for opens, closes in hours)
        yield Violation.at(stop, reading.shift, "opening", f"{stop.start_s} to {completion_s}", expected)


def night_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield what a route loads in the night without a place for it, or beyond the limit."""
    problem, night = reading.problem, dict(reading.route.overnight)
    if night and int(problem.shifts.overnight_location[reading.shift]) == NONE:
        yield Violation("overnight", f"{sum(night.values())} pieces", "no night's load", reading.shift)
    for part in night:
        limit, used = int(problem.shifts.overnight_limit[reading.shift, part]), _used_of_own(reading, part)
        if NONE != limit < used:
            yield Violation("overnight", used, f"{limit} at most", reading.shift, detail=f"part {part}")


def _used_of_own(reading: RouteReading, part: int) -> int:
    """Return what a route uses of a part from the night's load and from what the van held before."""
    moves = reading.moves
    taken_on_the_way = sum(move.taken.get(part, 0) for move in moves[1:])
    return sum(move.used.get(part, 0) for move in moves) - taken_on_the_way
