"""The ways that a plan drives, as lines on the ground: along roads where the travel source knows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from dispatch_engine.travel.errors import TravelError
from dispatch_engine.travel.open import open_travel
from dispatch_engine.travel.source import CAR, LatLon
from dispatch_engine.travel.source import Place as TravelPlace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.places import Point
    from dispatch_engine.model.plan import Route
    from dispatch_engine.travel.network.network import Network
    from dispatch_engine.travel.source import TravelSource

Leg: TypeAlias = tuple[LatLon, ...]
Legs: TypeAlias = tuple[Leg, ...]

SOURCES_OF_LINES = ("road", "osrm")
CROW_NOTE = "The travel times do not come from a road network: ways are drawn as straight lines."


@dataclass(frozen=True)
class DrivenLines:
    """The lines of a plan's routes.

    Parameters
    ----------
    legs
        For each route, in the order of the plan, its legs in the order of driving. A leg has two points or more;
        places without coordinates are passed over.
    network
        The streets underneath; None where the travel source has none to draw.
    note
        A sentence where the lines may not be what is driven on; else empty.
    along_roads
        Whether the lines follow roads.
    """

    legs: tuple[Legs, ...]
    network: Network | None = None
    note: str = ""
    along_roads: bool = False


def driven_lines(view: PlanView, base_dir: Path, source: TravelSource | None = None) -> DrivenLines:
    """Return the lines of all routes of a plan.

    Parameters
    ----------
    view
        The plan beside its problem.
    base_dir
        Folder of the problem document, for the name of a network.
    source
        The document's travel source, where it is open already.
    """
    used, stated = view.plan.travel.source, view.problem.travel.source
    if used not in SOURCES_OF_LINES:
        return _straight(view, CROW_NOTE)
    if used != stated:
        reason = f"the plan was made with the travel source {used!r}, the problem document names {stated!r}"
        return _straight(view, f"Ways are drawn as straight lines: {reason}. Maybe name the source with --travel.")
    try:
        return _along_roads(view, source or open_travel(view.problem.travel, base_dir))
    except TravelError as error:
        return _straight(view, f"Ways are drawn as straight lines: {error}")


def _straight(view: PlanView, note: str) -> DrivenLines:
    return DrivenLines(tuple(_legs(view, route, None) for route in view.plan.routes), note=note)


def _along_roads(view: PlanView, source: TravelSource) -> DrivenLines:
    legs = tuple(_legs(view, route, source) for route in view.plan.routes)
    then, now = view.plan.travel.detail.get("version"), source.provenance().version
    other = "The roads are another version than those that the plan was made with."
    note = other if view.plan.travel.source == "road" and then not in (None, now) else ""
    return DrivenLines(legs, getattr(source, "network", None), note, along_roads=True)


def _legs(view: PlanView, route: Route, source: TravelSource | None) -> Legs:
    capacity = view.capacities.get(route.technician)
    profile = capacity.profile if capacity else CAR
    points = [LatLon(point.lat, point.lon) for point in _points(view, route) if point is not None]
    return tuple(_leg(origin, destination, source, profile) for origin, destination in pairwise(points))


def _points(view: PlanView, route: Route) -> Iterator[Point | None]:
    """Yield where a route goes, in order, with the point at which it resumes after its facts."""
    shift = view.shift_of(route)
    resume = shift.facts.resume if shift and shift.facts else None
    yield view.position(route.start_place)
    yield from (view.stop_position(stop) for stop in route.stops if stop.kind == "fact")
    yield view.position(resume.place) if resume else None
    yield from (view.stop_position(stop) for stop in route.stops if stop.kind not in ("fact", "break"))
    yield view.position(route.end_place)


def _leg(origin: LatLon, destination: LatLon, source: TravelSource | None, profile: str) -> Leg:
    """Return a line from place to place; between a door and its road it is straight."""
    if source is None or origin == destination:
        return origin, destination
    line = source.geometry(TravelPlace("origin", *origin), TravelPlace("destination", *destination), profile)
    return origin, *(line or ()), destination
