"""Travel times that the document brings along, from whatever made them."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dispatch_engine.travel.arrays import Int32Matrix
from dispatch_engine.travel.errors import MatrixInvalidError, MatrixPlaceMissingError
from dispatch_engine.travel.reach import SnapLimits, place_warnings
from dispatch_engine.travel.source import (
    CAR,
    UNREACHABLE_S,
    LatLon,
    Place,
    Provenance,
    TravelMatrix,
    require_profile,
)

SOURCE = "matrix"

Rows = Sequence[Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class GivenTable:
    """The matrices of one profile as a document states them.

    Parameters
    ----------
    place_ids
        Names the rows and the columns, in order.
    duration_s, distance_m
        Row = from, column = to; None where there is no way.
    """

    place_ids: Sequence[str]
    duration_s: Rows
    distance_m: Rows


class GivenSource:
    """Rows and columns picked by the ids of the places; coordinates are not looked at.

    Parameters
    ----------
    table_by_profile
        At least one.
    attribution
        What the document says must be shown.

    Raises
    ------
    MatrixInvalidError
        There is no table, ids repeat, a matrix is not square, or an entry is negative or not finite.
    """

    def __init__(self, table_by_profile: Mapping[str, GivenTable], attribution: str = "") -> None:
        if not table_by_profile:
            raise MatrixInvalidError(
                "the travel source 'matrix' has no matrix", advice="Maybe add one, or use the source 'geodesic'."
            )
        self._tables = {profile: _Table(profile, table) for profile, table in table_by_profile.items()}
        self._attribution = attribution

    def matrix(self, places: Sequence[Place], profile: str = CAR) -> TravelMatrix:
        """Return the given durations and distances; see `TravelSource.matrix`.

        Raises
        ------
        MatrixPlaceMissingError
            A place has no row; the message names all such places.
        """
        require_profile(profile, tuple(self._tables), SOURCE)
        table = self._tables[profile]
        rows = table.rows([place.id for place in places])
        duration_s, distance_m = table.duration_s[np.ix_(rows, rows)], table.distance_m[np.ix_(rows, rows)]
        np.fill_diagonal(duration_s, 0)
        np.fill_diagonal(distance_m, 0)
        warnings = place_warnings(places, np.zeros(len(places)), duration_s, SnapLimits())
        return TravelMatrix(duration_s, distance_m, warnings, self.provenance())

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        """Return None: a matrix has no lines."""
        require_profile(profile, tuple(self._tables), SOURCE)
        return None

    def provenance(self) -> Provenance:
        """Return a digest of the given numbers, and the profiles they are for."""
        summary = hashlib.sha256()
        for profile, table in sorted(self._tables.items()):
            summary.update("\n".join((profile, *table.row_by_id)).encode())
            summary.update(table.duration_s.tobytes() + table.distance_m.tobytes())
        parameters = {"profiles": sorted(self._tables)}
        return Provenance(SOURCE, f"sha256:{summary.hexdigest()}", self._attribution, parameters)


class _Table:
    """One profile's matrices, checked."""

    def __init__(self, profile: str, table: GivenTable) -> None:
        self._profile = profile
        self.row_by_id = {place_id: row for row, place_id in enumerate(table.place_ids)}
        if len(self.row_by_id) != len(table.place_ids):
            repeated = sorted({place for place in table.place_ids if list(table.place_ids).count(place) > 1})
            raise self._invalid(f"names {', '.join(map(repr, repeated))} twice", repeated)
        self.duration_s = self._checked("duration_s", table.duration_s)
        self.distance_m = self._checked("distance_m", table.distance_m)

    def rows(self, place_ids: Sequence[str]) -> list[int]:
        """Return the row of each place."""
        missing = [place_id for place_id in place_ids if place_id not in self.row_by_id]
        if missing:
            raise MatrixPlaceMissingError(
                f"the travel matrix of profile {self._profile!r} has no row for {', '.join(map(repr, missing))}",
                value=missing,
                advice="Maybe the id is spelt differently there; ids must match exactly.",
            )
        return [self.row_by_id[place_id] for place_id in place_ids]

    def _checked(self, name: str, rows: Rows) -> Int32Matrix:
        size = len(self.row_by_id)
        if len(rows) != size or any(len(row) != size for row in rows):
            widths = sorted({len(row) for row in rows})
            raise self._invalid(f"has {size} places, but {name} has {len(rows)} rows of {widths} entries", widths)
        return np.array(
            [[self._entry(name, i, j, value) for j, value in enumerate(row)] for i, row in enumerate(rows)],
            dtype=np.int32,
        ).reshape(size, size)

    def _entry(self, name: str, i: int, j: int, value: float | None) -> int:
        if value is None:
            return UNREACHABLE_S
        if not math.isfinite(value) or value < 0:
            ids = list(self.row_by_id)
            raise self._invalid(f"has {name} {value} from {ids[i]!r} to {ids[j]!r}; it must be zero or more", value)
        return min(round(value), UNREACHABLE_S)

    def _invalid(self, fault: str, value: object) -> MatrixInvalidError:
        return MatrixInvalidError(
            f"the travel matrix of profile {self._profile!r} {fault}",
            value=value,
            advice="Maybe a row or column is missing; use null where there is no way.",
        )
