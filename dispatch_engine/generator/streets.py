"""Points on the streets of a network, as likely as the streets are long."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.generator.errors import NoStreetsError
from dispatch_engine.travel.network.ground import E7, step_lengths_m
from dispatch_engine.travel.network.tags import ROAD_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dispatch_engine.generator.draw import Draw
    from dispatch_engine.travel.network.network import Network

LIVED_IN = ("residential", "living_street")
FRONTED = (*LIVED_IN, "tertiary", "secondary", "primary")
"""Classes of street along which businesses and houses stand; motorways and country lanes are not among them."""

DECIMALS = 6
"""Of degrees: a tenth of a metre."""


@dataclass(frozen=True)
class Spot:
    """A point in degrees, WGS 84."""

    lat: float
    lon: float


class Streets:
    """The streets of some classes.

    Parameters
    ----------
    network
        Where the streets are.
    classes
        OpenStreetMap's `highway` values.

    Raises
    ------
    NoStreetsError
        The network has none of them.
    """

    def __init__(self, network: Network, classes: Sequence[str]) -> None:
        self._network = network
        wanted = [ROAD_CLASSES.index(name) for name in classes]
        is_wanted = np.isin(network.arrays.segment_class, wanted) & (network.arrays.segment_length_dm > 0)
        self._segments = np.flatnonzero(is_wanted)
        if not len(self._segments):
            raise NoStreetsError(
                f"the road network of {network.origin.file_name} has no streets of the classes {', '.join(classes)}",
                value=network.origin.file_name,
                advice="Maybe build it from an extract that holds a town.",
            )

    @cached_property
    def _ends_dm(self) -> NDArray[np.int64]:
        lengths = self._network.arrays.segment_length_dm[self._segments]
        return np.cumsum(lengths.astype(np.int64))

    def spot(self, draw: Draw) -> Spot:
        """Return a point on one of the streets."""
        position_dm = int(draw.unit() * int(self._ends_dm[-1]))
        index = int(np.searchsorted(self._ends_dm, position_dm, side="right"))
        segment = int(self._segments[index])
        length_dm = int(self._network.arrays.segment_length_dm[segment])
        share = 1 - (int(self._ends_dm[index]) - position_dm) / length_dm
        return _along(*self._points(segment), share)

    def middles(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return latitude and longitude (1e-7 degrees) of a middle point of each street, and its decimetres."""
        arrays = self._network.arrays
        first = arrays.segment_first_point
        middle = (first[self._segments] + first[self._segments + 1] - 1) // 2
        lengths = arrays.segment_length_dm[self._segments]
        found = (arrays.point_lat_e7[middle], arrays.point_lon_e7[middle], lengths)
        lat, lon, length = (values.astype(np.int64) for values in found)
        return lat, lon, length

    def _points(self, segment: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        arrays = self._network.arrays
        points = slice(arrays.segment_first_point[segment], arrays.segment_first_point[segment + 1])
        return arrays.point_lat_e7[points], arrays.point_lon_e7[points]


def _along(lat_e7: NDArray[np.int32], lon_e7: NDArray[np.int32], share: float) -> Spot:
    reached_m = np.concatenate(([0.0], np.cumsum(step_lengths_m(lat_e7, lon_e7))))
    position_m = share * reached_m[-1]
    lat = np.interp(position_m, reached_m, lat_e7 / E7)
    lon = np.interp(position_m, reached_m, lon_e7 / E7)
    return Spot(round(float(lat), DECIMALS), round(float(lon), DECIMALS))
