"""The hard rules that judge one decided visit on its technician, and its start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE, ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED, TERRITORY_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import RouteReading
    from solver.solution import Stop


def visit_rule_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield every hard rule that a decided visit of the route breaks."""
    for stop in reading.decided_visits:
        yield from _skills(reading, stop.visit)
        yield from _technician(reading, stop.visit)
        yield from _territory(reading, stop.visit)
        yield from _pin(reading, stop)
        if int(reading.problem.visits.pin_level[stop.visit]) != START_FIXED:
            yield from _start(reading, stop)
    yield from _ranks(reading)


def _skills(reading: RouteReading, visit: int) -> Iterator[Violation]:
    has = reading.problem.technicians.skill_level[reading.technician]
    needs = reading.problem.visits.skill_level[visit]
    for skill in (has < needs).nonzero()[0].tolist():
        detail = f"skill {skill} of technician {reading.technician}"
        yield Violation("skill", int(has[skill]), f"level {needs[skill]}", reading.shift, visit, detail)


def _technician(reading: RouteReading, visit: int) -> Iterator[Violation]:
    visits, technician = reading.problem.visits, reading.technician
    if visits.excluded[visit, technician]:
        yield Violation("technician", f"technician {technician}", "not excluded", reading.shift, visit)
    required = visits.required[visit].nonzero()[0].tolist()
    if required and technician not in required:
        yield Violation("technician", f"technician {technician}", f"one of {required}", reading.shift, visit)


def _territory(reading: RouteReading, visit: int) -> Iterator[Violation]:
    visits, technicians = reading.problem.visits, reading.problem.technicians
    territory = int(visits.territory[visit])
    if int(visits.territory_rule[visit]) != TERRITORY_REQUIRED or territory == NONE:
        return
    if not technicians.home_territory[reading.technician, territory]:
        found = f"technician {reading.technician} of another"
        yield Violation("territory", found, f"territory {territory}", reading.shift, visit)


def _start(reading: RouteReading, stop: Stop) -> Iterator[Violation]:
    visits, visit = reading.problem.visits, stop.visit
    windows = list(zip(visits.window_earliest_s.row(visit), visits.window_latest_s.row(visit), strict=True))
    if windows and not any(earliest <= stop.start_s <= latest for earliest, latest in windows):
        expected = " or ".join(f"{earliest} to {latest}" for earliest, latest in windows)
        yield Violation("window", stop.start_s, expected, reading.shift, visit)
    release_s = int(visits.release_s[visit])
    if stop.start_s < release_s:
        yield Violation("release", stop.start_s, f"{release_s} or later", reading.shift, visit)


def _pin(reading: RouteReading, stop: Stop) -> Iterator[Violation]:
    visits, visit = reading.problem.visits, stop.visit
    level = int(visits.pin_level[visit])
    pinned = {
        "technician": (TECHNICIAN_FIXED, reading.technician, int(visits.pin_technician[visit])),
        "shift": (TECHNICIAN_FIXED, reading.shift, int(visits.pin_shift[visit])),
        "start": (START_FIXED, stop.start_s, int(visits.pin_start_s[visit])),
    }
    for name, (from_level, found, expected) in pinned.items():
        if level >= from_level and expected not in (NONE, found):
            yield Violation("pin", found, expected, reading.shift, visit, name)


def _ranks(reading: RouteReading) -> Iterator[Violation]:
    visits = reading.problem.visits
    highest = NONE
    for visit in (stop.visit for stop in reading.decided_visits):
        rank = int(visits.pin_rank[visit])
        if int(visits.pin_level[visit]) < ORDER_FIXED or rank == NONE:
            continue
        if rank <= highest:
            yield Violation("pin", f"rank {rank} after rank {highest}", "ascending", reading.shift, visit, "order")
        highest = max(highest, rank)
