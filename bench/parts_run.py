"""One run of a day with some means of getting parts switched off, in a process of its own."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.isolated import peak_mb
from bench.means import without
from bench.parts_report import Record
from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner.errors import PlanRejectedError
from dispatch_engine.planner.judge import judge
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.run import plan
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.model.plan import PlanDocument


@dataclass(frozen=True)
class Run:
    """What is asked for."""

    path: Path
    off: str
    time_limit_s: float
    seed: int


def measure(run: Run) -> Record:
    """Plan the day in a new process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        return process.submit(_measured, run).result()


def _measured(run: Run) -> Record:
    """Load the compiled kernels by an iteration on the same day first: the time of the search is the search's alone."""
    document = without(load_problem(run.path), run.off)
    first = PlanOptions(iterations=1, seed=run.seed, threads=1, base_dir=run.path.parent)
    asked = PlanOptions(time_limit_s=run.time_limit_s, seed=run.seed, threads=1, base_dir=run.path.parent)
    try:
        plan(document, effective_options(first, document.policy))
        found = plan(document, effective_options(asked, document.policy))
    except PlanRejectedError as error:
        return _rejected(run, len(document.calls), tuple(violation.message for violation in error.violations))
    verdict = judge(document, found, open_travel(document.travel, run.path.parent))
    return _record(run, found, tuple(finding.message for finding in verdict.findings))


def _record(run: Run, found: PlanDocument, faults: tuple[str, ...]) -> Record:
    stops = [stop for route in found.routes for stop in route.stops]
    replaced = [each for stop in stops if stop.sourcing is not None for each in stop.sourcing.substitutes]
    kpis, effort = found.kpis, found.effort
    return Record(
        problem=run.path.stem,
        off=run.off,
        seed=run.seed,
        time_limit=run.time_limit_s,
        seconds=effort.seconds,
        cost=float(found.cost.total),
        violations=len(faults),
        planned=kpis.planned,
        unplanned=kpis.unplanned,
        restock_stops=kpis.restock_stops,
        lent_tools=sum(len(stop.tools) for stop in stops),
        parcels=kpis.parcels,
        substitutes=sum(each.pieces for each in replaced),
        transfers=kpis.transfers,
        first_time_fix=kpis.first_time_fix,
        iterations=effort.iterations,
        iterations_per_s=round(effort.iterations / effort.seconds, 1) if effort.seconds else 0.0,
        peak_mb=round(peak_mb(), 1),
        cost_by_term={term: float(amount) for term, amount in found.cost.by_term.items()},
        faults=faults,
    )


def _rejected(run: Run, n_calls: int, faults: tuple[str, ...]) -> Record:
    """Return the record of a run that has no plan: the checker rejected what the search found."""
    return Record(
        problem=run.path.stem,
        off=run.off,
        seed=run.seed,
        time_limit=run.time_limit_s,
        seconds=run.time_limit_s,
        cost=None,
        violations=len(faults),
        planned=0,
        unplanned=n_calls,
        restock_stops=0,
        lent_tools=0,
        parcels=0,
        substitutes=0,
        transfers=0,
        first_time_fix=0.0,
        iterations=0,
        iterations_per_s=0.0,
        peak_mb=round(peak_mb(), 1),
        cost_by_term={},
        faults=faults,
    )
