"""Outlines of territories and closed areas: one each, with an area, that does not cross itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.areas import Outlined
    from dispatch_engine.model.problem import ProblemDocument

MIN_CORNERS = 3


def check_territories(problem: ProblemDocument) -> Iterator[Fault]:
    """Find outlines that enclose nothing, cross themselves, stand twice or leave the globe."""
    for i, territory in enumerate(problem.territories):
        yield from _faults(("territories", i), territory, territory.id)


def check_closed_areas(problem: ProblemDocument) -> Iterator[Fault]:
    """Find closed areas with a faulty outline or none, and those that the travel source knows nothing of."""
    travel = problem.travel
    for i, area in enumerate(travel.closed_areas):
        path: Path = ("travel", "closed_areas", i)
        yield from _faults(path, area, area.name)
        if area.polygon is None and area.geojson is None:
            yield fault("polygon_missing", path, area.name)
    if travel.closed_areas and travel.source != "road":
        yield fault("closed_area_source", ("travel", "closed_areas"), source=travel.source)


def _faults(path: Path, outlined: Outlined, name: str | None) -> Iterator[Fault]:
    faults = [*_outline_faults(path, outlined, name)]
    yield from faults or _crossing(path, outlined, name)


def _outline_faults(path: Path, outlined: Outlined, name: str | None) -> Iterator[Fault]:
    if outlined.polygon is not None and outlined.geojson is not None:
        yield fault("polygon_twice", path, name)
    if outlined.polygon is not None and len({(p.lat, p.lon) for p in outlined.polygon}) < MIN_CORNERS:
        yield fault("polygon_corners", (*path, "polygon"), outlined.polygon)
    for j, ring in enumerate(outlined.geojson.coordinates if outlined.geojson else ()):
        yield from _ring_faults((*path, "geojson", "coordinates", j), ring)


def _ring_faults(path: Path, ring: Sequence[tuple[float, ...]]) -> Iterator[Fault]:
    if len(set(ring)) < MIN_CORNERS or ring[0] != ring[-1]:
        yield fault("polygon_corners", path, ring)
    for j, position in enumerate(ring):
        if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
            yield fault("geojson_range", (*path, j), position)


def _crossing(path: Path, outlined: Outlined, name: str | None) -> Iterator[Fault]:
    if outlined.polygon is None and outlined.geojson is None:
        return
    # shapely takes a tenth of a second to import, and most documents have no outlines
    from shapely.validation import explain_validity

    from dispatch_engine.model.areas import area_of

    problem = explain_validity(area_of(outlined))
    if problem != "Valid Geometry":
        yield fault("polygon_crossing", path, name, problem=problem)
