"""Reserves: intervals that do not end before they begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.validation.require import require

if TYPE_CHECKING:
    from solver.problem import Problem


def check_reserves(problem: Problem) -> None:
    """Check the intervals of the reserves."""
    reserves = problem.reserves
    is_interval = reserves.from_s <= reserves.until_s
    require("reserves.until_s", is_interval, reserves.until_s, "it is not before from_s", "swap the two")
