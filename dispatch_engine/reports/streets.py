"""The streets under the routes: joined, simplified to the grain of the map and cut at its frame."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dispatch_engine.reports.frame import path_text
from dispatch_engine.travel.network.tags import ROAD_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from dispatch_engine.reports.frame import Frame
    from dispatch_engine.travel.network.network import Network

WEIGHT_BY_CLASS = {
    **dict.fromkeys(("motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link"), "major"),
    **dict.fromkeys(("secondary", "secondary_link", "tertiary", "tertiary_link"), "middle"),
}
"""Every other class is minor."""

WEIGHT_OF_CLASS = np.array([WEIGHT_BY_CLASS.get(name, "minor") for name in ROAD_CLASSES])

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
    segments = network.segments_in(frame.box)
    weights = WEIGHT_OF_CLASS[network.arrays.segment_class[segments]]
    return tuple(Streets(weight, _path(network, segments[weights == weight], frame)) for weight in WEIGHTS)


def simplified(line: ArrayLike) -> list[tuple[int, int]]:
    """Return a line `(n_points, 2)` with as few points as its grain allows (Douglas & Peucker 1973, by shapely)."""
    simple = shapely.simplify(shapely.linestrings(line), TOLERANCE, preserve_topology=False)
    return _whole(shapely.get_coordinates(simple))


def _path(network: Network, segments: NDArray[np.int64], frame: Frame) -> str:
    points, owner = network.lines(segments)
    lines = shapely.linestrings(frame.xy_of(points[:, 0], points[:, 1]), indices=owner)
    joined = shapely.line_merge(shapely.multilinestrings(lines))
    simple = shapely.simplify(shapely.get_parts(joined), TOLERANCE, preserve_topology=False)
    return path_text(_lines(shapely.clip_by_rect(simple, 0, 0, frame.width, frame.height)))


def _lines(geometries: NDArray[np.object_]) -> Iterator[list[tuple[int, int]]]:
    parts = shapely.get_parts(geometries)
    lines = parts[shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING]
    if not len(lines):
        return
    points, numbers = shapely.get_coordinates(lines, return_index=True)
    cuts = (np.flatnonzero(np.diff(numbers)) + 1).tolist()
    whole = _whole(points)
    yield from (whole[first:last] for first, last in pairwise([0, *cuts, len(whole)]))


def _whole(points: NDArray[np.float64]) -> list[tuple[int, int]]:
    return [(x, y) for x, y in np.rint(points).astype(np.int64).tolist()]
