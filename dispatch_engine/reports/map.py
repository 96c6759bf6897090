"""The map of a day: streets, routes and stops in drawing units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.listing import counted
from dispatch_engine.reports.frame import Frame, frame_around, path_text
from dispatch_engine.reports.stops import stop_title, visit_numbers
from dispatch_engine.reports.streets import Streets, simplified, streets_in
from dispatch_engine.travel.source import LatLon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dispatch_engine.exports.lines import DrivenLines
    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route
    from dispatch_engine.reports.crew import Member

STATIC_WIDTH_PX = 800
"""On paper and without script the markers are sized for a map of this width."""

PAGE_MM, LINE_MM, COLUMNS = 235, 5, 4
"""On paper: height of the picture above a key without lines, height of a line, and columns of the key."""

SMALL_MARKERS_FROM = 150
"""So many stops on one map need smaller markers."""

NAMED_AT_MOST = 10


@dataclass(frozen=True)
class RoutePath:
    """The way of one route."""

    member: Member
    path: str
    title: str


@dataclass(frozen=True)
class Marker:
    """A point on the map: ``kind`` is that of a stop, start or unplanned; ``member`` is None for the last."""

    kind: str
    x: int
    y: int
    label: str
    title: str
    member: Member | None = None


@dataclass(frozen=True)
class DayMap:
    """What is drawn on the streets for one day."""

    day: date
    routes: tuple[RoutePath, ...]
    markers: tuple[Marker, ...]
    small: bool

    def has(self, kind: str) -> bool:
        """Return whether there is a marker of a kind."""
        return any(marker.kind == kind for marker in self.markers)


@dataclass(frozen=True)
class Ground:
    """What the maps of all days share; ``notes`` are sentences on what they do not show."""

    frame: Frame
    streets: tuple[Streets, ...]
    notes: tuple[str, ...]

    @property
    def units_per_px(self) -> float:
        """Of the static picture."""
        return round(self.frame.width / STATIC_WIDTH_PX, 3)

    def print_height_mm(self, technicians: int) -> int:
        """Return how tall the picture may be on an upright A4 page that also names so many technicians."""
        return PAGE_MM - LINE_MM * -(-technicians // COLUMNS)


def ground_of(view: PlanView, lines: DrivenLines) -> Ground | None:
    """Return frame and streets; None where no place of any route or unplanned call has coordinates."""
    return shared_ground([(view, lines)])


def shared_ground(drawn: Sequence[tuple[PlanView, DrivenLines]]) -> Ground | None:
    """Return the frame and streets of several plans, on the streets of the first; see ``ground_of``."""
    points = [point for view, lines in drawn for point in (*chain.from_iterable(chain(*lines.legs)), *_visited(view))]
    points = points or [point for view, _ in drawn for _, point in _unplanned(view)]
    if not points:
        return None
    frame, network = frame_around(points), drawn[0][1].network
    streets = streets_in(network, frame) if network else ()
    notes = dict.fromkeys(note for view, lines in drawn for note in _notes(view, lines, frame))
    return Ground(frame, streets, tuple(notes))


def day_map(view: PlanView, day: date, ground: Ground, lines: DrivenLines, crew: Mapping[str, Member]) -> DayMap:
    """Return routes and stops of the shifts that begin on a local date, and all unplanned calls."""
    today = [
        (route, legs) for route, legs in zip(view.plan.routes, lines.legs, strict=True) if view.day_of(route) == day
    ]
    routes = [_path(route, legs, ground.frame, crew[route.technician]) for route, legs in today]
    markers = [
        *_unplanned_markers(view, ground.frame),
        *chain.from_iterable(_markers(view, route, ground.frame, crew[route.technician]) for route, _ in today),
    ]
    return DayMap(
        day,
        tuple(sorted(routes, key=lambda each: each.member.number)),
        tuple(markers),
        len(markers) >= SMALL_MARKERS_FROM,
    )


def _visited(view: PlanView) -> Iterator[LatLon]:
    for route in view.plan.routes:
        points = (view.position(route.start_place), *(view.stop_position(stop) for stop in route.stops))
        yield from (LatLon(point.lat, point.lon) for point in points if point is not None)


def _unplanned(view: PlanView) -> Iterator[tuple[str, LatLon]]:
    for unplanned in view.plan.unplanned:
        call = view.calls.get(unplanned.call)
        point = view.position(call.place) if call else None
        if point is not None:
            yield unplanned.call, LatLon(point.lat, point.lon)


def _notes(view: PlanView, lines: DrivenLines, frame: Frame) -> Iterator[str]:
    if lines.note:
        yield lines.note
    outside = [call for call, point in _unplanned(view) if not frame.holds(*point)]
    if outside:
        more = len(outside) - NAMED_AT_MOST
        named = ", ".join(outside[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        yield f"Outside the map, and unplanned: {named}."
    stops = [stop for route in view.plan.routes for stop in route.stops if stop.kind != "break"]
    missing = sum(view.stop_position(stop) is None for stop in stops)
    if missing:
        yield f"{counted(missing, 'stop has', 'stops have')} no coordinates and cannot be drawn."


def _path(route: Route, legs: tuple[tuple[LatLon, ...], ...], frame: Frame, member: Member) -> RoutePath:
    drawn = (simplified(frame.xy_of(*np.array(leg).T)) for leg in legs)
    return RoutePath(member, path_text(drawn), f"{member.name}, {member.load}")


def _markers(view: PlanView, route: Route, frame: Frame, member: Member) -> Iterator[Marker]:
    start, day = view.position(route.start_place), view.day_of(route)
    if start is not None:
        yield Marker("start", *frame.xy(start.lat, start.lon), "", f"{member.name} starts here", member)
    for stop, number in zip(route.stops, visit_numbers(route), strict=True):
        point = view.stop_position(stop)
        if point is not None:
            title = f"{member.name}, stop {number}: {stop_title(view, stop, day)}"
            yield Marker(stop.kind, *frame.xy(point.lat, point.lon), number, title, member)


def _unplanned_markers(view: PlanView, frame: Frame) -> Iterator[Marker]:
    for call, point in _unplanned(view):
        if frame.holds(*point):
            title = f"{call} {view.call_name(call)}".strip()
            yield Marker("unplanned", *frame.xy(*point), "", f"{title}: unplanned")
