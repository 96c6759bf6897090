"""Sourcings: what it costs that a visit gets its parts in the way it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Problem
    from solver.solution import Stop


def sourcing_ticks(problem: Problem, stop: Stop) -> dict[str, int]:
    """Return the ticks by term of the way in which a decided visit gets its parts."""
    if stop.sourcing == NONE:
        return {"revisit": int(problem.visits.revisit_ticks[stop.visit])}
    sourcings = problem.sourcings
    return {
        "courier": int(sourcings.courier_ticks[stop.sourcing]),
        "substitute": int(sourcings.substitute_ticks[stop.sourcing]),
        "revisit": int(sourcings.revisit_ticks[stop.sourcing]),
    }
