"""Types and shapes: every array has a row for each thing, and tables of the same things are equally wide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solver.errors import ProblemError
from solver.problem import Csr, Steps
from solver.supply import MEASURES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from solver.problem import Problem

_BOOLS = {"has_tool", "home_territory", "paid_from_departure", "needs_tool", "required", "preferred", "excluded"}
_BOOLS |= {"may_restock", "may_meet", "counts"}
_SKILLS, _TOOLS, _TERRITORIES, _PARTS, _TECHNICIANS, _LOCATIONS, _MEETINGS, _MEASURES = range(8)
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
    "shifts.overnight_limit": _PARTS,
    "sourcings.parts": _PARTS,
    "sourcings.parcel_parts": _PARTS,
    "stock.tools": _TOOLS,
    "stock.may_restock": _LOCATIONS,
    "stock.part_size": _MEASURES,
    "stock.van_room": _MEASURES,
    "stock.van_held": _MEASURES,
    "meetings.may_meet": _MEETINGS,
    "reserves.counts": _TECHNICIANS,
}
_WIDE = {path.partition(".")[2] for path in _WIDTHS}
_LISTS_TOGETHER = (
    ("shifts.break_earliest_s", "shifts.break_latest_s", "shifts.break_duration_s", "shifts.break_paid"),
    ("shifts.fact_visit", "shifts.fact_start_s", "shifts.fact_end_s"),
    ("visits.window_earliest_s", "visits.window_latest_s"),
    ("stock.opening_earliest_s", "stock.opening_latest_s"),
)


def check_shapes(problem: Problem, known: Problem | None = None) -> None:
    """Check the type and shape of every array, but of tables and arrays that ``known`` has too."""
    _check_travel_shape(problem)
    wide: dict[int, int] = {
        _TECHNICIANS: len(problem.technicians),
        _LOCATIONS: len(problem.stock),
        _MEETINGS: len(problem.meetings),
        _MEASURES: MEASURES,
    }
    for table in ("technicians", "shifts", "visits", "sourcings", "stock", "meetings", "reserves"):
        now, before = getattr(problem, table), None if known is None else getattr(known, table)
        if now is before:
            continue
        is_as_long = before is not None and len(now) == len(before)
        others = _other_rows(problem, table)
        for name, found in vars(now).items():
            if is_as_long and found is getattr(before, name) and name not in _WIDE:
                continue
            path = f"{table}.{name}"
            rows = next((others[prefix] for prefix in others if name.startswith(prefix)), len(now))
            if isinstance(found, Steps):
                _check_steps_shape(path, found, rows)
            elif isinstance(found, Csr):
                _check_list_shape(path, found, rows)
            else:
                _check_array(path, found, rows, wide)
    _check_steps_shape("fairness", problem.fairness, 1)
    for together in _LISTS_TOGETHER:
        if known is None or any(_list(problem, path) is not _list(known, path) for path in together):
            _check_lists_together(problem, together)


def _other_rows(problem: Problem, table: str) -> dict[str, int]:
    """Return how many rows those arrays of a table have that are about other things, by how their names begin."""
    if table not in ("sourcings", "stock", "meetings"):
        return {}
    return {
        "parcel_": len(problem.sourcings.parcel_sourcing),
        "supply_": len(problem.stock.supply_location),
        "part_": problem.technicians.stock.shape[1] if problem.technicians.stock.ndim == 2 else 0,
        "van_": len(problem.technicians),
        "may_": len(problem.technicians),
    }


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


def _check_lists_together(problem: Problem, together: Sequence[str]) -> None:
    first, *others = together
    for other in others:
        if not np.array_equal(_list(problem, first).start, _list(problem, other).start):
            raise ProblemError(other, (), "of other rows", f"its rows are as long as those of {first}", "one is short")


def _list(problem: Problem, path: str) -> Csr:
    table, name = path.split(".")
    found: Csr = getattr(getattr(problem, table), name)
    return found
