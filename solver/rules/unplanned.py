"""What leaving a visit out costs: its drop price, the broken promise, and its lateness up to the horizon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from solver.problem import Ints, Problem


def deferred_ticks(problem: Problem) -> Ints:
    """Return response, restore and downtime (n_visits,) as if a visit started and completed at the horizon's end."""
    visits, end = problem.visits, problem.horizon_s
    total = visits.downtime_ticks_per_s * np.maximum(0, end - visits.downtime_from_s)
    for steps in (visits.response, visits.restore):
        np.add.at(total, steps.after.owner, steps.rate.values * np.maximum(0, end - steps.after.values))
    return total


def total_ticks(problem: Problem) -> Ints:
    """Return the whole cost (n_visits,) of leaving each visit out."""
    return problem.visits.drop_ticks + problem.visits.promise_drop_ticks + deferred_ticks(problem)
