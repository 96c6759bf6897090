"""A row for each shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

import solver.columns as col
from solver.laying_out.lists import stack
from solver.problem import NONE
from solver.rules import facts
from solver.stops import StopNumbers
from solver.supply import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.laying_out.lists import Lists
    from solver.laying_out.supplies import Supplies
    from solver.problem import Bools, Ints, Problem


_VAST = 1 << 60


def shift_table(problem: Problem, lists: Lists, supplies: Supplies) -> Ints:
    """Return the rows of all shifts."""
    columns = _own_columns(problem, lists) | _supply_columns(problem, lists, supplies) | _head_columns(problem)
    return stack(columns, col.SHIFT_COLUMNS)


def _own_columns(problem: Problem, lists: Lists) -> dict[int, Ints | Bools]:
    shifts, every = problem.shifts, range(problem.n_shifts)
    breaks = lists.add(_breaks(problem, s) for s in every)
    fairness = lists.add(_fairness(problem, s) for s in every)
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
        col.TARGET: shifts.workload_target_s,
        col.BREAK_FIRST: breaks[0],
        col.BREAK_END: breaks[1],
        col.FAIRNESS_FIRST: fairness[0],
        col.FAIRNESS_END: fairness[1],
    }


def _supply_columns(problem: Problem, lists: Lists, supplies: Supplies) -> dict[int, Ints | Bools]:
    shifts, every = problem.shifts, range(problem.n_shifts)
    restocks = lists.add(_restocks(problem, int(t)) for t in shifts.technician)
    meetings = lists.add(_meetings(problem, int(t)) for t in shifts.technician)
    night = shifts.overnight_location
    limits, _ = lists.add(_night_limits(problem, s) for s in every)
    room, held = problem.stock.van_room[shifts.technician], problem.stock.van_held[shifts.technician]
    columns: dict[int, Ints | Bools] = {
        col.RESTOCK_FIRST: restocks[0],
        col.RESTOCK_END: restocks[1],
        col.MEETING_FIRST: meetings[0],
        col.MEETING_END: meetings[1],
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


def _head_columns(problem: Problem) -> dict[int, Ints | Bools]:
    heads = facts.heads(problem)
    return {
        col.HEAD_PLACE: heads.place,
        col.HEAD_TIME: heads.time_s,
        col.HEAD_DEPARTURE: heads.departure_s,
        col.HEAD_IS_DEPARTED: heads.is_departed,
        col.HEAD_BREAKS: heads.breaks_behind,
        col.HEAD_UNPAID: heads.unpaid_s,
        col.HEAD_VISITS: heads.visits,
        col.HEAD_DRIVING: heads.driving_s,
        col.HEAD_DISTANCE: heads.distance_m,
        col.HEAD_WORKLOAD: heads.workload_s,
        col.HEAD_COST: heads.cost_ticks,
    }


def _or_no_limit(limit: Ints) -> Ints:
    return np.where(limit == NONE, col.NO_LIMIT, limit)


def _night_limits(problem: Problem, s: int) -> list[tuple[int]]:
    if problem.shifts.overnight_location[s] == NONE:
        return []
    return [(limit,) for limit in _or_no_limit(problem.shifts.overnight_limit[s]).tolist()]


def _breaks(problem: Problem, s: int) -> Iterable[tuple[int, ...]]:
    shifts = problem.shifts
    lists = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
    return zip(*(column.row(s) for column in lists), strict=True)


def _fairness(problem: Problem, s: int) -> list[tuple[int, int]]:
    return [] if problem.shifts.workload_target_s[s] == NONE else problem.fairness.row(0)


def _restocks(problem: Problem, technician: int) -> list[tuple[int]]:
    """Return the stop numbers of the locations that are open to a technician."""
    numbers = StopNumbers.of(problem)
    return [(numbers.restock(int(x)),) for x in np.flatnonzero(problem.stock.may_restock[technician])]


def _meetings(problem: Problem, technician: int) -> list[tuple[int, int]]:
    """Return the stop numbers of taking and giving at the meetings that a technician may take part in."""
    numbers = StopNumbers.of(problem)
    return [(numbers.take(int(x)), numbers.give(int(x))) for x in np.flatnonzero(problem.meetings.may_meet[technician])]
