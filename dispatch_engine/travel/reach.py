"""Which places are far from a road or cannot be reached, and what the matrices say about them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.arrays import Int32Matrix
from dispatch_engine.travel.source import (
    CLOSED_AREA,
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
        Metres from each place to its road, shape `(n_places,)`; zero where nothing is snapped,
        infinite in a closed area.
    duration_s
        Shape `(n_places, n_places)`.
    limits
        What counts as far.
    """
    cut_off = _cut_off(duration_s, duration_s, 0, snap_m <= limits.outside_m)
    return _warnings(places, snap_m, cut_off, limits)


def added_warnings(
    added: Sequence[Place], snap_m: NDArray[np.float64], from_s: Int32Matrix, to_s: Int32Matrix, limits: SnapLimits
) -> tuple[PlaceWarning, ...]:
    """Return at most one warning for each of the last places.

    Parameters
    ----------
    added
        The last places of all.
    snap_m
        Of all places, as in ``place_warnings``.
    from_s
        Seconds from the added places to all, shape `(n_added, n_places)`.
    to_s
        Seconds from the others to the added ones, shape `(n_places - n_added, n_added)`.
    limits
        What counts as far.
    """
    first = len(snap_m) - len(added)
    to_added_s = np.vstack((to_s, from_s[:, first:]))
    cut_off = _cut_off(from_s, to_added_s, first, snap_m <= limits.outside_m)
    return _warnings(added, snap_m[first:], cut_off, limits)


def _cut_off(from_s: Int32Matrix, to_s: Int32Matrix, first: int, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which of the places from ``first`` on have no way to any other place inside the network, or from any."""
    others = inside & (np.arange(len(inside)) != first + np.arange(len(from_s))[:, None])
    leaves = ((from_s < UNREACHABLE_S) & others).any(axis=1)
    is_reached = ((to_s.T < UNREACHABLE_S) & others).any(axis=1)
    cut_off: NDArray[np.bool_] = others.any(axis=1) & ~(leaves & is_reached)
    return cut_off


def _warnings(
    places: Sequence[Place], snap_m: NDArray[np.float64], cut_off: NDArray[np.bool_], limits: SnapLimits
) -> tuple[PlaceWarning, ...]:
    found = (
        _warning(place, distance_m, alone, limits)
        for place, distance_m, alone in zip(places, snap_m.tolist(), cut_off.tolist(), strict=True)
    )
    return tuple(warning for warning in found if warning)


def _warning(place: Place, distance_m: float, cut_off: bool, limits: SnapLimits) -> PlaceWarning | None:
    where = f"place {place.id!r} at lat {place.lat}, lon {place.lon}"
    if math.isinf(distance_m):
        return PlaceWarning(place.id, CLOSED_AREA, f"{where} lies in an area that is closed to traffic")
    metres = round(distance_m)
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
