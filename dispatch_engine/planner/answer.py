"""The solver's answer as a plan document."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine import __version__
from dispatch_engine.clock import now_at
from dispatch_engine.formats.documents import problem_sha256
from dispatch_engine.kpis import kpis_of
from dispatch_engine.model.plan import Bound, Cost, Effort, PlanDocument, PlanWarning
from dispatch_engine.model.policy import DEFAULT_DROP_PRICES, SolverDefaults
from dispatch_engine.planner.money import amount, amounts
from dispatch_engine.planner.routes import RouteWriter
from dispatch_engine.planner.unplanned import unplanned_calls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.model.missing_parts import MissingParts
    from dispatch_engine.model.plan import StopReason
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.planner.translate import Translation
    from solver.checker import CheckReport
    from solver.explain import UnplannedReason
    from solver.objective import Objective
    from solver.solution import Solution


@dataclass(frozen=True)
class Found:
    """What the search found, judged: ``report`` is the checker's, ``why`` has the reasons by unplanned visit.

    ``missing`` is what is to be said of the unplanned visits that lack parts.
    """

    solution: Solution
    report: CheckReport
    why: Mapping[int, Sequence[UnplannedReason]]
    objective: Objective
    bound_ticks: int
    iterations: int
    seconds: float
    stopped_by: StopReason
    missing: Mapping[int, MissingParts] = field(default_factory=dict)


def plan_document(
    translation: Translation, options: EffectiveOptions, found: Found, warnings: Sequence[PlanWarning]
) -> PlanDocument:
    """Write the plan document; ``warnings`` are those besides the ones of travel."""
    problem, frame = translation.frame.problem, translation.frame
    writer = RouteWriter(frame, found.objective)
    figures = {each.shift: each for each in found.report.figures}
    routes = tuple(writer.route(route, figures[route.shift]) for route in found.solution.routes)
    unplanned = unplanned_calls(translation, found.solution.unplanned, found.why, found.missing)
    return PlanDocument(
        version=1,
        problem_id=problem.id,
        problem_sha256=problem_sha256(problem),
        created_at=frame.timeline.moment(frame.timeline.seconds(now_at())),
        engine_version=__version__,
        seed=options.seed,
        effort=effort_of(options, found),
        currency=problem.currency,
        time_zone=problem.time_zone,
        policy=effective_policy(problem.policy, options),
        travel=translation.times.provenance,
        routes=routes,
        unplanned=unplanned,
        cost=Cost(total=amount(found.report.cost_ticks), by_term=amounts(found.report.cost_by_term)),
        kpis=kpis_of(problem, routes, unplanned),
        warnings=(*warnings, *translation.times.warnings),
        bound=bound_of(found),
    )


def bound_of(found: Found) -> Bound:
    """Return the proven lower bound and how far above it the plan is at most, in percent of the plan's cost."""
    cost, lower = found.report.cost_ticks, min(found.bound_ticks, found.report.cost_ticks)
    gap_pct = round(100 * (cost - lower) / abs(cost), 2) if cost else 0.0
    return Bound(lower=amount(lower), gap_pct=gap_pct)


def effort_of(options: EffectiveOptions, found: Found) -> Effort:
    """Return what it took; a limit of time is stated in whole seconds, rounded up."""
    limit_s = options.time_limit_s
    return Effort(
        iterations=found.iterations,
        seconds=round(found.seconds, 3),
        threads=options.threads,
        stopped_by=found.stopped_by,
        time_limit=None if limit_s is None else timedelta(seconds=math.ceil(limit_s)),
        iteration_limit=options.iterations,
    )


def effective_policy(policy: Policy, options: EffectiveOptions) -> Policy:
    """Return the policy with the drop price of every priority and the effort that was in effect."""
    limit_s = options.time_limit_s
    solver = SolverDefaults(
        time_limit=None if limit_s is None else timedelta(seconds=math.ceil(limit_s)),
        iterations=options.iterations,
        gap_pct=options.gap_pct,
        seed=options.seed,
        threads=options.threads,
    )
    prices = {priority: policy.drop_price(priority) for priority in DEFAULT_DROP_PRICES}
    return policy.model_copy(update={"drop_prices": prices, "solver": solver})
