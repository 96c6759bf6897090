"""Whether the times, travel and distances that a route records follow from each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import Leg, RouteReading
    from solver.solution import Stop


def timing_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield what is wrong with the departure, the legs, the decided stops' times and the end."""
    yield from _departure(reading)
    yield from _legs(reading)
    for position in reading.decided:
        yield from _stop_times(reading, position)
    if reading.route.end_s != reading.end_s:
        yield Violation("time_wrong", reading.route.end_s, reading.end_s, reading.shift, detail="end of the route")


def _departure(reading: RouteReading) -> Iterator[Violation]:
    shifts, found = reading.problem.shifts, reading.route.departure_s
    recorded, start_s = int(shifts.departed_s[reading.shift]), int(shifts.start_s[reading.shift])
    if reading.has_begun:
        if recorded == NONE or found != recorded:
            expected = "a recorded departure" if recorded == NONE else recorded
            yield Violation("departure_wrong", found, expected, reading.shift)
    elif found < start_s:
        yield Violation("departure_wrong", found, f"{start_s} or later", reading.shift)


def _legs(reading: RouteReading) -> Iterator[Violation]:
    for position, (stop, leg) in enumerate(zip(reading.stops, reading.legs, strict=True)):
        is_decided = position in reading.decided
        yield from _leg(reading, stop, (stop.travel_s, stop.distance_m), leg, is_decided)
    route = reading.route
    recorded_back = (route.return_travel_s, route.return_distance_m)
    yield from _leg(reading, None, recorded_back, reading.leg_back, not reading.is_facts_alone)


def _leg(
    reading: RouteReading, stop: Stop | None, recorded: tuple[int, int], leg: Leg, is_decided: bool
) -> Iterator[Violation]:
    """Judge the way to a stop, or the way back where there is no stop."""
    if recorded == (leg.travel_s, leg.distance_m) and (leg.is_reachable or not is_decided):
        return
    compared = {"travel_wrong": (recorded[0], leg.travel_s), "distance_wrong": (recorded[1], leg.distance_m)}
    faults: list[tuple[str, int | str, int | str]] = [
        (code, found, expected) for code, (found, expected) in compared.items() if found != expected
    ]
    if is_decided and not leg.is_reachable:
        faults.append(("unreachable", "no way", "a way"))
    for code, found, expected in faults:
        if stop is None:
            yield Violation(code, found, expected, reading.shift, detail="way back")
        else:
            yield Violation.at(stop, reading.shift, code, found, expected)


def _stop_times(reading: RouteReading, position: int) -> Iterator[Violation]:
    """Judge one decided stop. Breaks after the arrival delay its start too: they may not overlap it."""
    stop = reading.stops[position]
    begin_s = reading.gap_begin_s(position) + reading.legs[position].travel_s
    ahead_s = sum(b.end_s - b.start_s for b in reading.breaks_in_gap(position) if b.start_s < stop.arrival_s)
    if stop.arrival_s < begin_s + ahead_s:
        expected = f"{begin_s + ahead_s} or later"
        yield Violation.at(stop, reading.shift, "time_wrong", stop.arrival_s, expected, "arrival")
    if stop.start_s < stop.arrival_s:
        yield Violation.at(stop, reading.shift, "time_wrong", stop.start_s, f"{stop.arrival_s} or later", "start")
    if stop.end_s != reading.completions_s[position]:
        expected_s = reading.completions_s[position]
        yield Violation.at(stop, reading.shift, "time_wrong", stop.end_s, expected_s, "completion")
