"""Columns for skills, tools and parts that nothing has needed before, in the arrays that there are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dispatch_engine.planner.nights import nights_of
from dispatch_engine.planner.shifts import technicians_of
from dispatch_engine.planner.stock import stock_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.translate import Translation
    from solver.problem import Problem

A = TypeVar("A", np.int64, np.bool_)


def widened(translation: Translation, frame: Frame) -> Problem:
    """Return the problem of a translation with the columns of a later frame, in which there may be more names.

    Nothing of the earlier problem needs what is new; technicians and stock locations may have it.
    """
    problem, before, now = translation.solver_problem, translation.frame, frame.index
    if all(getattr(before.index, kind) is getattr(now, kind) for kind in ("skill", "tool", "part")):
        return problem
    earlier = replace(before, index=replace(before.index, skill=now.skill, tool=now.tool, part=now.part))
    parts, visits, sourcings = len(now.part), problem.visits, problem.sourcings
    return replace(
        problem,
        technicians=technicians_of(earlier, earlier.problem.capacities),
        shifts=replace(problem.shifts, overnight_limit=nights_of(earlier).overnight_limit),
        visits=replace(
            visits,
            skill_level=_wide(visits.skill_level, len(now.skill)),
            needs_tool=_wide(visits.needs_tool, len(now.tool)),
            parts=_wide(visits.parts, parts),
        ),
        sourcings=replace(
            sourcings,
            parts=_wide(sourcings.parts, parts),
            parcel_parts=_wide(sourcings.parcel_parts, parts),
        ),
        stock=stock_of(earlier),
    )


def _wide(array: NDArray[A], columns: int) -> NDArray[A]:
    """Return an array with so many columns; new ones are 0."""
    result = np.zeros((len(array), columns), array.dtype)
    result[:, : array.shape[1]] = array
    return result
