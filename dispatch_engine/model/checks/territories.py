"""Territories: one outline each, with an area, that does not cross itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.territories import Territory

MIN_CORNERS = 3


def check_territories(problem: ProblemDocument) -> Iterator[Fault]:
    """Find outlines that enclose nothing, cross themselves, stand twice or leave the globe."""
    for i, territory in enumerate(problem.territories):
        path: Path = ("territories", i)
        faults = [*_outline_faults(path, territory)]
        yield from faults or _crossing(path, territory)


def _outline_faults(path: Path, territory: Territory) -> Iterator[Fault]:
    if territory.polygon is not None and territory.geojson is not None:
        yield fault("polygon_twice", path, territory.id)
    if territory.polygon is not None and len({(p.lat, p.lon) for p in territory.polygon}) < MIN_CORNERS:
        yield fault("polygon_corners", (*path, "polygon"), territory.polygon)
    for j, ring in enumerate(territory.geojson.coordinates if territory.geojson else ()):
        yield from _ring_faults((*path, "geojson", "coordinates", j), ring)


def _ring_faults(path: Path, ring: Sequence[tuple[float, ...]]) -> Iterator[Fault]:
    if len(set(ring)) < MIN_CORNERS or ring[0] != ring[-1]:
        yield fault("polygon_corners", path, ring)
    for j, position in enumerate(ring):
        if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
            yield fault("geojson_range", (*path, j), position)


def _crossing(path: Path, territory: Territory) -> Iterator[Fault]:
    if territory.polygon is None and territory.geojson is None:
        return
    # shapely takes a tenth of a second to import, and most documents have no outlines
    from shapely.validation import explain_validity

    from dispatch_engine.model.areas import area_of

    problem = explain_validity(area_of(territory))
    if problem != "Valid Geometry":
        yield fault("polygon_crossing", path, territory.id, problem=problem)
