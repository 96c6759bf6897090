"""Outlines as polygons, and which territory holds a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.places import Point
    from dispatch_engine.model.territories import GeoJsonPolygon, Territory


class Outlined(Protocol):
    """What has an outline: a territory, a closed area."""

    @property
    def polygon(self) -> tuple[Point, ...] | None:
        """Corners in order."""

    @property
    def geojson(self) -> GeoJsonPolygon | None:
        """Rings."""


def area_of(outlined: Outlined) -> shapely.Polygon | None:
    """Return the polygon in degrees (x = longitude, y = latitude), None where there is no outline."""
    if outlined.polygon is not None:
        return shapely.Polygon([(corner.lon, corner.lat) for corner in outlined.polygon])
    if outlined.geojson is not None:
        outline, *holes = [[(p[0], p[1]) for p in ring] for ring in outlined.geojson.coordinates]
        return shapely.Polygon(outline, holes)
    return None


def areas_of(territories: tuple[Territory, ...]) -> dict[str, shapely.Polygon]:
    """Return the polygons by territory id, in the order of the document."""
    areas = ((territory.id, area_of(territory)) for territory in territories)
    outlined = {name: area for name, area in areas if area is not None}
    shapely.prepare(list(outlined.values()))
    return outlined


def territory_at(position: Point, areas: Mapping[str, shapely.Polygon]) -> str | None:
    """Return the first territory that holds the position, its border included."""
    return next((name for name, area in areas.items() if shapely.intersects_xy(area, position.lon, position.lat)), None)
