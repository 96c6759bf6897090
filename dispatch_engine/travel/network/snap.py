"""Tie places to the nearest road.

Nearest edge rather than nearest node: against OSRM the mean error of durations is 1.9 % instead of 3 %.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray

from dispatch_engine.travel.network.closing import ClosedAreas
from dispatch_engine.travel.network.ground import E7, Plane
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.source import LatLon

REMEMBERED_SPOTS = 50_000

Spot = tuple[float, float, float]
"""Segment, share along it, metres to it."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapped:
    """Where places meet the network, each array of shape `(n_places,)`.

    Parameters
    ----------
    segment
        The nearest segment.
    share
        How far along the segment, from 0 at its first node to 1 at its last.
    distance_m
        Metres from the place to that point, as the crow flies; infinite in a closed area.
    """

    segment: NDArray[np.int64]
    share: NDArray[np.float64]
    distance_m: NDArray[np.float64]

    def part(self, some: slice) -> "Snapped":
        """Return some of the places."""
        return Snapped(self.segment[some], self.share[some], self.distance_m[some])


def nowhere() -> Snapped:
    """Return no place."""
    return Snapped(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


def joined(first: Snapped, last: Snapped) -> Snapped:
    """Return the places of both."""
    return Snapped(
        np.concatenate([first.segment, last.segment]),
        np.concatenate([first.share, last.share]),
        np.concatenate([first.distance_m, last.distance_m]),
    )


class Snapper:
    """Finds the nearest segment of a network with a spatial index (Leutenegger, Lopez & Edgington 1997).

    Parameters
    ----------
    network
        Of which segments that are closed in both directions are not looked at.
    areas
        Places in closed areas are infinitely far from every road.
    """

    def __init__(self, network: Network, areas: ClosedAreas | None = None) -> None:
        self._network = network
        self._areas = areas
        self._plane = Plane(network.bbox.middle_lat)
        self._spots: dict[LatLon, Spot] = {}

    @cached_property
    def _lines(self) -> NDArray[np.object_]:
        arrays = self._network.arrays
        xy = self._plane.xy(arrays.point_lat_e7 / E7, arrays.point_lon_e7 / E7)
        owner = np.repeat(np.arange(self._network.n_segments), np.diff(arrays.segment_first_point))
        lines: NDArray[np.object_] = shapely.linestrings(xy, indices=owner)
        return lines

    @cached_property
    def _open(self) -> NDArray[np.int64]:
        """The segments that can be driven on, in one direction at least."""
        arrays = self._network.arrays
        return np.flatnonzero((arrays.segment_forward_ms > 0) | (arrays.segment_backward_ms > 0))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._lines[self._open])

    def get_ready(self) -> None:
        """Build the index now, so that the first place need not wait for it."""
        _ = self._tree

    def snap(self, points: Sequence[LatLon]) -> Snapped:
        """Return the nearest point of the network to each place; places seen lately are remembered."""
        # A dict is replaced, never emptied: another thread may be reading it.
        known = self._spots = self._spots if len(self._spots) < REMEMBERED_SPOTS else {}
        new = [point for point in dict.fromkeys(points) if point not in known]
        if new:
            known.update(zip(new, self._searched(new), strict=True))
        spots = np.array([known[point] for point in points]).reshape(-1, 3)
        return Snapped(spots[:, 0].astype(np.int64), spots[:, 1], spots[:, 2])

    def _searched(self, points: Sequence[LatLon]) -> Iterator[Spot]:
        lat_lon = np.array(points)
        if not len(self._open):
            return ((0, 0.0, math.inf) for _ in points)
        where = shapely.points(self._plane.xy(lat_lon[:, 0], lat_lon[:, 1]))
        (_, row), distance_m = self._tree.query_nearest(where, return_distance=True, all_matches=False)
        segment = self._open[row]
        if self._areas is not None:
            distance_m = np.where(self._areas.holds(lat_lon[:, 0], lat_lon[:, 1]), np.inf, distance_m)
        share = shapely.line_locate_point(self._lines[segment], where, normalized=True)
        share = np.clip(np.nan_to_num(share), 0.0, 1.0)
        return zip(segment.tolist(), share.tolist(), distance_m.tolist(), strict=True)

    def line(self, segment: int, start_share: float, end_share: float) -> NDArray[np.float64]:
        """Return the points of a segment between two shares of it, in the direction of travel.

        Returns
        -------
        Degrees of latitude and longitude, shape `(n_points, 2)`.
        """
        if {start_share, end_share} == {0.0, 1.0}:
            return self._network.line(segment)[:: 1 if start_share < end_share else -1]
        part = shapely.ops.substring(self._lines[segment], start_share, end_share, normalized=True)
        return self._plane.lat_lon(shapely.get_coordinates(part))
