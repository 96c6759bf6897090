"""One run of a day with some means of getting parts switched off, in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.attempt import attempted
from bench.isolated import in_new_process
from bench.means import without
from bench.parts_report import Record
from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner.options import PlanOptions

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
    return in_new_process(_measured, run)


def _measured(run: Run) -> Record:
    """Load the compiled kernels by an iteration on the same day first: the time of the search is the search's alone."""
    document = without(load_problem(run.path), run.off)
    first = PlanOptions(iterations=1, seed=run.seed, threads=1, base_dir=run.path.parent)
    attempt = attempted(document, first)
    if attempt.found is not None:
        attempt = attempted(document, replace(first, iterations=None, time_limit_s=run.time_limit_s))
    record = Record(
        problem=run.path.stem,
        off=run.off,
        seed=run.seed,
        time_limit=run.time_limit_s,
        seconds=run.time_limit_s,
        violations=len(attempt.faults),
        unplanned=len(document.calls),
        peak_mb=attempt.peak_mb,
        faults=attempt.faults,
    )
    return record if attempt.found is None else _with_plan(record, attempt.found)


def _with_plan(record: Record, found: PlanDocument) -> Record:
    """Return the record with what its plan is."""
    stops = [stop for route in found.routes for stop in route.stops]
    replaced = [each for stop in stops if stop.sourcing is not None for each in stop.sourcing.substitutes]
    kpis, effort = found.kpis, found.effort
    return replace(
        record,
        seconds=effort.seconds,
        cost=float(found.cost.total),
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
        cost_by_term={term: float(amount) for term, amount in found.cost.by_term.items()},
    )
