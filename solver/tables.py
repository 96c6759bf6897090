"""The problem laid out for the kernels: few wide integer tables, one row a visit or a shift.

A kernel that takes fifty arrays is slow to compile and slow to call, so the columns of ``Visits`` and ``Shifts`` that
it reads stand side by side in two tables; lists (windows, steps, breaks, parts) are rows of one more table. Everything
that does not depend on the route, such as who may take a visit and what that assignment costs, is worked out here once,
by the rules' own files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import (
    BREAK_END,
    BREAK_FIRST,
    DEPARTURE_PAID,
    DROP,
    END_PLACE,
    FAIRNESS_END,
    FAIRNESS_FIRST,
    FIXED,
    HARD_END,
    HEAD_BREAKS,
    HEAD_COST,
    HEAD_DEPARTURE,
    HEAD_DISTANCE,
    HEAD_DRIVING,
    HEAD_IS_DEPARTED,
    HEAD_PLACE,
    HEAD_TIME,
    HEAD_UNPAID,
    HEAD_VISITS,
    HEAD_WORKLOAD,
    IS_FACT,
    MAX_DISTANCE,
    MAX_DRIVING,
    MAX_VISITS,
    NEED_END,
    NEED_FIRST,
    NO_LIMIT,
    OVERTIME,
    PER_METRE,
    PER_VISIT,
    PERMILLE,
    PIN_RANK,
    PIN_SHIFT,
    PLACE,
    PROFILE,
    PROMISED_FROM,
    PROMISED_TO,
    REGULAR_END,
    RELEASE,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    RETIME,
    SHIFT_COLUMNS,
    SHIFT_START,
    TARGET,
    TECHNICIAN,
    VISIT_COLUMNS,
    WAGE,
    WINDOW_END,
    WINDOW_FIRST,
)
from solver.money import FORBIDDEN
from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED
from solver.rules import assignment, facts, unplanned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from solver.problem import Bools, Ints, Problem


class Tables(NamedTuple):
    """What the kernels read; few arrays, for each one is several arguments in a compiled call.

    ``travel`` (n_profiles, n_places, n_places, 2) SECONDS, METRES; ``visit`` (n_visits, VISIT_COLUMNS); ``shift``
    (n_shifts, SHIFT_COLUMNS); ``pair`` (n_visits, n_technicians, 2) SERVICE seconds and ASSIGN ticks, FORBIDDEN where a
    rule on the pair fails; ``row`` (n, 4) the rows of all lists, to which columns of visits and shifts point (first,
    past the last): windows (EARLIEST, LATEST), steps (AFTER, RATE), breaks (EARLIEST to PAID), needs (PART, QUANTITY).
    """

    travel: NDArray[np.int32]
    visit: Ints
    shift: Ints
    pair: Ints
    row: Ints


class _Lists:
    """Collects the rows of all lists into one table."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, ...]] = []

    def add(self, lists: Iterable[Iterable[tuple[int, ...]]]) -> tuple[Ints, Ints]:
        """Add one list for each visit or shift; return where each begins and ends."""
        first, end = [], []
        for entries in lists:
            first.append(len(self.rows))
            self.rows.extend((*entry, 0, 0, 0)[:4] for entry in entries)
            end.append(len(self.rows))
        return np.array(first, np.int64), np.array(end, np.int64)

    def table(self) -> Ints:
        """Return the table (n, 4)."""
        return np.array(self.rows, np.int64).reshape(-1, 4)


def _stack(*columns: Ints | Bools) -> Ints:
    return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.int64))


def _or_no_limit(limit: Ints) -> Ints:
    return np.where(limit == NONE, NO_LIMIT, limit)


def _restore_steps(problem: Problem, v: int) -> list[tuple[int, int]]:
    """Return the restore steps of a visit with its downtime as one more step."""
    visits = problem.visits
    since, rate = int(visits.downtime_from_s[v]), int(visits.downtime_ticks_per_s[v])
    return sorted(visits.restore.row(v) + [(since, rate)] * bool(rate))


def _needs(problem: Problem, v: int) -> list[tuple[int, int]]:
    parts = problem.visits.parts[v]
    return [(int(part), int(parts[part])) for part in np.flatnonzero(parts)]


def _windows(problem: Problem, v: int) -> list[tuple[int, int]]:
    """Return the windows of a visit's start; a fixed start is a window of one instant."""
    visits = problem.visits
    if visits.pin_level[v] == START_FIXED:
        return [(int(visits.pin_start_s[v]),) * 2]
    return list(zip(visits.window_earliest_s.row(v), visits.window_latest_s.row(v), strict=True))


