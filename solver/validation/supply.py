"""Sourcings and parcels in order, opening hours that are some, no night after a route has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.errors import ProblemError
from solver.problem import NONE
from solver.validation.require import first_disorder, require

if TYPE_CHECKING:
    from solver.problem import Problem


def check_supply(problem: Problem, known: Problem | None = None) -> None:
    """Check sourcings, opening hours and the nights before shifts; not what ``known`` has too."""
    if known is None or problem.sourcings is not known.sourcings:
        _check_sourcings(problem)
    names = ("opening_earliest_s", "opening_latest_s")
    if known is None or any(getattr(problem.stock, name) is not getattr(known.stock, name) for name in names):
        _check_openings(problem)
    _check_nights(problem)


def _check_sourcings(problem: Problem) -> None:
    sourcings = problem.sourcings
    for name, owner in (("visit", sourcings.visit), ("parcel_sourcing", sourcings.parcel_sourcing)):
        if (np.diff(owner) < 0).any():
            raise ProblemError(f"sourcings.{name}", (), owner.tolist(), "rows ascend", "sort them")
    picked_up = np.zeros(len(sourcings), np.int64)
    np.maximum.at(picked_up, sourcings.parcel_sourcing, sourcings.parcel_pickup_s)
    rule = "a sourcing is released when its parcels have been picked up, or later"
    require("sourcings.release_s", sourcings.release_s >= picked_up, sourcings.release_s, rule, "add the lead time")


def _check_openings(problem: Problem) -> None:
    stock = problem.stock
    location = first_disorder(stock.opening_earliest_s, stock.opening_latest_s)
    if location is not None:
        hours = list(zip(stock.opening_earliest_s.row(location), stock.opening_latest_s.row(location), strict=True))
        rule = "opening hours are disjoint, in order, and none ends before it starts"
        raise ProblemError("stock.opening_earliest_s", (location,), hours, rule, "sort and merge them")


def _check_nights(problem: Problem) -> None:
    shifts = problem.shifts
    begun = (shifts.departed_s != NONE) | (np.diff(shifts.fact_visit.start) > 0)
    night = shifts.overnight_location
    require("shifts.overnight_location", ~begun | (night == NONE), night, "the route has not begun", "set it to NONE")
