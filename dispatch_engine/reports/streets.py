"""The streets under the routes: joined, simplified to the grain of the map and cut at its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dispatch_engine.reports.frame import path_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dispatch_engine.reports.frame import Frame
    from dispatch_engine.travel.network.network import Network, Street

WEIGHT_BY_CLASS = {
    **dict.fromkeys(("motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"), "major"),
    **dict.fromkeys(("secondary", "secondary_link", "tertiary", "tertiary_link"), "middle"),
}
"""Every other class is minor."""

WEIGHTS = ("minor", "middle", "major")
"""In the order of drawing."""

TOLERANCE = 2.0
"""How far a simplified street or route may lie from the true one, in drawing units."""


@dataclass(frozen=True)
class Streets:
    """All streets of one weight as one SVG path."""

    weight: str
    path: str


def streets_in(network: Network, frame: Frame) -> tuple[Streets, ...]:
    """Return the streets of a network inside a frame, by weight."""
    streets: dict[str, list[Street]] = {weight: [] for weight in WEIGHTS}
    for street in network.streets(frame.box):
        streets[WEIGHT_BY_CLASS.get(street.road_class, "minor")].append(street)
    return tuple(Streets(weight, _path(streets[weight], frame)) for weight in WEIGHTS)


def simplified(line: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a line with as few points as its grain allows (Douglas & Peucker 1973, as shapely does it)."""
    simple = shapely.LineString(line).simplify(TOLERANCE, preserve_topology=False)
    return [(round(x), round(y)) for x, y in simple.coords]


def _path(streets: Sequence[Street], frame: Frame) -> str:
    if not streets:
        return ""
    lat, lon = np.concatenate([street.lat for street in streets]), np.concatenate([street.lon for street in streets])
    numbers = np.repeat(np.arange(len(streets)), [len(street.lat) for street in streets])
    joined = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(frame.xy_of(lat, lon), indices=numbers)))
    simple = shapely.simplify(shapely.get_parts(joined), TOLERANCE, preserve_topology=False)
    return path_text(_lines(shapely.clip_by_rect(simple, 0, 0, frame.width, frame.height)))


def _lines(geometries: NDArray[np.object_]) -> Iterator[list[tuple[int, int]]]:
    parts = shapely.get_parts(geometries)
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    if not len(lines):
        return
    points, numbers = shapely.get_coordinates(lines, return_index=True)
    cuts = np.flatnonzero(np.diff(numbers)) + 1
    for line in np.split(np.rint(points).astype(np.int64), cuts):
        yield [(x, y) for x, y in line.tolist()]
