"""One instance, planned by the ordinary planner in a process of its own, and judged twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.attempt import attempted
from bench.families.family import Instance
from bench.families.registry import FAMILIES
from bench.families.tours import tours_of
from bench.isolated import in_new_process
from bench.record import Record
from bench.report import gap_pct
from dispatch_engine.kernels import warmup
from dispatch_engine.planner.options import PlanOptions

if TYPE_CHECKING:
    from pathlib import Path

    from bench.families.family import MadeInstance
    from dispatch_engine.model.plan import PlanDocument


@dataclass(frozen=True)
class Run:
    """What is asked for."""

    family: str
    path: Path
    time_limit_s: float
    seed: int
    threads: int
    bound: bool = False


def measure(run: Run) -> Record:
    """Plan an instance in a new process."""
    return in_new_process(_measured, run)


def _measured(run: Run) -> Record:
    """Load the compiled kernels by a tiny day first: the time of the search is the search's alone."""
    instance = FAMILIES[run.family].read(run.path)
    document = instance.document()
    warmup(bound=run.bound)
    asked = PlanOptions(
        time_limit_s=run.time_limit_s,
        seed=run.seed,
        threads=run.threads,
        base_dir=run.path.parent,
        bound=run.bound,
    )
    attempt = attempted(document, asked)
    record = Record(
        instance=instance.name,
        family=run.family,
        seconds=run.time_limit_s,
        bks=instance.bks,
        violations=len(attempt.faults),
        peak_mb=attempt.peak_mb,
        seed=run.seed,
        time_limit=run.time_limit_s,
        threads=run.threads,
        faults=attempt.faults,
    )
    return record if attempt.found is None else _judged(record, instance, attempt.found)


def _judged(record: Record, instance: Instance | MadeInstance, found: PlanDocument) -> Record:
    """Return the record with what its plan is; where the family has rules of its own, judged by these too."""
    record = replace(
        record,
        seconds=found.effort.seconds,
        bound_gap_pct=None if found.bound is None else found.bound.gap_pct,
        unplanned=len(found.unplanned),
        iterations=found.effort.iterations,
        routes=len(found.routes),
    )
    if not isinstance(instance, Instance):
        cost = float(found.cost.total)
        return replace(record, cost=cost, cost_all_rules=cost)
    return _judged_by_family(record, instance, found)


def _judged_by_family(record: Record, instance: Instance, found: PlanDocument) -> Record:
    tours = tours_of(found)
    own = instance.judged(tours)
    bks, cost, faults = record.bks, round(own.cost, 4), (*record.faults, *own.faults)
    is_comparable = bks and not found.unplanned
    return replace(
        record,
        cost=cost,
        gap_pct=gap_pct(cost, bks) if bks and is_comparable else None,
        violations=len(faults),
        faults=faults,
        tours=tuple((tour.vehicle, *tour.stops) for tour in tours),
    )
