"""Territories: rectangles that tile the city, each with about the same length of street."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.generator.errors import TooManyTerritoriesError
from dispatch_engine.model.places import Point
from dispatch_engine.model.territories import Territory
from dispatch_engine.travel.network.ground import E7, metres_per_e7

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dispatch_engine.generator.streets import Spot, Streets
    from dispatch_engine.travel.network.network import BoundingBox

GRID_E7 = 10_000
"""Borders lie on whole thousandths of a degree."""


@dataclass(frozen=True)
class Box:
    """A rectangle in 1e-7 degrees."""

    south: int
    west: int
    north: int
    east: int

    def holds(self, spot: Spot) -> bool:
        """Whether the point lies in the rectangle, its southern and western border included."""
        lat, lon = round(spot.lat * E7), round(spot.lon * E7)
        return self.south <= lat < self.north and self.west <= lon < self.east

    def cut(self, *, at_lat: int | None = None, at_lon: int | None = None) -> tuple[Box, Box]:
        """Return the two parts on both sides of a line."""
        if at_lat is not None:
            return Box(self.south, self.west, at_lat, self.east), Box(at_lat, self.west, self.north, self.east)
        at_lon = self.west if at_lon is None else at_lon
        return Box(self.south, self.west, self.north, at_lon), Box(self.south, at_lon, self.north, self.east)

    def is_tall(self) -> bool:
        """Whether it reaches farther from south to north than from west to east, on the ground."""
        northward, eastward = metres_per_e7(np.array([(self.south + self.north) / 2 / E7]))
        return bool((self.north - self.south) * northward[0] >= (self.east - self.west) * eastward[0])


def districts(streets: Streets, around: BoundingBox, count: int) -> dict[str, Box]:
    """Return `count` rectangles by id that tile the network's rectangle: a k-d tree on street length.

    Raises
    ------
    TooManyTerritoriesError
        A rectangle would have no streets.

    References
    ----------
    Bentley (1975), Multidimensional binary search trees used for associative searching.
    """
    boxes = _tiles(_whole(around), *streets.middles(), count)
    if None in boxes:
        raise TooManyTerritoriesError(
            f"the streets of the network cannot be cut into {count} territories",
            value=count,
            advice=f"Maybe {max(1, count // 2)} are enough.",
        )
    return {f"R{number}": box for number, box in enumerate(boxes, 1) if box is not None}


def territories(boxes: dict[str, Box]) -> tuple[Territory, ...]:
    """Return the rectangles as territories that prefer their own technicians."""
    return tuple(Territory(id=name, polygon=_corners(box)) for name, box in boxes.items())


def district_of(boxes: dict[str, Box], spot: Spot) -> str:
    """Return the territory that holds a point of the network."""
    return next(name for name, box in boxes.items() if box.holds(spot))


def _whole(around: BoundingBox) -> Box:
    south, west = (int(np.floor(deg * E7 / GRID_E7)) - 1 for deg in (around.south, around.west))
    north, east = (int(np.ceil(deg * E7 / GRID_E7)) + 1 for deg in (around.north, around.east))
    return Box(south * GRID_E7, west * GRID_E7, north * GRID_E7, east * GRID_E7)


def _tiles(
    box: Box, lat: NDArray[np.int64], lon: NDArray[np.int64], length: NDArray[np.int64], count: int
) -> list[Box | None]:
    """Return the rectangles; None stands for one that would have no streets."""
    if not len(length):
        return [None]
    if count == 1:
        return [box]
    tall = box.is_tall()
    axis = lat if tall else lon
    line = _quantile(axis, length, count // 2, count)
    lower, upper = box.cut(at_lat=line) if tall else box.cut(at_lon=line)
    below, above = axis < line, axis >= line
    return [
        *_tiles(lower, lat[below], lon[below], length[below], count // 2),
        *_tiles(upper, lat[above], lon[above], length[above], count - count // 2),
    ]


def _quantile(values: NDArray[np.int64], weights: NDArray[np.int64], part: int, of: int) -> int:
    """Return the grid line below which lies about part/of of the weight."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    index = int(np.searchsorted(reached * of, int(reached[-1]) * part))
    return round(int(values[order][index]) / GRID_E7) * GRID_E7


def _corners(box: Box) -> tuple[Point, ...]:
    south, west, north, east = (edge / E7 for edge in (box.south, box.west, box.north, box.east))
    return (
        Point(lat=south, lon=west),
        Point(lat=south, lon=east),
        Point(lat=north, lon=east),
        Point(lat=north, lon=west),
    )
