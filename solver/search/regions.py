"""Regions: neighbouring routes with their visits, so that a search looks at a part of a large plan at a time.

After POPMUSIC (Taillard & Voss 2002, "POPMUSIC: partial optimization metaheuristic under special intensification
conditions"): the parts overlap from one time to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import IS_FACT, PLACE, SECONDS
from solver.problem import NONE
from solver.search.state import WHERE, standing_stops

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.search.state import State
    from solver.search.worker import Ground

NEAREST_STOPS = 2
"""So many of its stops that are nearest tell how far a route is away."""
NEAREST_VISITS = 10
"""A visit that is absent belongs where one of so many neighbours is planned."""


class Region(NamedTuple):
    """The shifts whose routes may change, and the visits: all on these routes, and absent ones."""

    shifts: Ints
    visits: Ints


def divide(ground: Ground, state: State, parts: int, most: int, rng: np.random.Generator) -> list[Region]:
    """Return ``parts`` regions of up to ``most`` shifts each that share none, each around a visit drawn by chance.

    Where there are no more than ``parts * most`` shifts, every shift is in one.
    """
    free = np.ones(len(state.side), bool)
    where = state.whereabouts[: ground.problem.n_visits, WHERE]
    regions: list[Region] = []
    for part in range(parts):
        left = int(free.sum())
        count = min(most, -(-left // (parts - part)))
        seeds = np.flatnonzero((where == NONE) | free[where])
        seed = int(rng.choice(seeds)) if len(seeds) else 0
        away = np.where(free, _seconds_away(ground, state, seed), np.inf)
        shifts = np.sort(np.argsort(away, kind="stable")[:count])
        free[shifts] = False
        regions.append(Region(shifts, np.flatnonzero(np.isin(where, shifts))))
    return _with_absent(ground, where, regions, rng)


def _seconds_away(ground: Ground, state: State, visit: int) -> NDArray[np.float64]:
    """Return for each shift how long the way is from a visit to the nearest stops of its route and back, on average.

    A shift without stops is where it starts.
    """
    tables, shifts = ground.tables, ground.problem.shifts
    place = tables.stop[visit, PLACE]
    both = tables.travel[0, place, :, SECONDS].astype(float) + tables.travel[0, :, place, SECONDS]
    stops, lengths = standing_stops(state)
    away = np.where(np.arange(stops.shape[1]) < lengths[:, None], both[tables.stop[stops, PLACE]], np.inf)
    count = min(NEAREST_STOPS, away.shape[1])
    nearest = np.partition(away, count - 1, axis=1)[:, :count]
    known = np.minimum(lengths, count)
    total = np.where(np.isfinite(nearest), nearest, 0.0).sum(axis=1)
    return np.where(known > 0, total / np.maximum(1, known), both[shifts.start_place])


def _with_absent(ground: Ground, where: Ints, regions: list[Region], rng: np.random.Generator) -> list[Region]:
    """Share the absent visits out: each to the first region in which one of its neighbours is planned, or to any."""
    absent = np.flatnonzero((where == NONE) & (ground.tables.stop[: len(where), IS_FACT] == 0))
    near = where[ground.neighbours[0][absent, :NEAREST_VISITS]]
    lonely = (near == NONE).all(axis=1)
    home = np.where(lonely, rng.integers(len(regions), size=len(absent)), NONE)
    for number, region in enumerate(regions):
        home[(home == NONE) & np.isin(near, region.shifts).any(axis=1)] = number
    return [
        Region(region.shifts, np.concatenate([region.visits, absent[home == number]]))
        for number, region in enumerate(regions)
    ]
