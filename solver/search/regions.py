"""Regions: neighbouring routes with their visits, so that a search looks at a part of a large plan at a time.

After POPMUSIC (Taillard & Voss 2002, "POPMUSIC: partial optimization metaheuristic under special intensification
conditions"): the parts overlap from one time to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.columns import ASSIGN, IS_FACT, PLACE, SECONDS, TECHNICIAN
from solver.money import FORBIDDEN
from solver.problem import NONE
from solver.search.state import WHERE, standing_stops

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.search.state import State
    from solver.search.worker import Ground

NEAREST_STOPS = 2
"""So many of its stops that are nearest tell how far a route is away."""
MOST_ABSENT = 100
"""So many absent visits a region has at most, about."""
AROUND_ABSENT, BY_SKILL = 0.2, 0.5
"""Chances of a region around an absent visit where there is one, and of shifts that may take the visit at its heart."""


class Region(NamedTuple):
    """The shifts whose routes may change, and the visits: all on these routes, and absent ones."""

    shifts: Ints
    visits: Ints


def divide(ground: Ground, state: State, parts: int, most: int, rng: np.random.Generator) -> list[Region]:
    """Return ``parts`` regions of up to ``most`` shifts each that share none, each around a visit drawn by chance.

    Half of them, and all around absent visits, begin with the shifts that may take their visit: those who share a rare
    skill are seldom neighbours. Where there are no more than ``parts * most`` shifts, every shift is in one.
    """
    free = np.ones(len(state.side), bool)
    where = state.whereabouts[: ground.problem.n_visits, WHERE]
    regions: list[Region] = []
    for part in range(parts):
        left = int(free.sum())
        count = min(most, -(-left // (parts - part)))
        seed = _seed(ground, where, free, rng)
        away = _seconds_away(ground, state, seed)
        by_skill = where[seed] == NONE or rng.random() < BY_SKILL
        last = _cannot_take(ground, seed) if by_skill else np.zeros(len(free), bool)
        shifts = np.sort(np.lexsort((away, last, ~free))[:count])
        free[shifts] = False
        regions.append(Region(shifts, np.flatnonzero(np.isin(where, shifts))))
    return _with_absent(ground, where, regions, rng)


def _seed(ground: Ground, where: Ints, free: NDArray[np.bool_], rng: np.random.Generator) -> int:
    """Return a visit on a free shift or an absent one."""
    absent, planned = _absent(ground, where), np.flatnonzero((where != NONE) & free[where])
    seeds = absent if len(absent) and (not len(planned) or rng.random() < AROUND_ABSENT) else planned
    return int(rng.choice(seeds)) if len(seeds) else 0


def _absent(ground: Ground, where: Ints) -> Ints:
    """Return the visits that are not planned, facts not counted."""
    return np.flatnonzero((where == NONE) & (ground.tables.stop[: len(where), IS_FACT] == 0))


def _cannot_take(ground: Ground, visits: int | Ints) -> NDArray[np.bool_]:
    """Tell of which shifts the technician may not take a visit, for one visit (S,) or several (n, S)."""
    forbidden: NDArray[np.bool_] = ground.tables.pair[visits, :, ASSIGN] >= FORBIDDEN
    return forbidden[..., ground.tables.shift[:, TECHNICIAN]]


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
    """Share absent visits out: each to a region, drawn by chance, of those with a shift that may take it.

    Each move tries to put in all of those in its region, so of very many only some have their turn.
    """
    absent = rng.permutation(_absent(ground, where))[: MOST_ABSENT * len(regions)]
    cannot = _cannot_take(ground, absent)
    home = np.full(len(absent), NONE)
    for number in rng.permutation(len(regions)).tolist():
        home[(home == NONE) & ~cannot[:, regions[number].shifts].all(axis=1)] = number
    home[home == NONE] = rng.integers(len(regions), size=int((home == NONE).sum()))
    return [
        Region(region.shifts, np.concatenate([region.visits, absent[home == number]]))
        for number, region in enumerate(regions)
    ]
