"""The orders in which absent visits are put back, and who is near whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import ASSIGN, DROP, EARLIEST, LATEST, PLACE, SECONDS, WINDOW_END, WINDOW_FIRST
from solver.jit import inner
from solver.money import FORBIDDEN
from solver.rules.windows import NEVER
from solver.search.rng import below
from solver.search.state import ABSENT_AS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints, Problem
    from solver.search.rng import Rng
    from solver.tables import Tables

WEIGHTS = np.array([4.0, 4.0, 2.0, 1.0, 2.0, 4.0, 3.0])
"""How often each order is drawn: random, longest service, farthest, nearest, first to close, fewest technicians,
dearest."""


def sort_keys(problem: Problem, tables: Tables) -> NDArray[np.float64]:
    """Return the keys (len(WEIGHTS), n_visits) of the orders; small ones go first. Row 0, the random order, is zero."""
    visits, n = problem.visits, problem.n_visits
    eligible = (tables.pair[:, :, ASSIGN] < FORBIDDEN).sum(axis=1)
    start_places = problem.shifts.start_place
    away = np.zeros(n)
    if len(start_places):
        away = tables.travel[0, :, :, SECONDS][np.ix_(start_places, visits.place)].min(axis=0).astype(float)
    return np.stack(
        [
            np.zeros(n),
            -visits.service_s.sum(axis=1).astype(float),
            -away,
            away,
            _closes(problem, tables),
            eligible.astype(float),
            -tables.stop[:n, DROP].astype(float),
        ]
    )


def _closes(problem: Problem, tables: Tables) -> NDArray[np.float64]:
    """Return the end of each visit's last window, or its first deadline where that is earlier."""
    first, end = tables.stop[: problem.n_visits, WINDOW_FIRST], tables.stop[: problem.n_visits, WINDOW_END]
    closes = np.full(problem.n_visits, float(problem.horizon_s))
    has = end > first
    closes[has] = tables.row[end[has] - 1, LATEST]
    for steps in (problem.visits.response, problem.visits.restore):
        has = np.diff(steps.after.start) > 0
        closes[has] = np.minimum(closes[has], steps.after.values[steps.after.start[:-1][has]])
    return closes


def neighbour_lists(tables: Tables, most: int) -> NDArray[np.int32]:
    """Return (2, n_visits, K) for each visit the up to ``most`` nearest visits, itself first.

    First those by travel there and back, then those by that and the time from the end of the one's windows to the
    beginning of the other's: who is near but hours apart shares no part of a route.
    """
    place = tables.stop[: len(tables.pair), PLACE]
    n = len(place)
    count = min(n, most)
    nearest = np.zeros((2, n, count), np.int32)
    opens, closes = _open_from_to(tables, n)
    for v in range(n):
        there = tables.travel[0, place[v], place, SECONDS].astype(np.int64) + tables.travel[0, place, place[v], SECONDS]
        apart = np.maximum(0, np.maximum(opens - closes[v], opens[v] - closes))
        for kind, distance in enumerate((there, there + apart)):
            distance[v] = -1
            nearest[kind, v] = _least(distance, count)
    return nearest


def _open_from_to(tables: Tables, n: int) -> tuple[Ints, Ints]:
    """Return when the first window of each visit begins and its last one ends; without windows it is always open."""
    first, end = tables.stop[:n, WINDOW_FIRST], tables.stop[:n, WINDOW_END]
    opens, closes = np.zeros(n, np.int64), np.full(n, NEVER, np.int64)
    has = end > first
    opens[has] = tables.row[first[has], EARLIEST]
    closes[has] = tables.row[end[has] - 1, LATEST]
    return opens, closes


def _least(values: Ints, count: int) -> Ints:
    """Return the indices of the ``count`` least values, in their order."""
    chosen = np.argpartition(values, count - 1)[:count] if count < len(values) else np.arange(len(values))
    return chosen[np.lexsort((chosen, values[chosen]))]


@inner
def sort_by_key(whereabouts: Ints, n: int, keys: NDArray[np.float64], row: int) -> None:
    """Sort the ``n`` absent visits by ``keys[row]`` (shell sort)."""
    gap = n // 2
    while gap > 0:
        for i in range(gap, n):
            item = whereabouts[i, ABSENT_AS]
            k = i
            while k >= gap and keys[row, whereabouts[k - gap, ABSENT_AS]] > keys[row, item]:
                whereabouts[k, ABSENT_AS] = whereabouts[k - gap, ABSENT_AS]
                k -= gap
            whereabouts[k, ABSENT_AS] = item
        gap //= 2


@inner
def shuffle(whereabouts: Ints, n: int, rng: Rng) -> None:
    """Shuffle the ``n`` absent visits (Fisher & Yates)."""
    for i in range(n - 1, 0, -1):
        k = below(rng, i + 1)
        item = whereabouts[i, ABSENT_AS]
        whereabouts[i, ABSENT_AS] = whereabouts[k, ABSENT_AS]
        whereabouts[k, ABSENT_AS] = item
