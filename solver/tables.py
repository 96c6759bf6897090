"""The problem laid out for the kernels: few wide integer tables, one row a visit or a shift.

A kernel that takes fifty arrays is slow to compile and slow to call, so the columns of ``Visits`` and ``Shifts`` that
it reads stand side by side in two tables; lists (windows, steps, breaks, parts) are rows of small tables to which
a pair of columns points (first, past the last). Everything that does not depend on the route, such as who may
take a visit and what that assignment costs, is worked out here once, by the rules' own files.
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
    PERMILLE,
    PER_METRE,
    PER_VISIT,
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
    from numpy.typing import NDArray

    from solver.problem import Csr, Ints, Problem, Steps

class Tables(NamedTuple):
    """What the kernels read. Tables of visits and shifts have the columns named above.

    ``duration_s``, ``distance_m`` (n_profiles, n_places, n_places); ``service_s`` (n_visits, n_technicians);
    ``assign_ticks`` (n_visits, n_technicians), FORBIDDEN where a rule on the pair fails; ``window`` (n, 2) earliest, latest;
    ``step`` (n, 2) after, rate; ``brk`` (n, 4) earliest, latest, duration, paid; ``need`` (n, 2) part, quantity;
    ``stock`` (n_technicians, n_parts); ``fairness`` (n, 2) beyond, rate.
    """

    duration_s: NDArray[np.int32]
    distance_m: NDArray[np.int32]
    visit: Ints
    shift: Ints
    service_s: Ints
    assign_ticks: Ints
    window: Ints
    step: Ints
    brk: Ints
    need: Ints
    stock: Ints
    fairness: Ints


def _stack(*columns: Ints) -> Ints:
    return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.int64))


def _or_no_limit(limit: Ints) -> Ints:
    return np.where(limit == NONE, NO_LIMIT, limit)


def _step_table(problem: Problem) -> tuple[Ints, Ints, Ints]:
    """Put response steps, then restore and downtime steps, below each other: (table, response starts, restore starts)."""
    visits = problem.visits
    response = [sorted(visits.response.row(v)) for v in range(len(visits))]
    restore = [
        sorted(visits.restore.row(v) + [(int(since), int(rate))] * bool(rate))
        for v, (since, rate) in enumerate(zip(visits.downtime_from_s, visits.downtime_ticks_per_s, strict=True))
    ]
    rows = [step for row in response + restore for step in row]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in response + restore], dtype=np.int64)])
    n = len(visits)
    return np.array(rows, np.int64).reshape(-1, 2), starts[: n + 1], starts[n:]


def _need_table(parts: Ints) -> tuple[Ints, Ints]:
    visit, part = np.nonzero(parts)
    starts = np.searchsorted(visit, np.arange(len(parts) + 1)).astype(np.int64)
    return _stack(part, parts[visit, part]) if len(visit) else np.zeros((0, 2), np.int64), starts


def _windows(problem: Problem) -> tuple[Ints, Ints]:
    """Return the windows of the starts; a fixed start is a window of one instant."""
    visits = problem.visits
    rows: list[list[tuple[int, int]]] = []
    for v in range(len(visits)):
        if visits.pin_level[v] == START_FIXED:
            rows.append([(int(visits.pin_start_s[v]),) * 2])
        else:
            earliest, latest = visits.window_earliest_s.row(v), visits.window_latest_s.row(v)
            rows.append(list(zip(earliest, latest, strict=True)))
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows], dtype=np.int64)])
    return np.array([window for row in rows for window in row], np.int64).reshape(-1, 2), starts


def _steps(steps: Steps) -> Ints:
    return _stack(steps.after.values, steps.rate.values)


def _rows(*lists: Csr) -> Ints:
    return _stack(*(entry.values for entry in lists))


def _visit_table(problem: Problem, windows: Ints, response: Ints, restore: Ints, needs: Ints) -> Ints:
    visits = problem.visits
    is_fact = np.zeros(len(visits), np.int64)
    is_fact[problem.shifts.fact_visit.values] = 1
    columns = {
        PLACE: visits.place,
        RELEASE: np.where(visits.pin_level == START_FIXED, 0, visits.release_s),
        WINDOW_FIRST: windows[:-1],
        WINDOW_END: windows[1:],
        RESPONSE_FIRST: response[:-1],
        RESPONSE_END: response[1:],
        RESTORE_FIRST: restore[:-1],
        RESTORE_END: restore[1:],
        NEED_FIRST: needs[:-1],
        NEED_END: needs[1:],
        PIN_SHIFT: np.where(visits.pin_level == FREE, NONE, visits.pin_shift),
        PIN_RANK: np.where(visits.pin_level < ORDER_FIXED, NONE, visits.pin_rank),
        PROMISED_FROM: visits.promised_from_s,
        PROMISED_TO: visits.promised_to_s,
        RETIME: visits.retime_ticks,
        DROP: unplanned.total_ticks(problem),
        IS_FACT: is_fact,
    }
    return _stack(*(columns[column] for column in range(VISIT_COLUMNS)))


def _shift_table(problem: Problem) -> Ints:
    shifts = problem.shifts
    heads = facts.heads(problem)
    columns = {
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
        BREAK_FIRST: shifts.break_earliest_s.start[:-1],
        BREAK_END: shifts.break_earliest_s.start[1:],
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
    step, response, restore = _step_table(problem)
    window, windows = _windows(problem)
    need, needs = _need_table(problem.visits.parts)
    shifts = problem.shifts
    return Tables(
        duration_s=np.ascontiguousarray(problem.travel.duration_s, np.int32),
        distance_m=np.ascontiguousarray(problem.travel.distance_m, np.int32),
        visit=_visit_table(problem, windows, response, restore, needs),
        shift=_shift_table(problem),
        service_s=np.ascontiguousarray(problem.visits.service_s, np.int64),
        assign_ticks=np.where(assignment.failing(problem) > 0, FORBIDDEN, assignment.ticks(problem)),
        window=window,
        step=step,
        brk=_rows(shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid),
        need=need,
        stock=np.ascontiguousarray(problem.technicians.stock, np.int64),
        fairness=_steps(problem.fairness),
    )
