"""Which places are far from a road or cannot be reached, and what the matrices say about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.arrays import Int32Matrix
from dispatch_engine.travel.source import (
    FAR_FROM_ROAD,
    NO_ROUTE,
    OUTSIDE_NETWORK,
    UNREACHABLE_S,
    Place,
    PlaceWarning,
)


@dataclass(frozen=True, slots=True)
class SnapLimits:
    """How far from a road a place may lie.

    Parameters
    ----------
    far_m
        Beyond this many metres the place is reported; the way from the road to it is not in the times.
    outside_m
        Beyond this many metres the place counts as unreachable.
    """

    far_m: int = 250
    outside_m: int = 5_000


def whole_matrix(values: NDArray[np.float64]) -> Int32Matrix:
    """Return whole seconds or metres; NaN, for no way, and what lies beyond every horizon become unreachable."""
    return np.minimum(np.rint(np.nan_to_num(values, nan=UNREACHABLE_S)), UNREACHABLE_S).astype(np.int32)


def close_places(matrix: Int32Matrix, closed: NDArray[np.bool_]) -> Int32Matrix:
    """Return the matrix with no way to or from the closed places, zero on the diagonal."""
    result = matrix.copy()
    result[closed, :] = UNREACHABLE_S
    result[:, closed] = UNREACHABLE_S
    np.fill_diagonal(result, 0)
    return result


def place_warnings(
    places: Sequence[Place], snap_m: NDArray[np.float64], duration_s: Int32Matrix, limits: SnapLimits
) -> tuple[PlaceWarning, ...]:
    """Return at most one warning a place, in the order of the places.

    Parameters
    ----------
    places
        In the order of the matrix.
    snap_m
        Metres from each place to its road, shape `(n_places,)`; zero where nothing is snapped.
    duration_s
        Shape `(n_places, n_places)`.
    limits
        What counts as far.
    """
    cut_off = _cut_off(duration_s, snap_m <= limits.outside_m)
    found = (
        _warning(place, float(distance_m), bool(alone), limits)
        for place, distance_m, alone in zip(places, snap_m, cut_off, strict=True)
    )
    return tuple(warning for warning in found if warning)


def _cut_off(duration_s: Int32Matrix, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which places have no way to any other place inside the network, or from any."""
    others = inside & ~np.eye(len(duration_s), dtype=bool)
    open_ways = duration_s < UNREACHABLE_S
    leaves, is_reached = (open_ways & others).any(axis=1), (open_ways.T & others).any(axis=1)
    return np.logical_and(others.any(axis=1), np.logical_not(leaves & is_reached))


def _warning(place: Place, distance_m: float, cut_off: bool, limits: SnapLimits) -> PlaceWarning | None:
    metres = round(distance_m)
    where = f"place {place.id!r} at lat {place.lat}, lon {place.lon}"
    if distance_m > limits.outside_m:
        text = f"{where} is {metres} m from the nearest road; beyond {limits.outside_m} m it counts as unreachable"
        return PlaceWarning(place.id, OUTSIDE_NETWORK, f"{text}. Maybe lat and lon are swapped.", metres)
    if cut_off:
        text = f"{where} has no way to any other place, or from any"
        return PlaceWarning(place.id, NO_ROUTE, f"{text}. Maybe its coordinates are wrong.")
    if distance_m > limits.far_m:
        text = f"{where} is {metres} m from the nearest road; the way from there is not in the travel times"
        return PlaceWarning(place.id, FAR_FROM_ROAD, f"{text}. Maybe its coordinates are wrong.", metres)
    return None
