"""The figures of one route: driving, distance, paid time, overtime, workload, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import RouteFigures

if TYPE_CHECKING:
    from solver.checker.reading import Leg, RouteReading


def figures_of(reading: RouteReading) -> RouteFigures:
    """Derive the figures of a route."""
    legs = [*reading.legs, reading.leg_to_resume, reading.leg_back]
    driving_s = sum(leg.travel_s for leg in legs)
    regular_end_s = int(reading.problem.shifts.regular_end_s[reading.shift])
    return RouteFigures(
        shift=reading.shift,
        driving_s=driving_s,
        distance_m=sum(leg.distance_m for leg in legs),
        paid_s=_paid_s(reading),
        overtime_s=max(0, reading.end_s - regular_end_s),
        workload_s=driving_s + sum(reading.services_s),
        waiting_s=_waiting_s(reading),
    )


def _paid_s(reading: RouteReading) -> int:
    shifts, route = reading.problem.shifts, reading.route
    from_departure = bool(shifts.paid_from_departure[reading.shift])
    begin_s = route.departure_s if from_departure else int(shifts.start_s[reading.shift])
    unpaid = [taken for taken in route.breaks if not reading.breaks[taken.index].is_paid]
    if from_departure:
        unpaid = [taken for taken in unpaid if not reading.is_before_departure(taken)]
    unpaid_s = reading.unpaid_behind_s + sum(reading.breaks[taken.index].duration_s for taken in unpaid)
    return reading.end_s - begin_s - unpaid_s


def _waiting_s(reading: RouteReading) -> int:
    return _waiting_between_facts_s(reading) + sum(
        reading.gap_end_s(k) - reading.gap_begin_s(k) - leg.travel_s - reading.pause_s(k)
        for k, leg in _decided_legs(reading)
    )


def _decided_legs(reading: RouteReading) -> list[tuple[int, Leg]]:
    legs = [(k, reading.legs[k]) for k in reading.decided]
    return legs if reading.is_open_ended else [*legs, (len(reading.stops), reading.leg_back)]


def _waiting_between_facts_s(reading: RouteReading) -> int:
    freed_s = reading.route.departure_s
    waiting_s = 0
    for stop, leg in zip(reading.stops[: reading.n_facts], reading.legs, strict=False):
        waiting_s += max(0, stop.start_s - freed_s - leg.travel_s)
        freed_s = stop.end_s
    return waiting_s
