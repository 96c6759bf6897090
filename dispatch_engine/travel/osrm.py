"""Travel times from the table service of an OSRM server.

References
----------
Luxen & Vetter (2011), "Real-time routing with OpenStreetMap data"; the HTTP interface of OSRM v5 and later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.osrm_client import OsrmClient, answer_error
from dispatch_engine.travel.reach import SnapLimits, close_places, place_warnings, whole_matrix
from dispatch_engine.travel.source import (
    CAR,
    OSM_ATTRIBUTION,
    LatLon,
    Place,
    Provenance,
    TravelMatrix,
    require_profile,
)

if TYPE_CHECKING:
    import httpx

SOURCE = "osrm"
BLOCK_PLACES = 100
"""Rows and columns of one request: what osrm-routed allows unless told otherwise."""

Floats = NDArray[np.float64]


class OsrmSource:
    """Durations and distances in blocks of at most `block_places` rows and columns a request.

    Parameters
    ----------
    client
        The server.
    server_profile_by_profile
        The server's name for each profile.
    block_places
        At most the server's `--max-table-size`.
    limits
        How far from a road a place may lie.
    """

    def __init__(
        self,
        client: OsrmClient,
        server_profile_by_profile: Mapping[str, str] | None = None,
        block_places: int = BLOCK_PLACES,
        limits: SnapLimits | None = None,
    ) -> None:
        self._client = client
        self._profiles = dict(server_profile_by_profile or {CAR: "driving"})
        self._block_places = block_places
        self._limits = limits or SnapLimits()
        self._data_version = "unknown"

    def matrix(self, places: Sequence[Place], profile: str = CAR) -> TravelMatrix:
        """Return durations and distances between each two places; see `TravelSource.matrix`.

        Raises
        ------
        OsrmError
            The server cannot be reached, refuses, or answers with something else.
        """
        require_profile(profile, tuple(self._profiles), SOURCE)
        points = [place.located() for place in places]
        seconds, metres, snap_m = np.zeros((len(places),) * 2), np.zeros((len(places),) * 2), np.zeros(len(places))
        with self._client.session() as session:
            for rows, columns in self._blocks(len(places)):
                block = self._table(session, points[rows], points[columns], profile)
                seconds[rows, columns], metres[rows, columns], snap_m[rows] = block
        outside: NDArray[np.bool_] = snap_m > self._limits.outside_m
        duration_s, distance_m = (close_places(whole_matrix(each), outside) for each in (seconds, metres))
        warnings = place_warnings(places, snap_m, duration_s, self._limits)
        return TravelMatrix(duration_s, distance_m, warnings, self.provenance())

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        """Return the line of the fastest drive; see `TravelSource.geometry`.

        Raises
        ------
        OsrmError
            As `matrix`.
        """
        require_profile(profile, tuple(self._profiles), SOURCE)
        coordinates = _coordinates([origin.located(), destination.located()])
        path = f"route/v1/{self._profiles[profile]}/{coordinates}?overview=full&geometries=geojson"
        with self._client.session() as session:
            answer = self._client.get(session, path, accepted=("Ok", "NoRoute"))
        if answer["code"] == "NoRoute":
            return None
        try:
            snapped_m = [float(waypoint["distance"]) for waypoint in answer["waypoints"]]
            line = [LatLon(float(lat), float(lon)) for lon, lat in answer["routes"][0]["geometry"]["coordinates"]]
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise answer_error(self._client.address, f"a route without a line ({error})") from error
        return None if max(snapped_m) > self._limits.outside_m else line

    def provenance(self) -> Provenance:
        """Return the server's address and the version of its data, which is unknown before the first answer."""
        return Provenance(
            source=SOURCE,
            version=self._data_version,
            attribution=OSM_ATTRIBUTION,
            parameters={
                "address": self._client.address,
                "profiles": self._profiles,
                "far_m": self._limits.far_m,
                "outside_m": self._limits.outside_m,
            },
        )

    def _blocks(self, n_places: int) -> Iterator[tuple[slice, slice]]:
        steps = range(0, n_places, self._block_places)
        parts = [slice(first, min(first + self._block_places, n_places)) for first in steps]
        return ((rows, columns) for rows in parts for columns in parts)

    def _table(
        self, session: httpx.Client, rows: Sequence[LatLon], columns: Sequence[LatLon], profile: str
    ) -> tuple[Floats, Floats, Floats]:
        """Return seconds, metres and the rows' metres to their road; NaN where there is no way."""
        points = [*rows, *columns]
        answer = self._client.get(
            session,
            f"table/v1/{self._profiles[profile]}/{_coordinates(points)}?annotations=duration,distance"
            f"&generate_hints=false&sources={_numbers(0, len(rows))}&destinations={_numbers(len(rows), len(points))}",
        )
        self._data_version = str(answer.get("data_version") or self._data_version)
        try:
            shape = (len(rows), len(columns))
            snap_m = _checked([source["distance"] for source in answer["sources"]], shape[:1])
            return _checked(answer["durations"], shape), _checked(answer["distances"], shape), snap_m
        except (KeyError, TypeError, ValueError) as error:
            raise answer_error(self._client.address, f"a table that cannot be used ({error})") from error


def _checked(numbers: Any, shape: tuple[int, ...]) -> Floats:
    values = np.array(numbers, dtype=np.float64)
    if values.shape != shape:
        raise ValueError(f"shape {values.shape} instead of {shape}")
    if (values < 0).any() or np.isinf(values).any():
        raise ValueError("an entry that is negative or infinite")
    return values


def _coordinates(points: Sequence[LatLon]) -> str:
    return ";".join(f"{point.lon:.6f},{point.lat:.6f}" for point in points)


def _numbers(first: int, end: int) -> str:
    return ";".join(str(number) for number in range(first, end))
