"""A team: searches side by side in one plan. Each works in a region of its own; then they agree on what came of it.

Regions change from round to round. A team of one has the whole of a small plan in view all the time. Where vans hand
parts to each other, a meeting ties routes together wherever they are: then each member has a plan of its own, and the
best counts. So it is where there are not more shifts than members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.search.apart import share_of
from solver.search.common_plan import CommonPlan
from solver.search.regions import Region, divide
from solver.search.worker import Ground, Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import Executor

    from solver.params import Params
    from solver.routing import Column, Routing

LEAST_ROUNDS = 100
ROUTES_AGREED_ON = 12_000
"""The members of a team may load about so many routes when they agree, in all the rounds of a search."""
ROUNDS_A_SHIFT = 50
"""How often each shift is in a region, about, from the beginning of a search to its end."""


class Team:
    """Searches with a random stream each. ``best_ticks`` never rises."""

    def __init__(self, ground: Ground, params: Params, pool: int) -> None:
        self.ground, self.region = ground, params.search.region
        self.searches = [Search(ground, params.search, params.seed, stream, pool) for stream in range(params.threads)]
        self.is_together = 1 < params.threads < ground.problem.n_shifts and not len(ground.problem.meetings)
        self.is_divided = self.is_together or (params.threads == 1 and ground.problem.n_shifts > self.region)
        self.rng = np.random.default_rng([params.seed, params.threads])
        self.round_ends = 0.0
        self.regions: list[Region] = []
        self.before: list[int] = []
        self.plan = CommonPlan(self.searches[0])

    def start(self, routes: Sequence[Sequence[int]]) -> None:
        """Begin with ``routes`` as far as they are feasible, the rest put in greedily."""
        first, *others = self.searches
        first.start(routes)
        for search in others:
            search.start(first.standing_routes())
        if self.is_together:
            self.plan.note()

    @property
    def best_ticks(self) -> int:
        """The cost of the best plan so far."""
        return self._best.best_ticks

    @property
    def planned(self) -> int:
        """How many visits the best plan serves, facts not counted."""
        return self._best.planned

    def best_routes(self) -> list[Routing]:
        """Return the route of each shift in the best plan."""
        return self._best.best_routes()

    @property
    def _best(self) -> CommonPlan | Search:
        return self.plan if self.is_together else min(self.searches, key=lambda search: search.best_ticks)

    def step(self, threads: Executor, iterations: int, begin: float, end: float) -> int:
        """Let every search do ``iterations``; ``begin`` and ``end`` are the shares of the effort that are spent."""
        if self.is_divided and begin >= self.round_ends:
            self.agree()
            self._begin_round(begin)
        list(threads.map(lambda search: search.step(iterations, begin, end), self.searches))
        return iterations

    def _begin_round(self, begin: float) -> None:
        parts = len(self.searches)
        self.regions = divide(self.ground, self.searches[0].state, parts, self.region, self.rng)
        self.before = [search.current_ticks for search in self.searches]
        for search, region in zip(self.searches, self.regions, strict=True):
            search.focus(region.shifts, region.visits)
        self.round_ends = begin + 1.0 / self._rounds()

    def _rounds(self) -> float:
        """Return how often regions are drawn from the beginning of a search to its end."""
        n_shifts, parts = self.ground.problem.n_shifts, len(self.searches)
        agreed = ROUTES_AGREED_ON / n_shifts if self.is_together else 0.0
        return max(LEAST_ROUNDS, ROUNDS_A_SHIFT * n_shifts / (parts * self.region), agreed)

    def agree(self) -> None:
        """Put what every search has made of its region into one plan, from which all go on."""
        if not self.is_together or not self.regions:
            return
        each = zip(self.searches, self.regions, self.before, strict=True)
        self.plan.put_in([share_of(search, region, before) for search, region, before in each], self.before[0])
        for search in self.searches[1:]:
            search.take_over(self.plan.desk.standing_routes())
        self.regions, self.round_ends = [], 0.0

    def adopt(self, routes: list[list[int]]) -> None:
        """Go on from ``routes``, and keep them as the best plan where they are."""
        if not self.is_together:
            for search in self.searches:
                search.adopt(routes)
            return
        self.agree()
        for search in self.searches:
            search.take_over(routes)
        self.plan.note()

    def take_columns(self) -> Iterable[Column]:
        """Return the columns of all pools and empty these."""
        return (column for search in self.searches for column in search.take_columns())
