"""`dispatch plan`: a problem document in, a checked plan out."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.interrupt import first_interrupt_asks
from dispatch_engine.cli.meanwhile import meanwhile
from dispatch_engine.cli.options import Output, PolicyFile, Problem, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.progress import SearchProgress, search_progress
from dispatch_engine.cli.terminal import say
from dispatch_engine.cli.warmup import compile_if_cold
from dispatch_engine.listing import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.plan import Kpis, PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.scale_out.choice import ExecutorChoice
    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.travel.source import TravelSource

TimeLimit = Annotated[
    float | None,
    typer.Option(min=0, max=604_800, metavar="SECONDS", help="End the search after this time; default 10."),
]
Iterations = Annotated[int | None, typer.Option(min=0, help="End the search after as many iterations.")]
Gap = Annotated[
    float | None,
    typer.Option(min=0, max=100, metavar="PERCENT", help="End once the plan is proven this close to the best."),
]
Bound = Annotated[
    bool, typer.Option("--bound", help="Prove how far the plan is from the best possible; takes half of the time.")
]
Seed = Annotated[
    int | None, typer.Option(min=0, max=2**32 - 1, help="The same seed and iterations give the same plan.")
]
Threads = Annotated[int | None, typer.Option(min=1, max=256, help="Searches that run side by side.")]
Executor = Annotated[
    str | None,
    typer.Option(
        metavar="WHERE",
        help="Have regions of a large day worked on by processes:N or dask://HOST:PORT, in place of threads.",
    ),
]
WarmStart = Annotated[str | None, typer.Option(metavar="PLAN", help="Begin with the routes of an earlier plan.")]
SHOWN_WARNINGS = 10
Report = Annotated[str | None, typer.Option(metavar="HTML", help="Write a report for people, too.")]


def plan(
    problem: Problem,
    output: Output = "-",
    report: Report = None,
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    gap: Gap = None,
    bound: Bound = False,
    seed: Seed = None,
    threads: Threads = None,
    executor: Executor = None,
    warm_start: WarmStart = None,
    policy: PolicyFile = None,
    travel: TravelChoice = None,
) -> None:
    """Plan the calls of a problem document.

    Ctrl-C ends the search and writes the best plan found; pressed twice, it ends at once and writes nothing.
    """
    from dispatch_engine.formats.documents import dump_plan, load_plan
    from dispatch_engine.planner import PlanOptions, effective_options
    from dispatch_engine.planner import plan as find_plan
    from dispatch_engine.travel.open import open_travel

    require_inputs_apart(problem, policy, warm_start)
    place = _place(executor, threads)
    require_writable(output, report, kept=(problem, policy))
    document = load_changed_problem(problem, policy, travel)
    earlier = None if warm_start is None else load_plan(warm_start)
    asked = PlanOptions(time_limit, iterations, gap, seed, threads, earlier, Path(problem).parent, bound)
    options = effective_options(asked, document.policy)
    source = open_travel(document.travel, Path(problem).parent)
    compile_if_cold(bound=bound)
    with (
        _opened(place) as pool,
        search_progress(document.currency, options.time_limit_s) as show,
        first_interrupt_asks() as interrupt,
        meanwhile(partial(_get_ready, report, source, options.time_limit_s)) as get_ready,
    ):

        def tell(at: SearchProgress) -> None:
            get_ready()
            show(at)

        found = find_plan(document, options, tell, interrupt, source, pool)
    dump_plan(found, output)
    if report is not None:
        _dump_report(document, found, report, source)
    say("\n".join(summary(found, bound=bound)))
    if interrupt.asked:
        raise typer.Exit(ExitCode.ENDED_EARLY)


def _place(executor: str | None, threads: int | None) -> ExecutorChoice | None:
    """Return where regions are to be worked on; None: by threads that share the plan."""
    from dispatch_engine.scale_out.choice import executor_choice

    if executor is not None and threads is not None:
        raise typer.BadParameter("it takes the place of --threads; give one of the two", param_hint="--executor")
    return None if executor is None else executor_choice(executor)


@contextmanager
def _opened(place: ExecutorChoice | None) -> Iterator[Pool | None]:
    if place is None:
        yield None
        return
    from dispatch_engine.planner.stateless import get_ready
    from dispatch_engine.scale_out.pool import open_pool

    with open_pool(place, get_ready) as pool:
        yield pool


def _get_ready(report: str | None, source: TravelSource, time_limit_s: float | None) -> None:
    """Load what the search needs late and what follows it: the master, telling of missing parts, a wanted report."""
    import dispatch_engine.planner.missing.explained  # noqa: F401 - loading is all
    from solver.master import get_ready as get_master_ready
    from solver.params import MasterParams

    if MasterParams().may_run(time_limit_s):
        get_master_ready()

    if report is not None:
        from dispatch_engine.reports.html import get_ready

        get_ready(source)


def _dump_report(problem: ProblemDocument, plan: PlanDocument, path: str, source: TravelSource) -> None:
    from dispatch_engine.reports.html import dump_report

    dump_report(problem, plan, path, source=source)


def summary(plan: PlanDocument, *, bound: bool = False) -> list[str]:
    """Return what a person wants to know of a plan at once: the outcome, its proven ``bound``, how it was found."""
    from dispatch_engine.missing_words import short_words

    kpis, effort = plan.kpis, plan.effort
    unshown = len(plan.warnings) - SHOWN_WARNINGS
    on_the_road = f"{kpis.driving_s / 3600:.1f} h and {kpis.distance_m / 1000:,.0f} km of driving"
    planned = f"{kpis.planned} of {counted(kpis.calls, 'call')} planned on {counted(kpis.routes, 'route')}"
    searched = f"{counted(effort.iterations, 'iteration')} in {effort.seconds:.1f} s"
    return [
        f"{planned}, {on_the_road}",
        f"cost {plan.cost.total:,.2f} {plan.currency}" + (bound_words(plan) if bound else ""),
        *([] if kpis.robustness is None else [f"visits start in time with {kpis.robustness:.0%} on the mean"]),
        *_reserve_words(kpis),
        *short_words(plan.unplanned, plan.currency),
        f"{searched} on {counted(effort.threads, 'thread')}, ended by {effort.stopped_by}; "
        f"seed {plan.seed}, travel {plan.travel.source}",
        *(f"warning {warning.code}: {warning.message}" for warning in plan.warnings[:SHOWN_WARNINGS]),
        *([f"and {unshown} more warnings, all of them in the plan"] if unshown > 0 else []),
    ]


def _reserve_words(kpis: Kpis) -> Iterator[str]:
    """Yield for each territory with a reserve how much of it is kept."""
    from dispatch_engine.kept_reserves import reserve_by_territory

    for territory, (wanted_s, missing_s) in reserve_by_territory(kpis).items():
        yield f"of the reserve of {territory} {(wanted_s - missing_s) / 3600:.1f} of {wanted_s / 3600:.1f} h are kept"


def bound_words(plan: PlanDocument) -> str:
    """Return what is proven of the plan's cost."""
    if plan.bound is None:
        return ""
    lower = f"no plan costs less than {plan.bound.lower:,.2f}"
    return f", at most {plan.bound.gap_pct:.1f} % above the best possible ({lower})"
