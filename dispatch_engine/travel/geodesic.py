"""Travel times without any map: a law fitted on real road networks, applied to the distance as the crow flies.

The laws were fitted on fastest drives by car in two cities (Coquimbo and Porto). Single durations are 13 to 17 % off on
average there; a fixed speed with a fixed detour factor is 20 to 54 % off. Every drive has a way back that takes as
long, and water, ridges and motorways do not exist: good for a first look, not for promises.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.ellipsoid import geodesic_matrix_m
from dispatch_engine.travel.reach import whole_matrix
from dispatch_engine.travel.source import (
    CAR,
    LatLon,
    Place,
    Provenance,
    TravelMatrix,
    require_profile,
)

SOURCE = "geodesic"
VERSION = "law-1"
DURATION_FACTOR = 1.26
DURATION_EXPONENT = 0.725
CIRCUITY = ((2_000.0, 1.45), (10_000.0, 1.40), (30_000.0, 1.30))
"""Road metres per metre as the crow flies at these distances; linear between them, level beyond them."""


class GeodesicSource:
    """Durations of 1.26 · metres^0.725 seconds, distances by a circuity that falls with the distance."""

    def matrix(self, places: Sequence[Place], profile: str = CAR) -> TravelMatrix:
        """Return durations and distances between each two places; see `TravelSource.matrix`."""
        require_profile(profile, (CAR,), SOURCE)
        lat_lon = np.array([place.located() for place in places], dtype=np.float64).reshape(-1, 2)
        crow_m = geodesic_matrix_m(lat_lon[:, 0], lat_lon[:, 1])
        return TravelMatrix(
            whole_matrix(DURATION_FACTOR * crow_m**DURATION_EXPONENT),
            whole_matrix(crow_m * circuity(crow_m)),
            (),
            self.provenance(),
        )

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        """Return None: there is no road to draw."""
        require_profile(profile, (CAR,), SOURCE)
        return None

    def provenance(self) -> Provenance:
        """Return the law and its numbers; nobody needs naming."""
        return Provenance(
            source=SOURCE,
            version=VERSION,
            attribution="",
            parameters={
                "ellipsoid": "WGS 84",
                "duration_factor": DURATION_FACTOR,
                "duration_exponent": DURATION_EXPONENT,
                "circuity": [list(step) for step in CIRCUITY],
            },
        )


def circuity(crow_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return metres of road per metre as the crow flies, for distances in metres of any shape."""
    at_m, factor = zip(*CIRCUITY, strict=True)
    return np.interp(crow_m, at_m, factor)
