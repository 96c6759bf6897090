"""Reductions of a problem to fewer rules, each with its statement in words.

A peer that cannot express a rule is not punished for it: the rule is switched off for both sides. A ``RuleSet`` is the
list of what is switched off for one peer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bench.record import ALL_RULES
from solver.problem import (
    NONE,
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    UNREACHABLE,
    Csr,
    Steps,
    Travel,
)
from solver.reserves import Reserves
from solver.supply import Meetings, Sourcings, Stock
from solver.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.problem import Bools, Ints, Problem


class NotComparableError(Exception):
    """The problem uses a rule that no reduction can take out, so that no peer can be asked."""


@dataclass(frozen=True)
class Reduction:
    """One rule that is switched off: what the result table says of it, and how it is done."""

    words: str
    apply: Callable[[Problem], Problem]


@dataclass(frozen=True)
class RuleSet:
    """The rules that are left when all ``reductions`` have been made, under a short name."""

    name: str
    reductions: tuple[Reduction, ...]

    def reduced(self, problem: Problem) -> Problem:
        """Return the problem under the rules that are left.

        Raises
        ------
        NotComparableError
            A shift has begun already.
        """
        require_nothing_begun(problem)
        for reduction in self.reductions:
            problem = reduction.apply(problem)
        validate(problem)
        return problem

    def on(self, problem: Problem) -> RuleSet:
        """Return the same set with those reductions alone that change this problem: all rules, where none does."""
        binding = []
        for reduction in self.reductions:
            reduced = reduction.apply(problem)
            if not is_same(problem, reduced):
                binding.append(reduction)
                problem = reduced
        return RuleSet(self.name if binding else ALL_RULES, tuple(binding))

    @property
    def words(self) -> tuple[str, ...]:
        """What is switched off, in words."""
        return tuple(reduction.words for reduction in self.reductions)

    @property
    def says_where_parts_come_from(self) -> bool:
        """Whether parts come out of the vans alone, or not at all because there are none."""
        return SUPPLY not in self.reductions


def is_same(one: object, other: object) -> bool:
    """Tell whether two problems, or two parts of them, state the same."""
    if one is other:
        return True
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    if is_dataclass(one):
        return all(is_same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return one == other


def require_nothing_begun(problem: Problem) -> None:
    """Raise where a shift has facts, a departure or a resume point: peers plan days that have not begun."""
    shifts = problem.shifts
    begun = (shifts.departed_s != NONE) | (shifts.resume_place != NONE) | (np.diff(shifts.fact_visit.start) > 0)
    if begun.any():
        shift = int(begun.argmax())
        raise NotComparableError(f"shift {shift} has begun; peers plan from the start. Maybe choose a day ahead.")


def _pins_as_windows(problem: Problem) -> Problem:
    visits = problem.visits
    starts = visits.pin_level == START_FIXED
    earliest, latest = ([list(column.row(v)) for v in range(len(visits))] for column in windows_of(problem))
    for v in np.flatnonzero(starts):
        earliest[v] = latest[v] = [int(visits.pin_start_s[v])]
    level = np.where(visits.pin_level >= ORDER_FIXED, TECHNICIAN_FIXED, visits.pin_level)
    changed = replace(
        visits,
        pin_level=level,
        pin_rank=np.full_like(visits.pin_rank, NONE),
        pin_start_s=np.full_like(visits.pin_start_s, NONE),
        release_s=np.where(starts, 0, visits.release_s),
        window_earliest_s=Csr.of(earliest),
        window_latest_s=Csr.of(latest),
    )
    return replace(problem, visits=changed)


def windows_of(problem: Problem) -> tuple[Csr, Csr]:
    """Return first and last starts of the windows."""
    return problem.visits.window_earliest_s, problem.visits.window_latest_s


def _without_retiming(problem: Problem) -> Problem:
    visits = problem.visits
    none = np.full_like(visits.promised_from_s, NONE)
    changed = replace(
        visits,
        promised_from_s=none,
        promised_to_s=none.copy(),
        retime_ticks=np.zeros_like(visits.retime_ticks),
        drop_ticks=visits.drop_ticks + visits.promise_drop_ticks,
        promise_drop_ticks=np.zeros_like(visits.promise_drop_ticks),
    )
    return replace(problem, visits=changed)


def _without_reserves(problem: Problem) -> Problem:
    return replace(problem, reserves=Reserves.none(len(problem.technicians)))


def _without_fairness(problem: Problem) -> Problem:
    none = np.full_like(problem.shifts.workload_target_s, NONE)
    return replace(problem, fairness=Steps.of([[]]), shifts=replace(problem.shifts, workload_target_s=none))


def _with_paid_breaks(problem: Problem) -> Problem:
    paid = problem.shifts.break_paid
    return replace(problem, shifts=replace(problem.shifts, break_paid=Csr(paid.start, np.ones_like(paid.values))))


def _without_breaks(problem: Problem) -> Problem:
    none = Csr.of([] for _ in range(problem.n_shifts))
    shifts = replace(problem.shifts, break_earliest_s=none, break_latest_s=none, break_duration_s=none, break_paid=none)
    return replace(problem, shifts=shifts)


def _with_lateness(problem: Problem, steps: list[list[tuple[int, int]]]) -> Problem:
    visits = problem.visits
    changed = replace(
        visits,
        response=Steps.of(steps),
        restore=Steps.of([] for _ in steps),
        downtime_ticks_per_s=np.zeros_like(visits.downtime_ticks_per_s),
    )
    return replace(problem, visits=changed)


def _without_lateness(problem: Problem) -> Problem:
    return _with_lateness(problem, [[] for _ in range(problem.n_visits)])


def _one_lateness_step(problem: Problem) -> Problem:
    return _with_lateness(problem, [_dearest_step(problem, v) for v in range(problem.n_visits)])


def _dearest_step(problem: Problem, v: int) -> list[tuple[int, int]]:
    """Return the step that costs most at the horizon's end, all steps seen from the start of work at mean tempo."""
    visits = problem.visits
    service_s = int(visits.service_s[v].mean()) if visits.service_s.shape[1] else 0
    down = [(int(visits.downtime_from_s[v]), int(visits.downtime_ticks_per_s[v]))]
    of_start = visits.response.row(v) + [(after - service_s, rate) for after, rate in visits.restore.row(v) + down]
    steps = [(max(0, after), rate) for after, rate in of_start if rate > 0]
    return sorted(steps, key=lambda step: step[1] * max(0, problem.horizon_s - step[0]))[-1:]


