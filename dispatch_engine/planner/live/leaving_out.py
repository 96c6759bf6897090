"""The calls that a running plan leaves out, with reasons. Importing this loads the solver's kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.planner.live.running import known
from dispatch_engine.planner.missing.explained import missing_parts
from dispatch_engine.planner.unplanned import priced_anew, unplanned_calls
from solver.explain import Reasons, why_unplanned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dispatch_engine.model.plan import UnplannedCall
    from dispatch_engine.planner.live.judging import Found
    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.live.succession import Succession
    from solver.search.state import State


def left_out_anew(
    found: Found, left_out: Sequence[int], state: State | None = None, between: Callable[[], None] | None = None
) -> dict[str, UnplannedCall]:
    """Return the calls with their reasons, all proven now.

    Parameters
    ----------
    found
        The routes.
    left_out
        The visits on none of them.
    state
        Of a search in which the routes stand, if there is one.
    between
        Called after each call.
    """
    translation, why = found.translation, {}
    reasons = Reasons(translation.solver_problem, found.tables, [each.stops for each in found.routings], state)
    for v in left_out:
        why[v] = reasons.of(v)
        if between is not None:
            between()
    return {each.call: each for each in unplanned_calls(translation, left_out, why, {})}


def left_out_explained(running: RunningPlan) -> dict[str, UnplannedCall]:
    """Return the calls with all that is to be said of them: reasons, and what would help where parts are missing."""
    translation, left_out = running.translation, running.solution.unplanned
    stops = [each.stops for each in running.routings]
    why = why_unplanned(translation.solver_problem, running.tables, stops, left_out)
    missing = missing_parts(translation, running.routings, why)
    return {each.call: each for each in unplanned_calls(translation, left_out, why, missing)}


def left_out_still(
    found: Found, left_out: Sequence[int], earlier: Mapping[str, UnplannedCall], succession: Succession, state: State
) -> dict[str, UnplannedCall]:
    """Return the calls with the reasons of before; those that were not left out before get theirs now.

    Parameters
    ----------
    found
        The routes.
    left_out
        The visits on none of them.
    earlier
        The calls that were left out before.
    succession
        What has changed since; where that may be anything, they are priced anew.
    state
        Of the search in which the routes stand.
    """
    translation, calls = found.translation, found.translation.frame.problem.calls
    other = succession.changed_calls
    still = {v: earlier[calls[v].id] for v in left_out if v not in other and calls[v].id in earlier}
    new = [v for v in left_out if v not in still]
    reasons = Reasons(translation.solver_problem, found.tables, [each.stops for each in found.routings], state)
    why = {v: reasons.of(v) for v in new}
    said = dict(zip(sorted(new), unplanned_calls(translation, new, why, {}), strict=True))
    said |= priced_anew(translation, still) if succession.change is None else still
    return {calls[v].id: known(said[v], earlier.get(calls[v].id)) for v in left_out}
