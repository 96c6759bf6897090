"""A proven lower bound by column generation: the linear relaxation of choosing a route for each shift.

Whatever each visit is said to be worth, a plan costs at least the worth of all visits and, for each shift, what its
cheapest route costs less the worth of the visits there (Lagrangian duality). That is exact in integers and holds at any
moment. Column generation looks for the worths at which it is most: a linear program over the routes known so far says
what the visits are worth, a pricer finds routes that are cheaper than that. See Desaulniers, Desrosiers & Solomon 2005,
"Column Generation".
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.bound.alike import groups_of
from solver.bound.known_routes import KnownRoutes, Priced
from solver.bound.master_lp import MasterLp
from solver.bound.pricer import Pricer
from solver.bound.steering import Steering
from solver.columns import DROP, IS_FACT
from solver.money import TICKS_PER_MILLI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from solver.bound.alike import Groups
    from solver.bound.known_routes import KnownRoute
    from solver.bound.master_lp import Solved
    from solver.bound.pricer import Pricing
    from solver.params import BoundParams
    from solver.problem import Ints
    from solver.stop import Stop
    from solver.tables import Tables


COLUMNS = 1000
"""So many of the search's routes enter the linear program at a time."""


class RouteBound(NamedTuple):
    """No plan costs less than ``ticks``. ``rounds`` of pricing; ``is_tight``: more would gain next to nothing."""

    ticks: int
    rounds: int
    is_tight: bool


def route_bound(
    tables: Tables,
    plan: Sequence[KnownRoute],
    others: Iterable[KnownRoute],
    params: BoundParams,
    threads: int,
    stop: Stop,
    least_ticks: int,
) -> RouteBound:
    """Return the highest bound that is found until ``stop`` says so, or until it does not rise any more.

    Parameters
    ----------
    tables
        The problem, laid out.
    plan
        The routes of a good plan; they say what visits may be worth at first.
    others
        More good routes.
    params
        How to go about it.
    threads
        So many shifts are priced at a time.
    stop
        Its iterations are rounds.
    least_ticks
        A bound that is known already.
    """
    rounds = 0

    def is_over() -> bool:
        return stop.fraction(rounds) >= 1.0

    groups = groups_of(tables, is_over)
    if groups is None:
        return RouteBound(least_ticks, 0, is_tight=False)
    pricers = [Pricer(tables, params, is_over) for _ in range(threads)]
    run = _Run(tables, groups, plan, others, params, pricers)
    while rounds < params.rounds and not run.is_tight and not is_over() and run.improve(stop.seconds_left):
        rounds += 1
    return RouteBound(max(least_ticks, run.best_ticks(least_ticks)), rounds, run.is_tight)