def _without_overtime(problem: Problem) -> Problem:
    zero = np.zeros_like(problem.shifts.overtime_cap_s)
    return replace(problem, shifts=replace(problem.shifts, overtime_cap_s=zero))


def _without_overtime_from_departure(problem: Problem) -> Problem:
    shifts = problem.shifts
    cap = np.where(shifts.paid_from_departure, 0, shifts.overtime_cap_s)
    return replace(problem, shifts=replace(shifts, overtime_cap_s=cap))


def _without_limits(problem: Problem) -> Problem:
    none = np.full_like(problem.shifts.max_driving_s, NONE)
    return replace(problem, shifts=replace(problem.shifts, max_driving_s=none, max_distance_m=none.copy()))


def _without_durations(problem: Problem) -> Problem:
    none = np.full_like(problem.shifts.max_duration_s, NONE)
    return replace(problem, shifts=replace(problem.shifts, max_duration_s=none))


def _without_buffers(problem: Problem) -> Problem:
    shifts, visits = problem.shifts, problem.visits
    return replace(
        problem,
        shifts=replace(
            shifts,
            travel_buffer_permille=np.zeros_like(shifts.travel_buffer_permille),
            head_buffer_s=np.zeros_like(shifts.head_buffer_s),
        ),
        visits=replace(visits, buffer_permille=np.zeros_like(visits.buffer_permille)),
    )


def _without_shared_stock(problem: Problem) -> Problem:
    shifts_of_each = np.bincount(problem.shifts.technician, minlength=len(problem.technicians))
    if shifts_of_each.max(initial=0) < 2:
        return problem
    return replace(problem, visits=replace(problem.visits, parts=np.zeros_like(problem.visits.parts)))


