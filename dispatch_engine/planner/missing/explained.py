"""All unplanned calls that parts stand in the way of, explained. Importing this loads the solver's kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.model.missing_parts import MissingParts
from dispatch_engine.planner.missing.changed import parts_changes
from dispatch_engine.planner.missing.holders import parts_of
from dispatch_engine.planner.missing.trying import MAX_OF_A_KIND, ways_of
from dispatch_engine.planner.missing.want import Want
from dispatch_engine.planner.money import amount
from solver.forcing import Forcing
from solver.moments import renumbered, with_moments
from solver.standing import Standing
from solver.tables import build_tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.planner.translate import Translation
    from solver.explain import UnplannedReason
    from solver.routing import Routing

MOST_CALLS = 20
"""Of the calls that lack parts, so many are explained with ways and changes: those that cost the most to leave out."""
STEPS_S = (900, 1800, 3600, 7200, 14_400, 28_800)
MOST_MOMENTS = 40
"""Deliveries are tried at round times, as close together as gives no more than so many."""


def missing_parts(
    translation: Translation, routings: Sequence[Routing], why: Mapping[int, Sequence[UnplannedReason]]
) -> dict[int, MissingParts]:
    """Return what is to be said of each unplanned visit that lacks parts.

    Parameters
    ----------
    translation
        The document.
    routings
        The routes of the plan, with what each takes from where.
    why
        The reasons by unplanned visit, one for each shift.
    """
    problem = translation.solver_problem
    lacking = [visit for visit in sorted(why) if problem.visits.parts[visit].any()]
    if not lacking or not problem.n_shifts:
        return {}
    forcing, moments = _ground(translation, routings, lacking)
    wants = [Want(translation, forcing, moments, visit, why[visit]) for visit in lacking]
    wants = [want for want in wants if want.is_for_want_of_parts]
    dearest = sorted(wants, key=lambda want: (-want.leaving_out_ticks, want.visit))[:MOST_CALLS]
    tried = {want.visit for want in dearest}
    return {want.visit: _explained(want, is_tried=want.visit in tried) for want in wants}


def _explained(want: Want, *, is_tried: bool) -> MissingParts:
    ways, untried = ways_of(want, most_of_a_kind=MAX_OF_A_KIND if is_tried else 0)
    return MissingParts(
        parts=parts_of(want),
        leaving_out=amount(want.leaving_out_ticks),
        ways=ways,
        untried=untried,
        changes=parts_changes(want) if is_tried else (),
    )


def _ground(
    translation: Translation, routings: Sequence[Routing], visits: Sequence[int]
) -> tuple[Forcing, tuple[int, ...]]:
    """Return the plan with moments at which the parts of some visits could come to the locations."""
    problem, moments = translation.solver_problem, _moments(translation)
    rows = np.isin(problem.sourcings.visit, visits)
    used = problem.visits.parts[visits].sum(axis=0) + problem.sourcings.parts[rows].sum(axis=0)
    finer = with_moments(problem, np.flatnonzero(used).tolist(), moments)
    before, after = build_tables(problem), build_tables(finer)
    return Forcing(Standing(finer, after, renumbered(problem, before, after, routings))), moments


def _moments(translation: Translation) -> tuple[int, ...]:
    """Return now and the round times after it until the last shift ends."""
    now_s, last_s = translation.frame.now_s, max(bounds.hard_end_s for bounds in translation.frame.bounds)
    step_s = next((step for step in STEPS_S if (last_s - now_s) <= step * (MOST_MOMENTS - 1)), STEPS_S[-1])
    first_s = -(-(now_s + 1) // step_s) * step_s
    return (max(0, now_s), *range(first_s, last_s + 1, step_s)[: MOST_MOMENTS - 1])
