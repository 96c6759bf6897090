"""Search on from the running plan for a cheaper one. Importing this loads the solver's kernels."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.clock import Stopwatch
from dispatch_engine.planner.live.judging import Found, checked, priced, running_plan
from dispatch_engine.planner.live.leaving_out import left_out_anew
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.planner.stopping import Interrupted, TimeLimit
from dispatch_engine.planner.timeline import whole_s
from solver.objective import Objective
from solver.params import Params, SearchParams
from solver.solve import solve
from solver.stop import FirstOf

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.policy import Policy
    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.options import EffectiveOptions

LEAST_GAIN = timedelta(minutes=1)
"""Another plan is worth the calls to those concerned where it is cheaper by so much work at the policy's price."""

WARM = SearchParams(hot=0.05)
"""The running plan is a good one: the search does not begin so hot that it would be lost."""


def improved(
    running: RunningPlan, options: EffectiveOptions, stop: Callable[[], bool], seconds: float
) -> RunningPlan | None:
    """Return a plan that is cheaper by more than ``LEAST_GAIN``, None where none was found.

    It is checked in full, and says anew why calls are left out.

    Raises
    ------
    PlanRejectedError
        What was found breaks a rule.
    """
    problem = running.translation.solver_problem
    limit = FirstOf([TimeLimit(seconds, Stopwatch()), Interrupted(stop)])
    params = Params(seed=options.seed, threads=options.threads, search=WARM)
    result = solve(problem, params, limit, [routing.stops for routing in running.routings])
    if running.report.cost_ticks - result.solution.cost_ticks <= least_gain_ticks(running.problem.policy):
        return None
    found = Found(running.translation, running.tables, result.routings)
    objective = Objective(problem, running.tables)
    routes = priced(found, objective, {})
    report = checked(found, routes)
    return running_plan(found, objective, routes, report, left_out_anew(found, routes.left_out), running.routes)


def least_gain_ticks(policy: Policy) -> int:
    """Return what another plan must save."""
    return ticks_per_s(policy.prices.per_hour) * whole_s(LEAST_GAIN)
