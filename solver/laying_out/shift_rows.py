"""A row for each shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import solver.columns as col
from solver.laying_out.lists import counted, stack
from solver.problem import NONE
from solver.stops import StopNumbers
from solver.supply import MEASURES

if TYPE_CHECKING:
    from solver.laying_out.lists import Lists
    from solver.laying_out.supplies import Supplies
    from solver.problem import Bools, Ints, Problem, Shifts


_VAST = 1 << 60


def shift_table(problem: Problem, lists: Lists, supplies: Supplies, heads: Ints) -> Ints:
    """Return the rows of all shifts; ``heads`` (n_shifts, …) are ``solver.rules.facts.heads``."""
    columns = _own_columns(problem, lists) | _supply_columns(problem, lists, supplies)
    return np.concatenate([stack(columns, col.HEAD_PLACE), heads], axis=1)


def _own_columns(problem: Problem, lists: Lists) -> dict[int, Ints | Bools]:
    shifts = problem.shifts
    breaks = _breaks(shifts, lists)
    fairness = _fairness(problem, lists)
    return {
        col.TECHNICIAN: shifts.technician,
        col.PROFILE: shifts.profile,
        col.PERMILLE: shifts.travel_permille,
        col.END_PLACE: shifts.end_place,
        col.SHIFT_START: shifts.start_s,
        col.REGULAR_END: shifts.regular_end_s,
        col.HARD_END: shifts.regular_end_s + shifts.overtime_cap_s,
        col.DEPARTURE_PAID: shifts.paid_from_departure,
        col.WAGE: shifts.wage_ticks_per_s,
        col.OVERTIME: shifts.overtime_ticks_per_s,
        col.PER_METRE: shifts.distance_ticks_per_m,
        col.FIXED: shifts.fixed_ticks,
        col.PER_VISIT: shifts.visit_ticks,
        col.MAX_VISITS: _or_no_limit(shifts.max_visits),
        col.MAX_DRIVING: _or_no_limit(shifts.max_driving_s),
        col.MAX_DISTANCE: _or_no_limit(shifts.max_distance_m),
        col.MAX_DURATION: _or_no_limit(shifts.max_duration_s),
        col.TARGET: shifts.workload_target_s,
        col.TRAVEL_BUFFER: shifts.travel_buffer_permille,
        col.HEAD_BUFFER: shifts.head_buffer_s,
        col.BREAK_FIRST: breaks[0],
        col.BREAK_END: breaks[1],
        col.FAIRNESS_FIRST: fairness[0],
        col.FAIRNESS_END: fairness[1],
    }


def _supply_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints | Bools]:
    shifts = problem.shifts
    restocks, meetings = _restocks(problem, lists), _meetings(problem, lists)
    all_reserves, reserves = _reserves(problem, lists)
    night = shifts.overnight_location
    limits = _night_limits(shifts, lists)
    room, held = problem.stock.van_room[shifts.technician], problem.stock.van_held[shifts.technician]
    columns: dict[int, Ints | Bools] = {
        col.RESTOCK_FIRST: restocks[0],
        col.RESTOCK_END: restocks[1],
        col.MEETING_FIRST: meetings[0],
        col.MEETING_END: meetings[1],
        col.RESERVES: all_reserves,
        col.RESERVE_FIRST: reserves[0],
        col.RESERVE_END: reserves[1],
        col.NIGHT_SUPPLY: np.where(night == NONE, NONE, np.append(supplies.base, NONE)[night]),
        col.NIGHT_LIMIT: limits,
        col.SIZES: np.full(problem.n_shifts, supplies.sizes),
        col.SHARES_VAN: np.bincount(shifts.technician, minlength=1)[shifts.technician] > 1,
        col.HAS_ROOM: (room != NONE).any(axis=1),
    }
    columns |= {
        col.ROOM + measure: np.where(room[:, measure] == NONE, _VAST, room[:, measure]) for measure in range(MEASURES)
    }
    return columns | {col.HELD + measure: held[:, measure] for measure in range(MEASURES)}


def _or_no_limit(limit: Ints) -> Ints:
    return np.where(limit == NONE, col.NO_LIMIT, limit)


def _night_limits(shifts: Shifts, lists: Lists) -> Ints:
    """Write the limits of the night's load by part; return where those of each shift begin."""
    nightly = shifts.overnight_location != NONE
    limits = _or_no_limit(shifts.overnight_limit[nightly])
    return lists.add(np.where(nightly, limits.shape[1], 0), limits.reshape(-1))[0]


def _breaks(shifts: Shifts, lists: Lists) -> tuple[Ints, Ints]:
    columns = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
    return lists.add(np.diff(columns[0].start), *(column.values for column in columns))


def _fairness(problem: Problem, lists: Lists) -> tuple[Ints, Ints]:
    """Write the steps of fairness for each shift for which it counts."""
    counts, steps = problem.shifts.workload_target_s != NONE, problem.fairness
    times = int(counts.sum())
    return lists.add(
        np.where(counts, len(steps.after.values), 0),
        np.tile(steps.after.values, times),
        np.tile(steps.rate.values, times),
    )


def _restocks(problem: Problem, lists: Lists) -> tuple[Ints, Ints]:
    """Write for each shift the stop numbers of the locations that are open to its technician."""
    shift, location = np.nonzero(problem.stock.may_restock[problem.shifts.technician])
    return lists.add(counted(shift, problem.n_shifts), StopNumbers.of(problem).restock(0) + location)


def _reserves(problem: Problem, lists: Lists) -> tuple[Ints, tuple[Ints, Ints]]:
    """Write all reserves, and for each shift the numbers of those for which its free time counts."""
    reserves, n_shifts = problem.reserves, problem.n_shifts
    columns = (reserves.from_s, reserves.until_s, reserves.wanted_s, reserves.ticks_per_s)
    first = lists.add(np.array([len(reserves)], np.int64), *columns)[0]
    shift, number = np.nonzero(reserves.counts[:, problem.shifts.technician].T)
    return np.repeat(first, n_shifts), lists.add(counted(shift, n_shifts), number)


def _meetings(problem: Problem, lists: Lists) -> tuple[Ints, Ints]:
    """Write for each shift the stop numbers of taking and giving at the meetings that are open to its technician."""
    numbers = StopNumbers.of(problem)
    shift, meeting = np.nonzero(problem.meetings.may_meet[problem.shifts.technician])
    return lists.add(counted(shift, problem.n_shifts), numbers.take(0) + meeting, numbers.give(0) + meeting)
