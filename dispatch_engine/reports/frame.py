"""The map's frame: degrees to whole drawing units, and what lies inside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.travel.network.network import BoundingBox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dispatch_engine.travel.source import LatLon

METRES_PER_DEGREE = 111_195.0
UNITS_ACROSS = 6_000
"""Of the longer side: a unit is some metres in a city, finer than a screen shows before zooming far in."""

MARGIN = 0.04
LEAST_M = 600.0
SLIMMEST, WIDEST = 0.85, 1.5
"""Width by height of the frame."""


@dataclass(frozen=True)
class Frame:
    """A flat map, true to scale at its middle.

    Parameters
    ----------
    west, north
        Degrees at the upper left corner.
    unit_m
        Metres of one drawing unit.
    east_m
        Metres of a degree eastwards at the middle latitude.
    width, height
        In drawing units.
    """

    west: float
    north: float
    unit_m: float
    east_m: float
    width: int
    height: int

    def xy(self, lat: float, lon: float) -> tuple[int, int]:
        """Return drawing units to the right and down; the shorter way round the globe is taken."""
        eastward = (lon - self.west + 180.0) % 360.0 - 180.0
        return round(eastward * self.east_m / self.unit_m), round((self.north - lat) * METRES_PER_DEGREE / self.unit_m)

    def xy_of(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the same for many points of one region, shape `(n_points, 2)`, in whole numbers."""
        eastward = (lon - self.west + 180.0) % 360.0 - 180.0
        units = (eastward * self.east_m, (self.north - lat) * METRES_PER_DEGREE)
        return np.rint(np.column_stack(units) / self.unit_m)

    def holds(self, lat: float, lon: float) -> bool:
        """Return whether a point lies on the map."""
        x, y = self.xy(lat, lon)
        return 0 <= x <= self.width and 0 <= y <= self.height

    @property
    def box(self) -> BoundingBox:
        """The frame in degrees."""
        south = self.north - self.height * self.unit_m / METRES_PER_DEGREE
        return BoundingBox(south, self.west, self.north, self.west + self.width * self.unit_m / self.east_m)


def frame_around(points: Iterable[LatLon]) -> Frame:
    """Return a frame with a margin around points, at least one, neither too slim nor too wide to print."""
    lats, lons = zip(*points, strict=True)
    first = lons[0]
    across = [(lon - first + 180.0) % 360.0 - 180.0 for lon in lons]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, first + (min(across) + max(across)) / 2
    east_m = METRES_PER_DEGREE * max(math.cos(math.radians(middle_lat)), 0.01)
    width_m = max((max(across) - min(across)) * east_m * (1 + 2 * MARGIN), LEAST_M)
    height_m = max((max(lats) - min(lats)) * METRES_PER_DEGREE * (1 + 2 * MARGIN), LEAST_M)
    width_m, height_m = max(width_m, height_m * SLIMMEST), max(height_m, width_m / WIDEST)
    unit_m = max(width_m, height_m) / UNITS_ACROSS
    west, north = middle_lon - width_m / 2 / east_m, middle_lat + height_m / 2 / METRES_PER_DEGREE
    return Frame(west, north, unit_m, east_m, math.ceil(width_m / unit_m), math.ceil(height_m / unit_m))


def path_text(lines: Iterable[Sequence[tuple[int, int]]]) -> str:
    """Return lines as the shortest SVG path: an absolute start, then steps from point to point."""
    return "".join(_line_text(line) for line in lines)


def _line_text(line: Sequence[tuple[int, int]]) -> str:
    (x, y) = line[0]
    steps: list[str] = []
    for next_x, next_y in line[1:]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{_after(next_x - x)}{_after(next_y - y)}")
            x, y = next_x, next_y
    return f"M{line[0][0]} {line[0][1]}l{''.join(steps).lstrip()}" if steps else ""


def _after(number: int) -> str:
    """Return a number behind another one: a minus sign sets it apart by itself."""
    return str(number) if number < 0 else f" {number}"
