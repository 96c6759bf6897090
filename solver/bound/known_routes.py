"""The routes that column generation knows: those of a search, of which there are many, and what the pricer adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.problem import Ints


class KnownRoute(NamedTuple):
    """A route of a shift that a search has found: its visits, and what it costs."""

    shift: int
    visits: tuple[int, ...]
    ticks: int


class Priced(NamedTuple):
    """A route of a group of shifts through ``visits``, and what it costs more than staying idle."""

    group: int
    visits: tuple[int, ...]
    ticks: int


class KnownRoutes:
    """Routes by group.

    Parameters
    ----------
    routes
        Those of the search.
    n_groups
        How many groups of shifts there are.
    is_sorted
        Whether the routes are in the order of their groups.
    """

    def __init__(self, routes: Sequence[Priced], n_groups: int, *, is_sorted: bool = False) -> None:
        self._routes = routes if is_sorted else sorted(routes)
        groups = np.array([route.group for route in self._routes], np.int64)
        lengths = np.array([len(route.visits) for route in self._routes], np.int64)
        self._group = groups
        self._first = np.searchsorted(groups, np.arange(n_groups + 1))
        self._ticks = np.array([route.ticks for route in self._routes], np.int64)
        self._visits = np.array([v for route in self._routes for v in route.visits], np.int64)
        self._starts, self._lengths = np.cumsum(lengths) - lengths, lengths
        self._is_waiting = np.ones(len(self._routes), np.bool_)
        self._added: list[dict[tuple[int, ...], int]] = [{} for _ in range(n_groups)]

    def left(self, worth: Ints) -> Ints:
        """Return what is left of the cost of each of the search's routes when the worth (n_visits,) is taken off."""
        taken_off = np.concatenate([np.zeros(1, np.int64), np.cumsum(worth[self._visits])])
        left: Ints = self._ticks - (taken_off[self._starts + self._lengths] - taken_off[self._starts])
        return left

    def take(self, worth: Ints, rent: Ints, below: int, most: int) -> list[Priced]:
        """Take up to ``most`` of the search's routes of which the least is left, each once.

        ``rent`` (n_groups,) is taken off too; only routes of which less than ``below`` is left then are taken.
        """
        left = self.left(worth) - rent[self._group]
        found = np.flatnonzero(self._is_waiting & (left < below))
        found = found[np.argsort(left[found], kind="stable")[:most]]
        self._is_waiting[found] = False
        return [self._routes[at] for at in found.tolist()]

    def add(self, route: Priced) -> bool:
        """Add a route that the pricer has found; false where it is known at that price or a lower one."""
        known = self._added[route.group].get(route.visits)
        if known is not None and known <= route.ticks:
            return False
        self._added[route.group][route.visits] = route.ticks
        return True

    def cheapest(self, worth: Ints) -> list[tuple[int, tuple[int, ...]]]:
        """Return by group the least that is left of a route, with its visits. Staying idle, which costs 0, is one."""
        left, of_visit = self.left(worth), worth.tolist()
        return [self._cheapest(group, left, of_visit) for group in range(len(self._added))]

    def _cheapest(self, group: int, left: Ints, of_visit: Sequence[int]) -> tuple[int, tuple[int, ...]]:
        best = 0
        best_visits: tuple[int, ...] = ()
        first, end = self._first[group], self._first[group + 1]
        if first < end:
            at = int(first + left[first:end].argmin())
            if left[at] < 0:
                best, best_visits = int(left[at]), self._routes[at].visits
        for visits, ticks in self._added[group].items():
            rest = ticks - sum([of_visit[v] for v in visits])
            if rest < best:
                best, best_visits = rest, visits
        return best, best_visits
