"""Travel times on a road network, computed here: no server, any region that OpenStreetMap covers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.cache import MatrixCache, StoredMatrix, matrix_key
from dispatch_engine.travel.network.cost import seconds_and_metres
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.snap import Snapped, Snapper, joined, nowhere
from dispatch_engine.travel.network.tags import LIMIT_FACTOR
from dispatch_engine.travel.reach import SnapLimits, added_warnings, close_places, place_warnings
from dispatch_engine.travel.source import (
    CAR,
    UNREACHABLE_S,
    AddedTravel,
    LatLon,
    Place,
    Provenance,
    TravelMatrix,
    require_profile,
)

if TYPE_CHECKING:
    from dispatch_engine.travel.network.closing import ClosedAreas
    from dispatch_engine.travel.network.paths import Leg, Paths

SOURCE = "road"
METHOD = "fastest-path-1"
"""Changes whenever the same network would give other numbers, so that kept matrices are not reused."""


class RoadSource:
    """Fastest paths by car between places snapped to their nearest road.

    Parameters
    ----------
    network
        Where the roads are.
    cache
        Keeps matrices on disk; None computes each one anew.
    limits
        How far from a road a place may lie.
    areas
        Where nobody drives.
    """

    def __init__(
        self,
        network: Network,
        cache: MatrixCache | None = None,
        limits: SnapLimits | None = None,
        areas: ClosedAreas | None = None,
    ) -> None:
        self.network = network if areas is None else areas.closed(network)
        self._areas = areas
        self._cache = cache
        self._limits = limits or SnapLimits()
        self._last_snapped: tuple[list[Place], Snapped] = ([], nowhere())

    @classmethod
    def from_file(
        cls,
        path: Path,
        cache: MatrixCache | None = None,
        limits: SnapLimits | None = None,
        areas: ClosedAreas | None = None,
    ) -> RoadSource:
        """Return a source on the network file at `path`.

        Raises
        ------
        NetworkUnreadableError
            The file is no usable network.
        """
        return cls(load_network(path), cache, limits, areas)

    def matrix(self, places: Sequence[Place], profile: str = CAR) -> TravelMatrix:
        """Return durations and distances between each two places; see `TravelSource.matrix`."""
        require_profile(profile, (CAR,), SOURCE)
        key = matrix_key(self._key_parameters(profile), places)
        stored = self._cache.get(key, len(places)) if self._cache else None
        if stored is None:
            stored = self._computed(places)
            if self._cache:
                self._cache.put(key, stored)
        return self._answer(places, stored)

    def extended(self, known: TravelMatrix, places: Sequence[Place], added: Sequence[Place]) -> TravelMatrix:
        """Return the matrix of `places` followed by `added`, computing only the new rows and columns.

        Parameters
        ----------
        known
            What `matrix` returned for `places`.
        places
            In the order of `known`.
        added
            New places; the result is the same as that of `matrix` for all of them.
        """
        new = self._added(places, added)
        snap_m = self._snap([*places, *added]).distance_m
        duration_s = np.vstack((np.hstack((known.duration_s, new.to_added_s)), new.from_added_s))
        distance_m = np.vstack((np.hstack((known.distance_m, new.to_added_m)), new.from_added_m))
        return self._answer([*places, *added], StoredMatrix(duration_s, distance_m, snap_m))

    def added(self, places: Sequence[Place], added: Sequence[Place], profile: str = CAR) -> AddedTravel:
        """Return travel from and to places that are added; see `GrowingSource.added`."""
        require_profile(profile, (CAR,), SOURCE)
        return self._added(places, added)

    def _added(self, places: Sequence[Place], added: Sequence[Place]) -> AddedTravel:
        both, first = self._snap_more(places, added), len(places)
        old, new = both.part(slice(first)), both.part(slice(first, None))
        outside = both.distance_m > self._limits.outside_m
        costs = self._paths.costs(new, both), self._paths.costs(old, new)
        (from_s, from_m), (to_s, to_m) = (seconds_and_metres(each) for each in costs)
        own = np.arange(len(added)), first + np.arange(len(added))
        for leaving, coming in ((from_s, to_s), (from_m, to_m)):
            leaving[:, outside] = UNREACHABLE_S
            leaving[outside[first:]] = UNREACHABLE_S
            leaving[own] = 0
            coming[outside[:first]] = UNREACHABLE_S
            coming[:, outside[first:]] = UNREACHABLE_S
        warnings = added_warnings(added, both.distance_m, from_s, to_s, self._limits)
        return AddedTravel(from_s, from_m, to_s, to_m, warnings)

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        """Return the line of the fastest drive, from road to road; see `TravelSource.geometry`."""
        require_profile(profile, (CAR,), SOURCE)
        start, end = self._snap([origin]), self._snap([destination])
        if max(start.distance_m[0], end.distance_m[0]) > self._limits.outside_m:
            return None
        legs = self._paths.legs(start, end)
        return None if legs is None else _joined([self._line(leg) for leg in legs])

    def get_ready(self) -> None:
        """Load and build now what the first geometry or new matrix would have to wait for."""
        self._snapper.get_ready()
        self._paths.get_ready()

    def provenance(self) -> Provenance:
        """Return the network's digest and origin, and what shapes the times."""
        origin = self.network.origin
        return Provenance(
            source=SOURCE,
            version=f"sha256:{self.network.sha256}",
            attribution=origin.attribution,
            parameters={
                "built_from": origin.file_name,
                "built_from_sha256": origin.file_sha256,
                "method": METHOD,
                "speed_limit_factor": LIMIT_FACTOR,
                "far_m": self._limits.far_m,
                "outside_m": self._limits.outside_m,
                **self._closing(),
            },
        )

    @cached_property
    def _snapper(self) -> Snapper:
        return Snapper(self.network, self._areas)

    @cached_property
    def _paths(self) -> Paths:
        # Paths need scipy, which takes long to import; a matrix that was kept needs no paths.
        from dispatch_engine.travel.network.paths import Paths

        return Paths(self.network)

    def _key_parameters(self, profile: str) -> dict[str, object]:
        return {
            "network": self.network.sha256,
            "method": METHOD,
            "profile": profile,
            "outside_m": self._limits.outside_m,
            **self._closing(),
        }

    def _closing(self) -> dict[str, object]:
        """Return what tells closed areas apart, where there are any."""
        if self._areas is None:
            return {}
        return {"closed_areas": self._areas.count, "closed_areas_sha256": self._areas.sha256}

    def _snap(self, places: Sequence[Place]) -> Snapped:
        return self._snapper.snap([place.located() for place in places])

    def _snap_more(self, places: Sequence[Place], added: Sequence[Place]) -> Snapped:
        """Return where places and added ones meet the network; those that were asked for last time are known."""
        known, snapped = self._last_snapped
        if known != list(places[: len(known)]):
            known, snapped = [], nowhere()
        everyone = [*places, *added]
        both = joined(snapped, self._snap(everyone[len(known) :]))
        self._last_snapped = everyone, both
        return both

    def _computed(self, places: Sequence[Place]) -> StoredMatrix:
        snapped = self._snap(places)
        duration_s, distance_m = seconds_and_metres(self._paths.costs(snapped, snapped))
        return self._closed(StoredMatrix(duration_s, distance_m, snapped.distance_m))

    def _closed(self, stored: StoredMatrix) -> StoredMatrix:
        outside: NDArray[np.bool_] = stored.snap_m > self._limits.outside_m
        return StoredMatrix(
            close_places(stored.duration_s, outside), close_places(stored.distance_m, outside), stored.snap_m
        )

    def _answer(self, places: Sequence[Place], stored: StoredMatrix) -> TravelMatrix:
        warnings = place_warnings(places, stored.snap_m, stored.duration_s, self._limits)
        return TravelMatrix(stored.duration_s, stored.distance_m, warnings, self.provenance())

    def _line(self, leg: Leg) -> NDArray[np.float64]:
        return self._snapper.line(leg.segment, leg.start_share, leg.end_share)


def _joined(lines: Sequence[NDArray[np.float64]]) -> list[LatLon]:
    """Return one line, without the points that repeat where two legs meet."""
    points = np.round(np.vstack(lines), 7)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    return [LatLon(lat, lon) for lat, lon in points[keep].tolist()]
