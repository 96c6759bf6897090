"""Windows in order, pins and promises that are complete, and lateness that never pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.errors import ProblemError
from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED
from solver.validation.ranges import MAX_RATE_TICKS, MAX_TIME_S
from solver.validation.require import first_disorder, require

if TYPE_CHECKING:
    from solver.problem import Problem


def check_visits(problem: Problem) -> None:
    """Check windows, pins, promises and price functions."""
    _check_windows(problem)
    _check_pins(problem)
    _check_ranks(problem)
    _check_promises(problem)
    _check_slopes(problem)


def _check_windows(problem: Problem) -> None:
    visits = problem.visits
    visit = first_disorder(visits.window_earliest_s, visits.window_latest_s)
    if visit is not None:
        windows = list(zip(visits.window_earliest_s.row(visit), visits.window_latest_s.row(visit), strict=True))
        rule = "windows are disjoint, in order, and none ends before it starts"
        raise ProblemError("visits.window_earliest_s", (visit,), windows, rule, "sort and merge them")
    is_open = (np.diff(visits.window_latest_s.start) > 0) & (visits.pin_level != START_FIXED)
    price, rule = visits.window_ticks_per_s, "only a visit with windows has a price for being late for them"
    require("visits.window_ticks_per_s", is_open | (price == 0), price, rule, "its start is pinned")


def _check_pins(problem: Problem) -> None:
    visits = problem.visits
    level, technician, shift = visits.pin_level, visits.pin_technician, visits.pin_shift
    for name, lowest in (("technician", TECHNICIAN_FIXED), ("shift", TECHNICIAN_FIXED), ("rank", ORDER_FIXED)):
        value = getattr(visits, f"pin_{name}")
        rule = f"a {name} is pinned only from level {lowest} on"
        require(f"visits.pin_{name}", (level >= lowest) | (value == NONE), value, rule, "the level is too low")
    rule = "a start is pinned at level 3, and only there"
    has_start = visits.pin_start_s != NONE
    require("visits.pin_start_s", (level == START_FIXED) == has_start, visits.pin_start_s, rule, "the level is another")
    named = (technician != NONE) | (shift != NONE)
    require("visits.pin_technician", (level == FREE) | named, technician, "a pin names whom", "name the technician")
    rule = "from level 2 on the shift is pinned"
    require("visits.pin_shift", (level < ORDER_FIXED) | (shift != NONE), shift, rule, "name the shift")
    if problem.n_shifts:
        own = problem.shifts.technician[np.maximum(shift, 0)]
        agrees = (technician == NONE) | (shift == NONE) | (technician == own)
        require(
            "visits.pin_technician", agrees, technician, "the pinned shift is this technician's", "drop one of them"
        )


def _check_ranks(problem: Problem) -> None:
    visits, seen = problem.visits, set()
    for visit in np.flatnonzero(visits.pin_rank != NONE):
        key = (int(visits.pin_shift[visit]), int(visits.pin_rank[visit]))
        if key in seen:
            rule = f"no two visits of shift {key[0]} have the same rank"
            raise ProblemError("visits.pin_rank", (int(visit),), key[1], rule, "count the ranks up")
        seen.add(key)


def _check_promises(problem: Problem) -> None:
    visits = problem.visits
    start, end = visits.promised_from_s, visits.promised_to_s
    both = (start == NONE) == (end == NONE)
    require("visits.promised_to_s", both & (start <= end), end, "a promised interval has an order and two ends", "swap")
    promised = (start != NONE) | (visits.promised_technician != NONE)
    price, rule = visits.promise_drop_ticks, "only a visit with a promise has a price for dropping one"
    require("visits.promise_drop_ticks", promised | (price == 0), price, rule, "add it to the drop price")


def _check_slopes(problem: Problem) -> None:
    """Check that what comes later never costs less."""
    functions = {"visits.response": problem.visits.response, "visits.restore": problem.visits.restore}
    for path, steps in (functions | {"fairness": problem.fairness}).items():
        owner = steps.after.owner
        order = np.lexsort((-steps.rate.values, steps.after.values, owner))
        total = np.append(0, np.cumsum(steps.rate.values[order]))
        slope = total[1:] - total[steps.rate.start[owner]]
        is_sound = (slope >= 0) & (slope <= MAX_RATE_TICKS) & (np.abs(steps.after.values[order]) <= MAX_TIME_S)
        if not is_sound.all():
            row = int(owner[np.flatnonzero(~is_sound)[0]])
            rule = f"slopes lie from 0 to {MAX_RATE_TICKS}, instants within {MAX_TIME_S}"
            raise ProblemError(path, (row,), steps.row(row), rule, "a rate is not an increase of slope")
