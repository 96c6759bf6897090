"""What a plan document states of parts, against what follows from the way in which each visit gets its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.planner.cases import first_time_fix
from dispatch_engine.planner.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.plan import PlanDocument, Route, Stop
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.ways import Way
    from solver.solution import Solution


def wrong_parts(frame: Frame, plan: PlanDocument, solution: Solution) -> Iterator[Finding]:
    """Yield what is stated wrongly; ``solution`` is the same plan as it was read, and breaks no rule."""
    for route, found in zip(plan.routes, solution.routes, strict=True):
        yield from _wrong_night(frame, route, found.shift)
        stops = [stop for stop in route.stops if stop.kind != "break"]
        for stop, read in zip(stops, found.stops, strict=True):
            if stop.kind == "visit":
                yield from _wrong_visit(frame, route, stop, frame.ways.of_stop(read.visit, read.sourcing))


def _wrong_night(frame: Frame, route: Route, row: int) -> Iterator[Finding]:
    at_home = frame.index.shifts[row][0].replenished_at
    if route.overnight is not None and route.overnight.location != at_home:
        message = (
            f"shift {route.shift} of {route.technician}: the plan states that it is loaded overnight at "
            f"{route.overnight.location}; the problem says at {at_home}. Maybe the plan was edited by hand."
        )
        yield Finding("figure_wrong", message, technician=route.technician, shift=route.shift)


def _wrong_visit(frame: Frame, route: Route, stop: Stop, way: Way) -> Iterator[Finding]:
    call = frame.call(stop.call or "")
    arrivals = {} if stop.sourcing is None else {each.location: each.arrival for each in stop.sourcing.parcels}
    pairs = {
        "parts from the van": (stop.parts, way.from_van),
        "chance of a first-time fix": (stop.first_time_fix, first_time_fix(call, way.covered)),
        "arrival of parcels": (
            {location: frame.timeline.seconds(at) for location, at in arrivals.items()},
            {parcel.location: parcel.arrival_s for parcel in way.parcels},
        ),
    }
    for name, (stated, derived) in pairs.items():
        if stated != derived:
            message = (
                f"call {call.id}: the plan states its {name} as {stated}; {derived} follows from the way in which it "
                "gets its parts. Maybe the plan was edited by hand."
            )
            yield Finding("figure_wrong", message, call.id, route.technician, route.shift)
