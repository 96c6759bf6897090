"""Metres on the ground for points a few kilometres apart.

Coordinates are integers of 1e-7 degrees, as OpenStreetMap stores them. The metres of a degree follow the WGS 84
ellipsoid at the latitude at hand, which is exact to a millionth for the length of a street.
"""

import math

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.wgs84 import FLATTENING, MAJOR_AXIS_M

E7 = 10_000_000

Coordinates = NDArray[np.int32]


def metres_per_e7(lat_deg: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return metres per 1e-7 degree northwards and eastwards at each latitude."""
    e2 = FLATTENING * (2 - FLATTENING)
    sin_lat = np.sin(np.radians(lat_deg))
    curve = 1 - e2 * sin_lat**2
    unit = math.radians(1 / E7)
    northward = MAJOR_AXIS_M * (1 - e2) / curve**1.5 * unit
    eastward = MAJOR_AXIS_M / np.sqrt(curve) * np.cos(np.radians(lat_deg)) * unit
    return northward, eastward


def step_lengths_m(lat_e7: Coordinates, lon_e7: Coordinates) -> NDArray[np.float64]:
    """Return metres from each point to the next, one fewer than points."""
    middle_deg = (lat_e7[:-1].astype(np.float64) + lat_e7[1:]) / (2 * E7)
    northward, eastward = metres_per_e7(middle_deg)
    steps_m: NDArray[np.float64] = np.hypot(
        np.diff(lat_e7.astype(np.int64)) * northward, np.diff(lon_e7.astype(np.int64)) * eastward
    )
    return steps_m


class Plane:
    """A flat map in metres around one latitude, good for nearest-road questions inside one region.

    Parameters
    ----------
    lat_deg
        Latitude where the map is true to scale.
    """

    def __init__(self, lat_deg: float) -> None:
        northward, eastward = metres_per_e7(np.array([lat_deg]))
        self._scale = np.array([eastward[0], northward[0]]) * E7

    def xy(self, lat_deg: NDArray[np.float64], lon_deg: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres east and north, shape `(n, 2)`."""
        xy: NDArray[np.float64] = np.column_stack((lon_deg, lat_deg)) * self._scale
        return xy

    def lat_lon(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return degrees of latitude and longitude, shape `(n, 2)`."""
        degrees: NDArray[np.float64] = (xy / self._scale)[:, ::-1]
        return degrees
