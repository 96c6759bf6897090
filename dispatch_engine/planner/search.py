"""Run the search on a translated document and judge what it finds. Importing this loads the solver's kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.clock import Stopwatch
from dispatch_engine.planner.answer import Found
from dispatch_engine.planner.apart import PoolApart
from dispatch_engine.planner.errors import NotDivisibleError, PlanRejectedError
from dispatch_engine.planner.money import amount
from dispatch_engine.planner.stopping import stop_of, stop_reason
from solver.checker import check
from solver.params import BoundParams, Params
from solver.solve import solve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

    from dispatch_engine.model.plan import StopReason
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.scale_out.pool import Pool
    from solver.problem import Problem
    from solver.solve import Progress, Result


@dataclass(frozen=True)
class SearchState:
    """How far a search has come: cost in the document's currency, calls left out, all threads' iterations, seconds.

    Of several runs those of the latest, and how many of how many are done.
    """

    cost: Decimal
    unplanned: int
    iterations: int
    elapsed_s: float
    runs_done: int | None = None
    runs: int | None = None

    @property
    def iterations_per_s(self) -> float:
        """Iterations per second since the start."""
        return self.iterations / self.elapsed_s if self.elapsed_s else 0.0


def search(
    translation: Translation,
    options: EffectiveOptions,
    start: Sequence[Sequence[int]] | None,
    progress: Callable[[SearchState], None] | None = None,
    interrupt: Callable[[], bool] | None = None,
    pool: Pool | None = None,
) -> Found:
    """Search for a plan from ``start`` (visits of each shift) on, and check it.

    Regions of the plan are worked on in a ``pool``, if there is one.

    Raises
    ------
    NotDivisibleError
        Vans hand parts to each other, which ties regions together.
    PlanRejectedError
        What was found breaks a rule.
    """
    problem, watch = translation.solver_problem, Stopwatch()

    def tell(at: Progress) -> None:
        if progress is not None:
            progress(SearchState(amount(at.cost_ticks), at.unplanned, at.iterations, watch.elapsed_s))

    stop = stop_of(options, watch, interrupt)
    gap = None if options.gap_pct is None else options.gap_pct / 100
    bound = BoundParams() if options.bound else None
    params = Params(seed=options.seed, threads=1 if pool else options.threads, gap=gap, bound=bound)
    result = solve(problem, params, stop, start, tell, _apart(pool, problem, params, interrupt))
    report = check(problem, result.solution)
    if not report.accepted:
        raise PlanRejectedError(report.violations)
    seconds = watch.elapsed_s
    from dispatch_engine.planner.missing.explained import missing_parts  # with kernels that the search can do without

    return Found(
        solution=result.solution,
        report=report,
        why=result.why,
        objective=result.objective,
        bound_ticks=result.bound_ticks,
        iterations=result.iterations,
        seconds=seconds,
        stopped_by=_stopped_by(translation, options, result, interrupt),
        missing=missing_parts(translation, result.routings, result.why),
    )


def _apart(
    pool: Pool | None, problem: Problem, params: Params, interrupt: Callable[[], bool] | None
) -> PoolApart | None:
    if pool is None:
        return None
    if len(problem.meetings):
        raise NotDivisibleError(len(problem.meetings))
    return PoolApart(pool, problem, params, interrupt)


def _stopped_by(
    translation: Translation, options: EffectiveOptions, result: Result, interrupt: Callable[[], bool] | None
) -> StopReason:
    if not translation.frame.problem.calls:
        return "no_calls"
    if result.reached_gap:
        return "gap"
    return stop_reason(options, result.iterations // options.threads, interrupt)
