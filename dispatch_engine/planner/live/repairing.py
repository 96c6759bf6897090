"""Keep what still fits of the routes, and put in what is absent. Importing this loads the solver's kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.planner.live.judging import judged
from solver.params import SearchParams
from solver.search.order import neighbour_lists, sort_keys
from solver.search.worker import Ground, Search
from solver.tables import build_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.translate import Translation

ONE_COLUMN = 1
"""A repair collects no columns, and a pool has room for one at least."""


def repaired(
    translation: Translation, start: Sequence[Sequence[int]], earlier: RunningPlan | None, seed: int
) -> RunningPlan:
    """Return the plan that keeps of ``start`` (stops of each shift) what is feasible, with what is absent put in.

    Raises
    ------
    PlanRejectedError
        It breaks a rule.
    """
    problem, params = translation.solver_problem, SearchParams()
    tables = build_tables(problem)
    ground = Ground(problem, tables, neighbour_lists(tables, params.neighbours), sort_keys(problem, tables))
    search = Search(ground, params, seed, 0, ONE_COLUMN)
    search.start(start)
    return judged(translation, tables, search.best_routes(), earlier)
