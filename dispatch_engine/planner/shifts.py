"""Shifts and technicians as arrays: prices, limits, breaks, facts, skills, tools and stock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import end_place_of, prices_of, start_place_of
from dispatch_engine.planner.bounds import breaks_left
from dispatch_engine.planner.buffers import head_buffer_s, travel_buffer_permille
from dispatch_engine.planner.columns import flags, ints, membership, table
from dispatch_engine.planner.heads import heads_of
from dispatch_engine.planner.money import ticks, ticks_per_m, ticks_per_s
from dispatch_engine.planner.nights import nights_of
from dispatch_engine.planner.timeline import whole_s
from solver.problem import NONE, Csr, Shifts, Technicians

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from dispatch_engine.model.places import Place
    from dispatch_engine.model.technicians import Break, Capacity, Shift
    from dispatch_engine.planner.frame import Frame


class Breaks(NamedTuple):
    """Columns of ``solver.problem.Shifts``."""

    break_earliest_s: Csr
    break_latest_s: Csr
    break_duration_s: Csr
    break_paid: Csr


def technicians_of(frame: Frame, crew: Sequence[Capacity]) -> Technicians:
    """Return technicians and providers; their stock is what is not kept for calls pinned to them."""
    index = frame.index
    return Technicians(
        skill_level=table([capacity.skills for capacity in crew], index.skill),
        has_tool=membership([capacity.tools for capacity in crew], index.tool),
        home_territory=membership([capacity.home_territories for capacity in crew], index.territory),
        stock=table([frame.reservations.free[capacity.id] for capacity in crew], index.part),
    )


def shifts_of(frame: Frame, targets_s: Iterable[int]) -> Shifts:
    """Return the shifts of a frame with the workload that is fair for each."""
    shifts, bounds, index = frame.index.shifts, frame.bounds, frame.index
    prices = [prices_of(capacity, shift, frame.problem.policy) for capacity, shift in shifts]
    breaks = [breaks_left(shift, left) for (_, shift), left in zip(shifts, bounds, strict=True)]
    return Shifts(
        technician=ints(index.technician[capacity.id] for capacity, _ in shifts),
        profile=ints(index.profile[capacity.profile] for capacity, _ in shifts),
        travel_permille=ints(_permille(capacity.travel_factor) for capacity, _ in shifts),
        start_place=ints(_place(frame, start_place_of(capacity, shift)) for capacity, shift in shifts),
        end_place=ints(_place(frame, end_place_of(capacity, shift)) for capacity, shift in shifts),
        start_s=ints(left.start_s for left in bounds),
        regular_end_s=ints(left.regular_end_s for left in bounds),
        overtime_cap_s=ints(left.overtime_cap_s for left in bounds),
        paid_from_departure=flags(_is_paid_from_departure(frame, shift) for _, shift in shifts),
        wage_ticks_per_s=ints(ticks_per_s(price.per_hour) for price in prices),
        overtime_ticks_per_s=ints(ticks_per_s(price.overtime_surcharge_per_hour) for price in prices),
        distance_ticks_per_m=ints(ticks_per_m(price.per_km) for price in prices),
        fixed_ticks=ints(ticks(price.callout) for price in prices),
        visit_ticks=ints(ticks(price.per_visit) for price in prices),
        max_visits=ints(_max_visits(frame, row) for row in range(len(shifts))),
        max_driving_s=ints(NONE if s.max_driving is None else whole_s(s.max_driving) for _, s in shifts),
        max_distance_m=ints(NONE if s.max_distance_km is None else _metres(s.max_distance_km) for _, s in shifts),
        max_duration_s=ints(NONE if s.max_duration is None else whole_s(s.max_duration) for _, s in shifts),
        workload_target_s=ints(targets_s),
        travel_buffer_permille=ints([travel_buffer_permille(frame.problem.policy)] * len(shifts)),
        head_buffer_s=ints(head_buffer_s(frame, row) for row in range(len(shifts))),
        **_breaks(frame, breaks)._asdict(),
        **heads_of(frame)._asdict(),
        **nights_of(frame)._asdict(),
    )


def _permille(factor: Decimal) -> int:
    return int(factor * 1000)


def _metres(km: Decimal) -> int:
    return int(km * 1000)


def _place(frame: Frame, place: Place | None) -> int:
    return NONE if place is None else frame.places.number(place)


def _is_paid_from_departure(frame: Frame, shift: Shift) -> bool:
    return (shift.paid_from or frame.problem.policy.paid_from) == "departure"


def _max_visits(frame: Frame, row: int) -> int:
    """Return the limit of a shift; one that is over takes no more than its facts."""
    shift = frame.index.shifts[row][1]
    if frame.bounds[row].is_over:
        return len(shift.facts.visits) if shift.facts is not None else 0
    return NONE if shift.max_visits is None else shift.max_visits


def _breaks(frame: Frame, rows: Sequence[Sequence[Break]]) -> Breaks:
    seconds = frame.timeline.seconds
    return Breaks(
        break_earliest_s=Csr.of([seconds(rest.earliest) for rest in row] for row in rows),
        break_latest_s=Csr.of([seconds(rest.latest) for rest in row] for row in rows),
        break_duration_s=Csr.of([whole_s(rest.duration) for rest in row] for row in rows),
        break_paid=Csr.of([int(rest.paid) for rest in row] for row in rows),
    )
