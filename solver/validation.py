"""Structural validation of a problem: shapes, types, ranges, order, and facts that fit together.

What passes here can be read by the kernels without a look at bounds. It does not ask whether the problem makes sense or
can be solved: a visit that no technician can take is valid.
"""

from __future__ import annotations

from dataclasses import fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from solver.errors import ProblemError
from solver.problem import (
    FREE,
    NONE,
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    TERRITORY_REQUIRED,
    Csr,
    Steps,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from solver.problem import Problem

MAX_TIME_S = 1 << 25
"""No instant and no duration is later or longer: a bit more than a year."""
MAX_PRICE_TICKS = 1 << 48
"""The highest single price, so that sums of thousands stay far below ``solver.money.FORBIDDEN``."""
MAX_RATE_TICKS = 1 << 30
"""The highest price per second or metre."""
MAX_COUNT = 1 << 20
"""The highest level, rank, number of pieces or limit of visits."""
MAX_TRAVEL = (1 << 31) - 1

_BOOLS = {"has_tool", "home_territory", "paid_from_departure", "needs_tool", "required", "preferred", "excluded"}
_SKILLS, _TOOLS, _TERRITORIES, _PARTS, _TECHNICIANS = range(5)
_WIDTHS = {
    "technicians.skill_level": _SKILLS,
    "technicians.has_tool": _TOOLS,
    "technicians.home_territory": _TERRITORIES,
    "technicians.stock": _PARTS,
    "visits.skill_level": _SKILLS,
    "visits.needs_tool": _TOOLS,
    "visits.parts": _PARTS,
    "visits.service_s": _TECHNICIANS,
    "visits.required": _TECHNICIANS,
    "visits.preferred": _TECHNICIANS,
    "visits.excluded": _TECHNICIANS,
}
_TIMES = (
    "shifts.start_s",
    "shifts.regular_end_s",
    "shifts.overtime_cap_s",
    "shifts.break_earliest_s",
    "shifts.break_latest_s",
    "shifts.fact_start_s",
    "shifts.fact_end_s",
    "visits.service_s",
    "visits.window_earliest_s",
    "visits.window_latest_s",
    "visits.release_s",
)
_TIMES_OR_NONE = (
    "shifts.workload_target_s",
    "shifts.max_driving_s",
    "shifts.departed_s",
    "shifts.resume_s",
    "visits.pin_start_s",
    "visits.promised_from_s",
    "visits.promised_to_s",
)
_RATES = (
    "shifts.wage_ticks_per_s",
    "shifts.overtime_ticks_per_s",
    "shifts.distance_ticks_per_m",
    "visits.downtime_ticks_per_s",
)
_PRICES = (
    "shifts.fixed_ticks",
    "shifts.visit_ticks",
    "visits.preference_ticks",
    "visits.territory_ticks",
    "visits.drop_ticks",
    "visits.reassign_ticks",
    "visits.retime_ticks",
    "visits.promise_drop_ticks",
)
_COUNTS = (
    "technicians.skill_level",
    "technicians.stock",
    "shifts.breaks_taken",
    "visits.skill_level",
    "visits.parts",
)
_LISTS_TOGETHER = (
    ("shifts.break_earliest_s", "shifts.break_latest_s", "shifts.break_duration_s", "shifts.break_paid"),
    ("shifts.fact_visit", "shifts.fact_start_s", "shifts.fact_end_s"),
    ("visits.window_earliest_s", "visits.window_latest_s"),
)


def validate(problem: Problem) -> None:
    """Check the whole structure of a problem.

    Raises
    ------
    ProblemError
        At the first fault, naming array, index and value.
    """
    _check_shapes(problem)
    _check_ranges(problem)
    _check_lists(problem)
    _check_breaks(problem)
    _check_facts(problem)
    _check_pins(problem)
    _check_promises(problem)
    _check_slopes(problem)


def _get(problem: Problem, path: str) -> Any:
    """Return an array by its path, such as ``visits.place``; a list of a row as its flat values."""
    table, name = path.split(".")
    found = getattr(getattr(problem, table), name)
    return found.values if isinstance(found, Csr) else found


def _check_shapes(problem: Problem) -> None:
    _check_travel_shape(problem)
    wide: dict[int, int] = {_TECHNICIANS: len(problem.technicians)}
    for table in ("technicians", "shifts", "visits"):
        rows = len(getattr(problem, table))
        for field in fields(getattr(problem, table)):
            path, found = f"{table}.{field.name}", getattr(getattr(problem, table), field.name)
            if isinstance(found, Steps):
                _check_steps_shape(path, found, rows)
            elif isinstance(found, Csr):
                _check_list_shape(path, found, rows)
            else:
                _check_array(path, found, rows, wide)
    _check_steps_shape("fairness", problem.fairness, 1)


def _check_travel_shape(problem: Problem) -> None:
    duration_s, distance_m = problem.travel.duration_s, problem.travel.distance_m
    for name, array in (("travel.duration_s", duration_s), ("travel.distance_m", distance_m)):
        if array.dtype != np.int32:
            raise ProblemError(name, (), f"of type {array.dtype}", "travel is of type int32", "convert it")
        if array.ndim != 3 or array.shape[1] != array.shape[2] or array.shape != duration_s.shape:
            rule = "both matrices have the shape (n_profiles, n_places, n_places)"
            raise ProblemError(name, (), f"of shape {array.shape}", rule, "a profile or a place is missing")


def _check_array(path: str, array: NDArray[Any], rows: int, wide: dict[int, int]) -> None:
    dtype = np.bool_ if path.split(".")[1] in _BOOLS else np.int64
    if array.dtype != dtype:
        raise ProblemError(path, (), f"of type {array.dtype}", f"its type is {np.dtype(dtype)}", "convert it")
    shape: tuple[int, ...] = (rows,)
    if path in _WIDTHS:
        width = array.shape[1] if array.ndim == 2 else 0
        shape = (rows, wide.setdefault(_WIDTHS[path], width))
    if array.shape != shape:
        raise ProblemError(path, (), f"of shape {array.shape}", f"its shape is {shape}", "a row or column is missing")


def _check_list_shape(path: str, rows: Csr, n_rows: int) -> None:
    start = rows.start
    if rows.values.dtype != np.int64 or start.dtype != np.int64:
        found = f"of types {start.dtype} and {rows.values.dtype}"
        raise ProblemError(path, (), found, "starts and values are of type int64", "convert them")
    if start.shape != (n_rows + 1,) or rows.values.ndim != 1:
        raise ProblemError(path, (), f"of {start.size - 1} rows", f"it has {n_rows} rows", "a row is missing")
    if start[0] != 0 or (np.diff(start) < 0).any() or start[-1] != len(rows.values):
        rule = f"row starts ascend from 0 to {len(rows.values)}, the number of values"
        raise ProblemError(path, (), f"starting rows at {start.tolist()}", rule, "build it with Csr.of")


def _check_steps_shape(path: str, steps: Steps, n_rows: int) -> None:
    _check_list_shape(f"{path}.after", steps.after, n_rows)
    _check_list_shape(f"{path}.rate", steps.rate, n_rows)
    if not np.array_equal(steps.after.start, steps.rate.start):
        rule = "each step has an instant and a rate"
        raise ProblemError(path, (), "of unequal rows", rule, "build it with Steps.of")


def _check_ranges(problem: Problem) -> None:
    n_profiles, n_places = problem.travel.duration_s.shape[:2]
    n_technicians, n_shifts = len(problem.technicians), problem.n_shifts
    n_territories = problem.technicians.home_territory.shape[1]
    ranges = dict.fromkeys(_TIMES, (0, MAX_TIME_S)) | dict.fromkeys(_TIMES_OR_NONE, (NONE, MAX_TIME_S))
    ranges |= dict.fromkeys(_RATES, (0, MAX_RATE_TICKS)) | dict.fromkeys(_PRICES, (0, MAX_PRICE_TICKS))
    ranges |= dict.fromkeys(_COUNTS, (0, MAX_COUNT))
    ranges |= {
        "travel.duration_s": (0, MAX_TRAVEL),
        "travel.distance_m": (0, MAX_TRAVEL),
        "shifts.technician": (0, n_technicians - 1),
        "shifts.profile": (0, n_profiles - 1),
        "shifts.travel_permille": (1, MAX_COUNT),
        "shifts.start_place": (0, n_places - 1),
        "shifts.end_place": (NONE, n_places - 1),
        "shifts.resume_place": (NONE, n_places - 1),
        "shifts.max_visits": (NONE, MAX_COUNT),
        "shifts.max_distance_m": (NONE, MAX_TRAVEL),
        "shifts.break_duration_s": (1, MAX_TIME_S),
        "shifts.break_paid": (0, 1),
        "shifts.fact_visit": (0, problem.n_visits - 1),
        "visits.place": (0, n_places - 1),
        "visits.territory": (NONE, n_territories - 1),
        "visits.territory_rule": (0, TERRITORY_REQUIRED),
        "visits.downtime_from_s": (-MAX_TIME_S, MAX_TIME_S),
        "visits.pin_level": (FREE, START_FIXED),
        "visits.pin_technician": (NONE, n_technicians - 1),
        "visits.pin_shift": (NONE, n_shifts - 1),
        "visits.pin_rank": (NONE, MAX_COUNT),
        "visits.promised_technician": (NONE, n_technicians - 1),
    }
    for path, (low, high) in ranges.items():
        array = _get(problem, path)
        _require(path, (array >= low) & (array <= high), array, f"it lies from {low} to {high}", "the unit is another")
    _require("horizon_s", 0 <= problem.horizon_s <= MAX_TIME_S, problem.horizon_s, "it is a time", "it is missing")


def _require(path: str, holds: ArrayLike, value: ArrayLike, rule: str, advice: str) -> None:
    """Raise for the first element for which ``holds`` is false."""
    faults = np.argwhere(~np.asarray(holds))
    if len(faults):
        index = tuple(int(k) for k in faults[0])
        raise ProblemError(path, index, np.asarray(value)[index], rule, advice)


def _check_lists(problem: Problem) -> None:
    for first, *others in _LISTS_TOGETHER:
        for other in others:
            starts = [
                getattr(getattr(problem, path.split(".")[0]), path.split(".")[1]).start for path in (first, other)
            ]
            if not np.array_equal(*starts):
                raise ProblemError(
                    other, (), "of other rows", f"its rows are as long as those of {first}", "one is short"
                )
    visits = problem.visits
    for visit in range(len(visits)):
        windows = list(zip(visits.window_earliest_s.row(visit), visits.window_latest_s.row(visit), strict=True))
        ordered = all(a <= b for a, b in windows) and all(b < c for (_, b), (c, _) in pairwise(windows))
        if not ordered:
            rule = "windows are disjoint, in order, and none ends before it starts"
            raise ProblemError("visits.window_earliest_s", (visit,), windows, rule, "sort and merge them")


def _check_breaks(problem: Problem) -> None:
    shifts = problem.shifts
    for s in range(len(shifts)):
        earliest, latest = shifts.break_earliest_s.row(s), shifts.break_latest_s.row(s)
        ordered = earliest == sorted(earliest) and latest == sorted(latest)
        if not (ordered and all(a <= b for a, b in zip(earliest, latest, strict=True))):
            rule = "breaks are in order of earliest and of latest start, and none of the windows ends before it starts"
            found = list(zip(earliest, latest, strict=True))
            raise ProblemError("shifts.break_earliest_s", (s,), found, rule, "sort them")
    taken, departed = shifts.breaks_taken, shifts.departed_s != NONE
    n_breaks = np.diff(shifts.break_earliest_s.start)
    _require("shifts.breaks_taken", taken <= n_breaks, taken, "the shift has that many breaks", "a break is missing")
    rule = "breaks are behind only on a shift that has departed"
    _require("shifts.breaks_taken", departed | (taken == 0), taken, rule, "the departure was not recorded")
    rule = "regular end is not before the start"
    _require("shifts.regular_end_s", shifts.regular_end_s >= shifts.start_s, shifts.regular_end_s, rule, "swap them")


def _check_facts(problem: Problem) -> None:
    shifts = problem.shifts
    visits, counts = np.unique(shifts.fact_visit.values, return_counts=True)
    if (counts > 1).any():
        twice = int(visits[counts > 1][0])
        raise ProblemError("shifts.fact_visit", (), f"naming visit {twice} twice", "a visit is a fact once", "drop one")
    resumes = shifts.resume_place != NONE
    rule = "resume place and time are given together"
    _require("shifts.resume_s", resumes == (shifts.resume_s != NONE), shifts.resume_s, rule, "one is missing")
    begun = resumes | (np.diff(shifts.fact_visit.start) > 0)
    rule = "a shift with facts or a resume point has its recorded departure"
    _require(
        "shifts.departed_s", ~begun | (shifts.departed_s != NONE), shifts.departed_s, rule, "take the first report"
    )
    for s in np.flatnonzero(begun):
        _check_order_of_facts(problem, int(s))


def _check_order_of_facts(problem: Problem, s: int) -> None:
    """Check that departure, facts and resume time follow each other."""
    shifts = problem.shifts
    clock_s = int(shifts.departed_s[s])
    rule = "departure, facts in order, and resume time follow each other"
    for start_s, end_s in zip(shifts.fact_start_s.row(s), shifts.fact_end_s.row(s), strict=True):
        if not clock_s <= start_s <= end_s:
            found = f"with a fact from {start_s} to {end_s} after {clock_s}"
            raise ProblemError("shifts.fact_start_s", (s,), found, rule, "a report came with a wrong time")
        clock_s = end_s
    resume_s = int(shifts.resume_s[s])
    if NONE != resume_s < clock_s:
        raise ProblemError(
            "shifts.resume_s", (s,), resume_s, f"{rule} (not before {clock_s})", "it is an older position"
        )


def _check_pins(problem: Problem) -> None:
    visits = problem.visits
    level, technician, shift = visits.pin_level, visits.pin_technician, visits.pin_shift
    for name, lowest in (("technician", TECHNICIAN_FIXED), ("shift", TECHNICIAN_FIXED), ("rank", ORDER_FIXED)):
        value = getattr(visits, f"pin_{name}")
        rule = f"a {name} is pinned only from level {lowest} on"
        _require(f"visits.pin_{name}", (level >= lowest) | (value == NONE), value, rule, "the level is too low")
    rule = "a start is pinned at level 3, and only there"
    has_start = visits.pin_start_s != NONE
    _require(
        "visits.pin_start_s", (level == START_FIXED) == has_start, visits.pin_start_s, rule, "the level is another"
    )
    named = (technician != NONE) | (shift != NONE)
    _require("visits.pin_technician", (level == FREE) | named, technician, "a pin names whom", "name the technician")
    rule = "from level 2 on the shift is pinned"
    _require("visits.pin_shift", (level < ORDER_FIXED) | (shift != NONE), shift, rule, "name the shift")
    if problem.n_shifts:
        own = problem.shifts.technician[np.maximum(shift, 0)]
        agrees = (technician == NONE) | (shift == NONE) | (technician == own)
        _require(
            "visits.pin_technician", agrees, technician, "the pinned shift is this technician's", "drop one of them"
        )
    _check_ranks(problem)


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
    _require(
        "visits.promised_to_s", both & (start <= end), end, "a promised interval has an order and two ends", "swap"
    )
    promised = (start != NONE) | (visits.promised_technician != NONE)
    price, rule = visits.promise_drop_ticks, "only a visit with a promise has a price for dropping one"
    _require("visits.promise_drop_ticks", promised | (price == 0), price, rule, "add it to the drop price")


def _check_slopes(problem: Problem) -> None:
    """Check that what comes later never costs less."""
    functions = {"visits.response": problem.visits.response, "visits.restore": problem.visits.restore}
    for path, steps in (functions | {"fairness": problem.fairness}).items():
        for row in range(len(steps.after)):
            slope = 0
            for after, rate in sorted(steps.row(row), key=lambda step: (step[0], -step[1])):
                slope += rate
                if not (0 <= slope <= MAX_RATE_TICKS and abs(after) <= MAX_TIME_S):
                    rule = f"slopes lie from 0 to {MAX_RATE_TICKS}, instants within {MAX_TIME_S}"
                    raise ProblemError(path, (row,), steps.row(row), rule, "a rate is not an increase of slope")