def _breaks(problem: Problem, s: int) -> Iterable[tuple[int, ...]]:
    shifts = problem.shifts
    lists = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
    return zip(*(column.row(s) for column in lists), strict=True)


def _fairness(problem: Problem, s: int) -> list[tuple[int, int]]:
    return [] if problem.shifts.workload_target_s[s] == NONE else problem.fairness.row(0)


def _visit_table(problem: Problem, lists: _Lists) -> Ints:
    visits = problem.visits
    is_fact = np.zeros(len(visits), np.int64)
    is_fact[problem.shifts.fact_visit.values] = 1
    every = range(len(visits))
    windows = lists.add(_windows(problem, v) for v in every)
    response = lists.add(sorted(visits.response.row(v)) for v in every)
    restore = lists.add(_restore_steps(problem, v) for v in every)
    needs = lists.add(_needs(problem, v) for v in every)
    columns: dict[int, Ints] = {
        PLACE: visits.place,
        RELEASE: np.where(visits.pin_level == START_FIXED, 0, visits.release_s),
        WINDOW_FIRST: windows[0],
        WINDOW_END: windows[1],
        RESPONSE_FIRST: response[0],
        RESPONSE_END: response[1],
        RESTORE_FIRST: restore[0],
        RESTORE_END: restore[1],
        NEED_FIRST: needs[0],
        NEED_END: needs[1],
        PIN_SHIFT: np.where(visits.pin_level == FREE, NONE, visits.pin_shift),
        PIN_RANK: np.where(visits.pin_level < ORDER_FIXED, NONE, visits.pin_rank),
        PROMISED_FROM: visits.promised_from_s,
        PROMISED_TO: visits.promised_to_s,
        RETIME: visits.retime_ticks,
        DROP: unplanned.total_ticks(problem),
        IS_FACT: is_fact,
    }
    return _stack(*(columns[column] for column in range(VISIT_COLUMNS)))


def _shift_table(problem: Problem, lists: _Lists) -> Ints:
    shifts, every = problem.shifts, range(problem.n_shifts)
    breaks = lists.add(_breaks(problem, s) for s in every)
    fairness = lists.add(_fairness(problem, s) for s in every)
    heads = facts.heads(problem)
    columns: dict[int, Ints | Bools] = {
        TECHNICIAN: shifts.technician,
        PROFILE: shifts.profile,
        PERMILLE: shifts.travel_permille,
        END_PLACE: shifts.end_place,
        SHIFT_START: shifts.start_s,
        REGULAR_END: shifts.regular_end_s,
        HARD_END: shifts.regular_end_s + shifts.overtime_cap_s,
        DEPARTURE_PAID: shifts.paid_from_departure,
        WAGE: shifts.wage_ticks_per_s,
        OVERTIME: shifts.overtime_ticks_per_s,
        PER_METRE: shifts.distance_ticks_per_m,
        FIXED: shifts.fixed_ticks,
        PER_VISIT: shifts.visit_ticks,
        MAX_VISITS: _or_no_limit(shifts.max_visits),
        MAX_DRIVING: _or_no_limit(shifts.max_driving_s),
        MAX_DISTANCE: _or_no_limit(shifts.max_distance_m),
        TARGET: shifts.workload_target_s,
        BREAK_FIRST: breaks[0],
        BREAK_END: breaks[1],
        FAIRNESS_FIRST: fairness[0],
        FAIRNESS_END: fairness[1],
        HEAD_PLACE: heads.place,
        HEAD_TIME: heads.time_s,
        HEAD_DEPARTURE: heads.departure_s,
        HEAD_IS_DEPARTED: heads.is_departed,
        HEAD_BREAKS: heads.breaks_behind,
        HEAD_UNPAID: heads.unpaid_s,
        HEAD_VISITS: heads.visits,
        HEAD_DRIVING: heads.driving_s,
        HEAD_DISTANCE: heads.distance_m,
        HEAD_WORKLOAD: heads.workload_s,
        HEAD_COST: heads.cost_ticks,
    }
    return _stack(*(columns[column] for column in range(SHIFT_COLUMNS)))


def build_tables(problem: Problem) -> Tables:
    """Lay a problem out for the kernels."""
    lists = _Lists()
    visit, shift = _visit_table(problem, lists), _shift_table(problem, lists)
    assign = np.where(assignment.failing(problem) > 0, FORBIDDEN, assignment.ticks(problem))
    travel = np.stack([problem.travel.duration_s, problem.travel.distance_m], axis=3).astype(np.int32)
    return Tables(
        travel=np.ascontiguousarray(travel),
        visit=visit,
        shift=shift,
        pair=np.ascontiguousarray(np.stack([problem.visits.service_s, assign], axis=2).astype(np.int64)),
        row=lists.table(),
    )
