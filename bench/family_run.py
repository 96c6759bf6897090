"""One instance, planned by the ordinary planner in a process of its own, and judged twice."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.registry import FAMILIES
from bench.families.tours import tours_of
from bench.family_report import Record
from bench.isolated import peak_mb
from dispatch_engine.kernels import warmup
from dispatch_engine.planner.errors import PlanRejectedError
from dispatch_engine.planner.judge import judge
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.run import plan
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from pathlib import Path

    from bench.families.family import Instance
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument


@dataclass(frozen=True)
class Run:
    """What is asked for."""

    family: str
    path: Path
    time_limit_s: float
    seed: int
    threads: int


def measure(run: Run) -> Record:
    """Plan an instance in a new process."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as process:
        return process.submit(_measured, run).result()


def _measured(run: Run) -> Record:
    """Load the compiled kernels by a tiny day first: the time of the search is the search's alone."""
    instance = FAMILIES[run.family].read(run.path)
    document = instance.document()
    warmup()
    asked = PlanOptions(time_limit_s=run.time_limit_s, seed=run.seed, threads=run.threads, base_dir=run.path.parent)
    try:
        found = plan(document, effective_options(asked, document.policy))
    except PlanRejectedError as error:
        return _rejected(run, instance, error)
    return _judged(run, instance, document, found, peak_mb())


def _judged(run: Run, instance: Instance, document: ProblemDocument, found: PlanDocument, held_mb: float) -> Record:
    tours = tours_of(found)
    own, verdict = instance.judged(tours), judge(document, found, open_travel(document.travel, run.path.parent))
    faults = (*(finding.message for finding in verdict.findings), *own.faults)
    bks, cost = instance.bks, round(own.cost, 4)
    is_comparable = bks and not found.unplanned
    return Record(
        instance=instance.name,
        family=run.family,
        seconds=found.effort.seconds,
        cost=cost,
        bks=bks,
        gap_pct=round(100 * (cost / bks - 1), 3) if bks and is_comparable else None,
        bound_gap_pct=None if found.bound is None else found.bound.gap_pct,
        violations=len(faults),
        unplanned=len(found.unplanned),
        iterations=found.effort.iterations,
        peak_mb=round(held_mb, 1),
        seed=run.seed,
        routes=len(tours),
        time_limit=run.time_limit_s,
        threads=run.threads,
        faults=faults,
        tours=tuple((tour.vehicle, *tour.stops) for tour in tours),
    )


def _rejected(run: Run, instance: Instance, error: PlanRejectedError) -> Record:
    """Return the record of a run that has no plan: the checker rejected what the search found."""
    return Record(
        instance=instance.name,
        family=run.family,
        seconds=run.time_limit_s,
        cost=None,
        bks=instance.bks,
        gap_pct=None,
        bound_gap_pct=None,
        violations=len(error.violations),
        unplanned=0,
        iterations=0,
        peak_mb=round(peak_mb(), 1),
        seed=run.seed,
        routes=0,
        time_limit=run.time_limit_s,
        threads=run.threads,
        faults=tuple(violation.message for violation in error.violations),
        tours=(),
    )