def _without_supply(problem: Problem) -> Problem:
    """Have nobody need a part, or a tool that is lent, where anything but a van's own stock is a source of them."""
    if not (len(problem.stock) or len(problem.sourcings) or len(problem.meetings)):
        return problem
    visits, crew, shifts = problem.visits, problem.technicians, problem.shifts
    is_lent: Bools = np.any(problem.stock.tools > 0, axis=0)
    undemanding = replace(
        visits,
        parts=np.zeros_like(visits.parts),
        revisit_ticks=np.zeros_like(visits.revisit_ticks),
        needs_tool=visits.needs_tool & ~is_lent,
    )
    return replace(
        problem,
        visits=undemanding,
        shifts=replace(shifts, overnight_location=np.full_like(shifts.overnight_location, NONE)),
        sourcings=Sourcings.none(visits.parts.shape[1]),
        stock=Stock.none(len(crew), *visits.parts.shape[1:], *is_lent.shape),
        meetings=Meetings.none(len(crew)),
    )


def priced_as_distance(problem: Problem, ticks_per_unit: int) -> Problem:
    """Fold wages for driving and the price of distance into the distance matrix, which then counts money.

    Each shift gets a profile of its own prices and speed. Nothing else is paid by the hour.
    """
    shifts, travel = problem.shifts, problem.travel
    columns = (shifts.profile, shifts.travel_permille, shifts.wage_ticks_per_s, shifts.distance_ticks_per_m)
    kinds, profile = np.unique(np.stack(columns), axis=1, return_inverse=True)
    planes = [_money_plane(travel, kind, ticks_per_unit) for kind in kinds.T]
    zero = np.zeros_like(shifts.wage_ticks_per_s)
    changed = replace(
        shifts,
        profile=profile.reshape(-1).astype(np.int64),
        travel_permille=np.full_like(zero, 1000),
        wage_ticks_per_s=zero,
        distance_ticks_per_m=np.full_like(zero, ticks_per_unit),
    )
    priced = Travel(np.stack([d for d, _ in planes]), np.stack([m for _, m in planes]))
    return replace(problem, shifts=changed, travel=priced)


def _money_plane(travel: Travel, kind: Ints, ticks_per_unit: int) -> tuple[np.ndarray, np.ndarray]:
    profile, permille, wage, per_metre = (int(value) for value in kind)
    given_s = travel.duration_s[profile].astype(np.int64)
    duration_s = np.where(given_s < UNREACHABLE, (given_s * permille + 500) // 1000, given_s)
    ticks = wage * duration_s + per_metre * travel.distance_m[profile].astype(np.int64)
    units = np.where(given_s < UNREACHABLE, ticks // ticks_per_unit, 0)
    return duration_s.astype(np.int32), units.astype(np.int32)


PINS = Reduction("pinned orders and starts (technician stays pinned, a pinned start is a window)", _pins_as_windows)
RETIMING = Reduction("price of starting outside a promised interval", _without_retiming)
FAIRNESS = Reduction("fairness of workload", _without_fairness)
UNPAID_BREAKS = Reduction("unpaid breaks (all breaks are paid)", _with_paid_breaks)
BREAKS = Reduction("breaks", _without_breaks)
LATENESS_STEPS = Reduction("all but the dearest step of lateness and downtime of a visit", _one_lateness_step)
LATENESS = Reduction("response and restore deadlines, downtime", _without_lateness)
OVERTIME = Reduction("overtime (shifts end at their regular end)", _without_overtime)
OVERTIME_FROM_DEPARTURE = Reduction("overtime of shifts paid from departure", _without_overtime_from_departure)
LIMITS = Reduction("limits of driving time and distance", _without_limits)
DURATIONS = Reduction("limits of the time from departure to the end", _without_durations)
RESERVES = Reduction("time kept free for breakdowns", _without_reserves)
BUFFERS = Reduction("buffers for what may take longer than expected", _without_buffers)
SHARED_STOCK = Reduction("parts, where a technician has several shifts", _without_shared_stock)
SUPPLY = Reduction("parts and lent tools, where vans are not the only source of them", _without_supply)
