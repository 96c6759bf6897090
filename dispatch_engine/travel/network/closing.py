"""A network in which some areas are closed to traffic."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from dispatch_engine.travel.network.network import BoundingBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.travel.network.network import Network


class ClosedAreas:
    """Areas in which nobody drives.

    Parameters
    ----------
    polygons
        In degrees, x = longitude, y = latitude; at least one.
    """

    def __init__(self, polygons: Sequence[shapely.Polygon]) -> None:
        self._area = shapely.union_all(polygons)
        self._outlines = b"".join(shapely.to_wkb(shapely.normalize(each)) for each in polygons)
        self.count = len(polygons)

    @property
    def sha256(self) -> str:
        """Digest of the outlines."""
        return hashlib.sha256(self._outlines).hexdigest()

    def holds(self, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
        """Return which points lie in an area, its border included."""
        return shapely.intersects_xy(self._area, lon, lat)  # type: ignore[no-any-return] # shapely has no types

    def closed(self, network: Network) -> Network:
        """Return the network without the segments of which any part lies in an area; they stay where they are."""
        west, south, east, north = shapely.bounds(self._area).tolist()
        near = network.segments_in(BoundingBox(south, west, north, east))
        if not len(near):
            return network
        points, owner = network.lines(near)
        lines = shapely.linestrings(points[:, ::-1], indices=owner)
        shut = near[shapely.intersects(self._area, lines)]
        arrays = network.arrays
        forward, backward = arrays.segment_forward_ms.copy(), arrays.segment_backward_ms.copy()
        forward[shut] = backward[shut] = 0
        return replace(network, arrays=replace(arrays, segment_forward_ms=forward, segment_backward_ms=backward))
