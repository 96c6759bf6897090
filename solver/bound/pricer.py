"""The pricer as Python calls it: room for its labels, and its work cut into pieces between which it can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import solver.columns as col
from solver.bound.label import LABEL_COLUMNS, PARENT, SITE
from solver.bound.outlook import OUTLOOK_COLUMNS, look_ahead
from solver.bound.pricing import (
    BEST,
    COUNTERS,
    FOUND,
    FOUND_TICKS,
    LABEL,
    LABELS,
    begin_pricing,
    explore,
)
from solver.bound.sites import SERVICE_S, TICKS, VISIT_THERE, opening_ticks, reach_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from solver.bound.alike import Group
    from solver.bound.sites import Sites
    from solver.params import BoundParams
    from solver.problem import Ints
    from solver.tables import Tables

STEPS_AT_ONCE = 1_000_000
"""So many steps from one site and span to another are taken between two questions whether to stop."""

POPPED_AT_ONCE = 2000
"""So many labels are extended between two questions."""


class Pricing(NamedTuple):
    """``least_ticks``: no route costs less, the duals of its visits taken off, nor does staying idle.

    ``routes`` are some of the cheapest: ticks and visits in order, a visit more than once where that is not ruled out.
    """

    least_ticks: int
    routes: list[tuple[int, tuple[int, ...]]]


class Pricer:
    """Prices routes of one shift after another."""

    def __init__(self, tables: Tables, params: BoundParams, is_over: Callable[[], bool]) -> None:
        self.tables, self.params, self.is_over = tables, params, is_over
        self.label = np.zeros((params.labels, LABEL_COLUMNS), np.int64)
        self.queue = np.zeros((params.labels, 2), np.int64)
        self.counter = np.zeros(COUNTERS, np.int64)
        self.found = np.zeros((params.routes, 2), np.int64)

    def price(self, group: Group, duals: Ints, ceiling: int, slack: int) -> Pricing | None:
        """Look for routes below ``ceiling`` ticks and up to ``slack`` above the best; None if it was stopped.

        Parameters
        ----------
        group
            Whose routes.
        duals
            What serving each visit is worth, (n_visits,).
        ceiling
            What some known route costs, the duals taken off, at most 0.
        slack
            How much dearer than the cheapest other routes may be that are told.
        """
        tables, s = self.tables, group.shift
        sites = sites_of(tables, s)
        price = sites.site[:, TICKS].copy()
        price[1:] -= duals[sites.site[1:, VISIT_THERE]]
        width, outlook = self._outlook(sites, price, s)
        if outlook is None:
            return None
        near = nearest_sites(sites, self.params.near)
        memory = np.zeros((len(self.label), near.shape[1]), np.uint64)
        first = np.zeros(len(price), np.int64)
        begin = opening_ticks(tables, s, group.idle_ticks)
        begin_pricing(tables, self.label, memory, self.queue, first, self.counter, s, begin)
        work = (tables, sites, price, near, outlook, self.label, memory, self.queue, first, self.found, self.counter)
        while not explore(*work, s, width, ceiling, slack, POPPED_AT_ONCE):
            if self.is_over():
                return None
            if self._is_full(s, len(price)):
                return Pricing(min(ceiling, int(self.counter[BEST]), int(self.queue[0, 0])), self._routes(sites))
        return Pricing(min(ceiling, int(self.counter[BEST])), self._routes(sites))

    def _outlook(self, sites: Sites, price: Ints, s: int) -> tuple[int, Ints | None]:
        """Return the seconds of a span and the outlook from all sites and spans, None if it was stopped."""
        tables, shift, n = self.tables, self.tables.shift[s], len(price)
        seconds = int(shift[col.HARD_END] - shift[col.HEAD_TIME]) + 1
        width = max(1, -(-seconds // self.params.spans))
        spans, breaks = max(1, -(-seconds // width)), int(shift[col.BREAK_END] - shift[col.BREAK_FIRST])
        outlook = np.empty((breaks + 1, spans, n, OUTLOOK_COLUMNS), np.int64)
        reach = reach_of(tables, s, sites.site)
        shortest = int(sites.site[1:, SERVICE_S].min(initial=width))
        rounds = n if shortest == 0 else min(n, (width - 1) // shortest + 2)
        at_once = max(1, STEPS_AT_ONCE // (n * n))
        for since in range(spans - 1, -1, -at_once):
            down_to = max(0, since - at_once + 1)
            look_ahead(tables, sites, price, reach, outlook, s, width, rounds, since, down_to)
            if self.is_over():
                return width, None
        return width, outlook

    def _is_full(self, s: int, n: int) -> bool:
        breaks = int(self.tables.shift[s, col.BREAK_END] - self.tables.shift[s, col.BREAK_FIRST])
        return int(self.counter[LABELS]) + 2 * n * (breaks + 1) > len(self.label)

    def _routes(self, sites: Sites) -> list[tuple[int, tuple[int, ...]]]:
        """Return what has been found, the cheapest first."""
        found = self.found[: self.counter[FOUND]].tolist()
        routes = [(row[FOUND_TICKS], self._visits(sites, row[LABEL])) for row in found]
        return sorted(routes)

    def _visits(self, sites: Sites, x: int) -> tuple[int, ...]:
        visits = []
        while x > 0:
            visits.append(int(sites.site[self.label[x, SITE], VISIT_THERE]))
            x = int(self.label[x, PARENT])
        return tuple(reversed(visits))


def nearest_sites(sites: Sites, count: int) -> NDArray[np.uint64]:
    """Return for each site a bit for each of the ``count`` sites nearest to it, there and back: (sites, words)."""
    n = len(sites.site)
    bits = np.zeros((n, n), np.bool_)
    if n > 1:
        there_and_back = sites.leg_s[1:, 1:] + sites.leg_s[1:, 1:].T
        order = np.argsort(there_and_back, axis=1, kind="stable")[:, :count]
        np.put_along_axis(bits[1:, 1:], order, True, axis=1)
    words = np.zeros((n, (n + 63) // 64), np.uint64)
    sites_, others = np.nonzero(bits)
    np.bitwise_or.at(words, (sites_, others >> 6), np.uint64(1) << (others & 63).astype(np.uint64))
    return words
