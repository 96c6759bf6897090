"""What a person should know about a document that is used as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, warning
from dispatch_engine.model.checks.reserves import warnings_of_reserves
from dispatch_engine.model.checks.stock_warnings import warnings_of_parts, warnings_of_stock
from dispatch_engine.model.paths import shift_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument

USED_BY_SOURCE = {"road": "network", "osrm": "url", "matrix": "matrices"}


def warnings_of(problem: ProblemDocument) -> tuple[Fault, ...]:
    """Return what is worth knowing, in the shape of faults; none of it stops the planning."""
    found = (_empty, _stale, _unused_travel, warnings_of_parts, warnings_of_stock, warnings_of_reserves)
    return tuple(each for warnings in found for each in warnings(problem))


def _empty(problem: ProblemDocument) -> Iterator[Fault]:
    if not problem.calls:
        yield warning("no_calls", ("calls",))
    if not any(shift_paths(problem)):
        yield warning("no_shifts", ("technicians",))


def _stale(problem: ProblemDocument) -> Iterator[Fault]:
    calls = {call.id for call in problem.calls}
    people = {capacity.id for capacity in problem.capacities}
    for i, visit in enumerate(problem.previous_plan.visits if problem.previous_plan else ()):
        path: Path = ("previous_plan", "visits", i)
        if visit.call not in calls:
            yield warning("stale_promise", (*path, "call"), visit.call, thing="call")
        if visit.technician not in people:
            yield warning("stale_promise", (*path, "technician"), visit.technician, thing="technician")


def _unused_travel(problem: ProblemDocument) -> Iterator[Fault]:
    travel = problem.travel
    for source, field in USED_BY_SOURCE.items():
        value = getattr(travel, field)
        if value and source != travel.source:
            yield warning("travel_unused", ("travel", field), source=travel.source, field=field)