class _Run:
    """The routes known so far, the linear program over them, and where the best bound was found."""

    def __init__(
        self,
        tables: Tables,
        groups: Groups,
        plan: Sequence[KnownRoute],
        others: Iterable[KnownRoute],
        params: BoundParams,
        pricers: Sequence[Pricer],
    ) -> None:
        self.groups, self.params, self.pricers = groups, params, pricers
        n_visits = len(tables.pair)
        self.visits = np.flatnonzero(tables.stop[:n_visits, IS_FACT] == 0)
        self.row_of = np.zeros(n_visits, np.int64)
        self.row_of[self.visits] = np.arange(len(self.visits))
        self.idle_ticks = sum(group.size * group.idle_ticks for group in groups.rows)
        drop = tables.stop[self.visits, DROP].copy()
        shares = self._shares(plan, drop)
        mean = shares.mean() if len(shares) else 0.0
        caps = np.ceil(params.cap * (shares + mean)).astype(np.int64)
        self.lp = MasterLp(drop, caps, [group.size for group in groups.rows])
        routes = [self._priced(route) for route in (*plan, *others) if route.visits]
        self.known = KnownRoutes(routes, len(groups.rows))
        self._tell_lp(self.known.take(self._of_visit(shares), np.zeros(len(groups.rows), np.int64), 1 << 60, COLUMNS))
        self.steering = Steering(shares, params.stay)
        self.is_tight = False

    def _shares(self, plan: Sequence[KnownRoute], drop: Ints) -> Ints:
        """Return what each visit costs in a plan: its share of its route, or the price of leaving it out."""
        shares = drop.copy()
        for route in plan:
            added = route.ticks - self.groups.rows[self.groups.of_shift[route.shift]].idle_ticks
            shares[self.row_of[list(route.visits)]] = max(0, added) // max(1, len(route.visits))
        return np.minimum(shares, drop)

    def _priced(self, route: KnownRoute) -> Priced:
        group = int(self.groups.of_shift[route.shift])
        return Priced(group, route.visits, route.ticks - self.groups.rows[group].idle_ticks)

    def _tell_lp(self, routes: Iterable[Priced]) -> None:
        for route in routes:
            self.lp.add(route.group, self.row_of[list(route.visits)].tolist(), route.ticks)

    def _of_visit(self, worth: Ints) -> Ints:
        """Return the worth by visit (n_visits,) of what is given by row."""
        of_visit = np.zeros(len(self.row_of), np.int64)
        of_visit[self.visits] = worth
        return of_visit

    def best_ticks(self, otherwise: int) -> int:
        """Return the best bound so far, or ``otherwise`` where there is none."""
        return otherwise if self.steering.best is None else self.steering.best

    def improve(self, seconds_left: Callable[[], float | None]) -> bool:
        """Do one round; false where it was stopped."""
        solved = self._solve_lp(seconds_left)
        if solved is None:
            return False
        tried = self.steering.between(solved.worth)
        of_visit = self._of_visit(tried)
        known = self.known.cheapest(of_visit)
        ticks = solved.value + self.idle_ticks
        found = self._price(of_visit, [least for least, _ in known], self._slack(ticks))
        if found is None:
            return False
        bound = self.idle_ticks + int(tried.sum())
        uncovered = np.ones(len(self.visits), np.int64)
        for group, (pricing, (_, cheapest)) in enumerate(zip(found, known, strict=True)):
            size = self.groups.rows[group].size
            bound += size * pricing.least_ticks
            visits = pricing.routes[0][1] if pricing.routes else cheapest
            np.subtract.at(uncovered, self.row_of[list(visits)], size)
            new = (Priced(group, by, left + int(of_visit[list(by)].sum())) for left, by in pricing.routes)
            self._tell_lp(route for route in new if self.known.add(route))
        self.steering.learn(tried, solved.worth, bound, uncovered)
        self.is_tight = ticks - self.best_ticks(bound) <= self.params.precision * abs(ticks)
        return True

    def _solve_lp(self, seconds_left: Callable[[], float | None]) -> Solved | None:
        """Solve the linear program over all routes known: those of the search enter it when they matter."""
        while solved := self.lp.solve(seconds_left):
            more = self.known.take(self._of_visit(solved.worth), solved.rent, -TICKS_PER_MILLI, COLUMNS)
            if not more:
                break
            self._tell_lp(more)
        return solved

    def _slack(self, ticks: int) -> int:
        """Return how much dearer than the cheapest a route may be to be told: a part of what a shift may still gain."""
        if self.steering.best is None:
            return 0
        return int(max(0, ticks - self.steering.best) // len(self.groups.of_shift) // self.params.part)

    def _price(self, worth: Ints, ceilings: Sequence[int], slack: int) -> list[Pricing] | None:
        """Price all groups, those of each pricer in its own thread; None if it was stopped."""
        rows, step = self.groups.rows, len(self.pricers)
        priced: list[Pricing | None] = [None] * len(rows)

        def work(first: int) -> None:
            for group in range(first, len(rows), step):
                priced[group] = self.pricers[first].price(rows[group], worth, ceilings[group], slack)
                if priced[group] is None:
                    return

        _side_by_side(work, step)
        done = [each for each in priced if each is not None]
        return done if len(done) == len(rows) else None


def _side_by_side(work: Callable[[int], None], count: int) -> None:
    if count == 1:
        work(0)
        return
    with ThreadPoolExecutor(count) as threads:
        list(threads.map(work, range(count)))
