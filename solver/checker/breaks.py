"""Breaks: due ones are taken, in their windows and order, in gaps and not on top of anything."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.checker.report import Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import RouteReading
    from solver.solution import BreakTaken


def break_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield what is wrong with the breaks of a route."""
    yield from _order(reading)
    if not reading.is_facts_alone:
        yield from _due(reading)
    for taken in reading.route.breaks:
        yield from _times(reading, taken)
        yield from _place(reading, taken)
    for first, second in pairwise(reading.route.breaks):
        if second.start_s < first.end_s or second.before < first.before:
            found = f"break {second.index} at {second.start_s} in gap {second.before}"
            expected = f"at {first.end_s} or later in gap {first.before} or later"
            yield Violation("break_overlap", found, expected, reading.shift)


def _order(reading: RouteReading) -> Iterator[Violation]:
    ahead = [] if reading.is_facts_alone else [b.number for b in reading.breaks if not b.is_behind]
    taken = [b.index for b in reading.route.breaks]
    if taken != ahead[: len(taken)]:
        yield Violation("break", f"taken {taken}", f"the first of {ahead}", reading.shift, detail="order")


def _due(reading: RouteReading) -> Iterator[Violation]:
    taken = {b.index for b in reading.route.breaks}
    for b in reading.breaks:
        is_due = not b.is_behind and reading.end_s > b.latest_s
        if is_due and b.number not in taken:
            expected = f"taken, or an end by {b.latest_s}"
            yield Violation("break", f"break {b.number} left out", expected, reading.shift, detail="due")


def _times(reading: RouteReading, taken: BreakTaken) -> Iterator[Violation]:
    b = reading.breaks[taken.index]
    if not b.earliest_s <= taken.start_s <= b.latest_s:
        found = f"break {b.number} at {taken.start_s}"
        yield Violation("break", found, f"{b.earliest_s} to {b.latest_s}", reading.shift, detail="window")
    if taken.end_s != taken.start_s + b.duration_s:
        detail = f"end of break {b.number}"
        yield Violation("time_wrong", taken.end_s, taken.start_s + b.duration_s, reading.shift, detail=detail)


def _place(reading: RouteReading, taken: BreakTaken) -> Iterator[Violation]:
    n_stops = len(reading.stops)
    last_gap = n_stops - 1 if reading.is_open_ended else n_stops
    found = f"break {taken.index} from {taken.start_s} in gap {taken.before}"
    if not reading.n_facts <= taken.before <= last_gap:
        expected = f"a gap from {reading.n_facts} to {last_gap}"
        yield Violation("break", found, expected, reading.shift, detail="gap")
        return
    begin_s, end_s = reading.gap_begin_s(taken.before), reading.gap_end_s(taken.before)
    if reading.is_before_departure(taken):
        begin_s, end_s = int(reading.problem.shifts.start_s[reading.shift]), reading.route.departure_s
    over_s = taken.start_s + reading.breaks[taken.index].duration_s
    if taken.start_s < begin_s or over_s > end_s:
        yield Violation("break_overlap", found, f"within {begin_s} to {end_s}", reading.shift)
