"""Meetings: who may come, when, and that what is given is taken."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.solution import Stop


class Handover(NamedTuple):
    """Pieces of a part that a route gives or takes at a meeting."""

    meeting: int
    part: int
    given: int
    taken: int


def meeting_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield what is wrong with the meetings of one route."""
    meetings = [stop for stop in reading.decided_stops if stop.meeting != NONE]
    for stop in meetings:
        yield from _attendance(reading, stop)
        yield from _handover(reading, stop)
    for meeting, count in Counter(stop.meeting for stop in meetings).items():
        if count > 1:
            found = f"meeting {meeting} stopped at {count} times"
            yield Violation("meeting", found, "once at most", reading.shift)


def _attendance(reading: RouteReading, stop: Stop) -> Iterator[Violation]:
    meetings, at_s = reading.problem.meetings, int(reading.problem.meetings.at_s[stop.meeting])
    if not meetings.may_meet[reading.technician, stop.meeting]:
        found = f"technician {reading.technician}"
        yield Violation.at(stop, reading.shift, "meeting", found, "one who may take part")
    if stop.start_s != at_s:
        yield Violation.at(stop, reading.shift, "meeting_time", stop.start_s, at_s)


def _handover(reading: RouteReading, stop: Stop) -> Iterator[Violation]:
    if not stop.gives and not stop.loads:
        yield Violation.at(stop, reading.shift, "meeting", "nothing given or taken", "1 piece at least")
    if stop.gives and stop.loads:
        yield Violation.at(stop, reading.shift, "meeting", "parts given and parts taken", "one of them")


def handovers_of(reading: RouteReading) -> Iterator[Handover]:
    """Yield what a route gives and takes at meetings."""
    for stop in reading.decided_stops:
        if stop.meeting != NONE:
            yield from (Handover(stop.meeting, part, pieces, 0) for part, pieces in stop.gives)
            yield from (Handover(stop.meeting, part, 0, pieces) for part, pieces in stop.loads)


def handover_faults(records: Sequence[RouteRecord]) -> Iterator[Violation]:
    """Yield the parts of which at a meeting not as much is given as is taken, over all routes."""
    given: Counter[tuple[int, int]] = Counter()
    taken: Counter[tuple[int, int]] = Counter()
    for row in (row for record in records for row in record.handovers):
        given[row.meeting, row.part] += row.given
        taken[row.meeting, row.part] += row.taken
    for meeting, part in sorted(given):
        gives, takes = given[meeting, part], taken[meeting, part]
        if gives != takes:
            detail = f"part {part} at meeting {meeting}"
            yield Violation("handover", f"{gives} given, {takes} taken", "as many taken as given", detail=detail)
