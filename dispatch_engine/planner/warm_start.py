"""An earlier plan as routes to begin with; what the problem does not know any more is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.model.plan import PlanWarning
from dispatch_engine.planner.reading import PlanReader
from solver.problem import NONE
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.planner.translate import Translation
    from solver.problem import Problem
    from solver.solution import Route, Stop

SHOWN = 5


def warm_start(plan: PlanDocument, translation: Translation) -> tuple[list[list[int]], tuple[PlanWarning, ...]]:
    """Return the stops of each shift, (n_shifts, any), and a warning where calls or shifts are gone.

    Stops are numbered as ``solver.stops`` does. A visit whose way of getting its parts there is no more is one as
    stated; restocks and meetings that are gone are left out.
    """
    reader = PlanReader(translation)
    start = start_of(reader.solution(plan).routes, translation.solver_problem)
    gone_calls = _planned(plan, reader.unknown["call"])
    gone_shifts = [f"{shift} of {technician}" for technician, shift in reader.unknown_shifts]
    return start, tuple(_warning(thing, gone) for thing, gone in (("call", gone_calls), ("shift", gone_shifts)) if gone)


def start_of(routes: Iterable[Route], problem: Problem) -> list[list[int]]:
    """Return the stops of each shift, (n_shifts, any), of routes that were read; what is not known is left out."""
    start: list[list[int]] = [[] for _ in range(problem.n_shifts)]
    taken: set[int] = set()
    for route in (route for route in routes if route.shift < problem.n_shifts):
        for stop in _known(problem, route):
            if stop.visit == NONE or stop.visit not in taken:
                start[route.shift].append(StopNumbers.of(problem).of_stop(stop))
            taken.add(stop.visit)
    return start


def _known(problem: Problem, route: Route) -> Iterable[Stop]:
    """Yield the decided stops of a route at what the problem still has."""
    for stop in route.stops:
        is_there = stop.visit < problem.n_visits and stop.location < len(problem.stock)
        if not stop.is_fact and is_there and stop.meeting < len(problem.meetings):
            yield stop if stop.sourcing < len(problem.sourcings) else replace(stop, sourcing=NONE)


def _planned(plan: PlanDocument, calls: Iterable[str]) -> list[str]:
    """Return those of the calls that the plan visits."""
    visited = {stop.call for route in plan.routes for stop in route.stops if stop.kind == "visit"}
    return [call for call in calls if call in visited]


def _warning(thing: str, gone: Sequence[str]) -> PlanWarning:
    named = ", ".join(gone[:SHOWN]) + (", …" if len(gone) > SHOWN else "")
    count = f"1 {thing}" if len(gone) == 1 else f"{len(gone)} {thing}s"
    message = (
        f"The earlier plan has {count} that the problem does not have ({named}); the search begins without. "
        "Maybe it is the plan of another day."
    )
    return PlanWarning(code="warm_start_stale", message=message, detail={"thing": thing, "count": len(gone)})
