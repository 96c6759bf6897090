"""The cheapest plan of one route with restocks by trying everything, with the checker as the judge.

Every order of every choice of visits, every way to source each, up to ``RESTOCKS`` stops anywhere at any location,
every load and night that brings what is used, each timed as early as possible or for a delivery. It knows only
``RULES``, under which earlier is never dearer, and shares nothing with ``solver.exact``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, combinations_with_replacement, permutations, product

import numpy as np

from solver.checker import check
from solver.problem import NONE, UNREACHABLE, Problem
from solver.solution import Route, Solution, Stop

RESTOCKS = 2
RULES = (
    *("restock", "deliveries", "lent_tools", "sourcings", "couriers", "uncertain", "room", "nights", "limited_nights"),
    *("windows", "response", "downtime", "overtime", "low_drop_price", "callout", "wild_travel", "open_end"),
)
"""The rules that are known here, for one route without breaks or facts."""

Pieces = tuple[tuple[int, int], ...]


def cheapest_ticks(problem: Problem, plans: Iterable[Solution]) -> int:
    """Return the cost of the cheapest plan that the checker accepts."""
    reports = (check(problem, plan) for plan in plans)
    return min(report.cost_ticks for report in reports if report.accepted)


def all_plans(problem: Problem) -> Iterator[Solution]:
    """Yield every plan of a problem with one shift that may be the best, allowed or not."""
    everything = range(problem.n_visits)
    yield Solution((), tuple(everything))
    for order in chain.from_iterable(permutations(everything, n) for n in range(1, problem.n_visits + 1)):
        dropped = tuple(v for v in everything if v not in order)
        for ways in product(*([NONE, *np.flatnonzero(problem.sourcings.visit == v)] for v in order)):
            for route in _Sourced(problem, order, tuple(int(way) for way in ways)).routes():
                yield Solution((route,), dropped)


@dataclass(frozen=True)
class _Sourced:
    """Visits in order, each with the way in which it gets its parts."""

    problem: Problem
    order: tuple[int, ...]
    ways: tuple[int, ...]

    def routes(self) -> Iterator[Route]:
        """Yield every route that stops at places that have what it may lack, with everything that it may take on."""
        for count in range(RESTOCKS + 1):
            for gaps in combinations_with_replacement(range(len(self.order)), count):
                for locations in product(np.flatnonzero(self.problem.stock.may_restock[0]), repeat=count):
                    yield from self._laden(gaps, [int(location) for location in locations])

    def _laden(self, gaps: Sequence[int], locations: Sequence[int]) -> Iterator[Route]:
        """Spread the pieces of each part over the night and the stops; borrow any of the tools."""
        used = sum(
            self.problem.visits.parts[v] if way == NONE else self.problem.sourcings.parts[way]
            for v, way in zip(self.order, self.ways, strict=True)
        )
        spreads = [list(self._spreads(part, int(pieces), locations)) for part, pieces in enumerate(used)]
        borrowed = [list(self._borrowings(location)) for location in locations]
        for loads, tools in product(product(*spreads), product(*borrowed)):
            at_stops = [_pieces(spread[1 + k] for spread in loads) for k in range(len(locations))]
            if all(here or lent for here, lent in zip(at_stops, tools, strict=True)):
                night = _pieces(spread[0] for spread in loads)
                stops = [Stop(NONE, 0, 0, 0, 0, 0, location=where) for where in locations]
                yield from self._timed(gaps, stops, at_stops, tools, night)

    def _spreads(self, part: int, used: int, locations: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield pieces in the night and at each stop: together at least what the van lacks, no more than is used."""
        stock, night = self.problem.stock, int(self.problem.shifts.overnight_location[0])
        held = int(self.problem.technicians.stock[0, part])
        here = (stock.supply_part == part).nonzero()[0]
        there = {int(stock.supply_location[k]) for k in here}
        amounts = [range(used + 1) if where in there else range(1) for where in (night, *locations)]
        yield from (spread for spread in product(*amounts) if used - held <= sum(spread) <= used)

    def _borrowings(self, location: int) -> Iterator[tuple[int, ...]]:
        needed = self.problem.visits.needs_tool[list(self.order)].any(0) & ~self.problem.technicians.has_tool[0]
        lent = [int(tool) for tool in np.flatnonzero(needed & (self.problem.stock.tools[location] > 0))]
        yield from chain.from_iterable(combinations(lent, n) for n in range(len(lent) + 1))

    def _timed(
        self,
        gaps: Sequence[int],
        stops: Sequence[Stop],
        loads: Sequence[Pieces],
        tools: Sequence[tuple[int, ...]],
        night: Pieces,
    ) -> Iterator[Route]:
        """Yield the route with each stop as early as it can be, or not before one of the deliveries."""
        nodes: list[tuple[int, Stop]] = []
        for gap, (visit, way) in enumerate(zip(self.order, self.ways, strict=True)):
            nodes += [
                (int(self.problem.stock.place[stop.location]), replace(stop, loads=loads[k], tools=tools[k]))
                for k, stop in enumerate(stops)
                if gaps[k] == gap
            ]
            nodes.append((int(self.problem.visits.place[visit]), Stop(visit, 0, 0, 0, 0, 0, sourcing=way)))
        deliveries = [0, *(int(s) for s in np.unique(self.problem.stock.supply_from_s) if s > 0)]
        for waits in product(deliveries, repeat=len(stops)):
            route = _Clock(self.problem, iter(waits)).route(nodes, night)
            if route is not None:
                yield route


@dataclass(frozen=True)
class _Clock:
    """Times a route; ``waits`` are the moments before which the restocks may not begin."""

    problem: Problem
    waits: Iterator[int]

    def route(self, nodes: Sequence[tuple[int, Stop]], night: Pieces) -> Route | None:
        shifts = self.problem.shifts
        at, clock_s = int(shifts.start_place[0]), int(shifts.start_s[0])
        stops: list[Stop] = []
        for place, stop in nodes:
            travel_s, distance_m = self._leg(at, place)
            start_s = self._start(stop, clock_s + travel_s)
            if travel_s >= UNREACHABLE or start_s is None:
                return None
            end_s = start_s + self._work_s(stop)
            timed = replace(stop, arrival_s=clock_s + travel_s, start_s=start_s, end_s=end_s)
            stops.append(replace(timed, travel_s=travel_s, distance_m=distance_m))
            at, clock_s = place, end_s
        back_s, back_m = (0, 0) if shifts.end_place[0] == NONE else self._leg(at, int(shifts.end_place[0]))
        return Route(0, int(shifts.start_s[0]), clock_s + back_s, tuple(stops), (), back_s, back_m, night)

    def _leg(self, i: int, j: int) -> tuple[int, int]:
        travel = self.problem.travel
        return int(travel.duration_s[0, i, j]), int(travel.distance_m[0, i, j])

    def _work_s(self, stop: Stop) -> int:
        if stop.is_visit:
            return int(self.problem.visits.service_s[stop.visit, 0])
        stock, lines = self.problem.stock, len(stop.loads) + len(stop.tools)
        return int(stock.handling_s[stop.location]) + lines * int(stock.line_s[stop.location])

    def _start(self, stop: Stop, ready_s: int) -> int | None:
        """Return the first start from ``ready_s`` on: of a visit in a window, of a restock within opening hours."""
        if stop.is_visit:
            visits, sourcings = self.problem.visits, self.problem.sourcings
            released_s = 0 if stop.sourcing == NONE else int(sourcings.release_s[stop.sourcing])
            ready_s = max(ready_s, int(visits.release_s[stop.visit]), released_s)
            hours = zip(visits.window_earliest_s.row(stop.visit), visits.window_latest_s.row(stop.visit), strict=True)
            return _first(list(hours), ready_s)
        stock, work_s = self.problem.stock, self._work_s(stop)
        rows = (stock.opening_earliest_s.row(stop.location), stock.opening_latest_s.row(stop.location))
        hours_of_starts = [(first_s, last_s - work_s) for first_s, last_s in zip(*rows, strict=True)]
        return _first(hours_of_starts, max(ready_s, next(self.waits)))


def _first(windows: Sequence[tuple[int, int]], ready_s: int) -> int | None:
    starts = [max(ready_s, first_s) for first_s, last_s in windows if max(ready_s, first_s) <= last_s]
    return min(starts, default=None) if windows else ready_s


def _pieces(counts: Iterator[int]) -> Pieces:
    return tuple((part, pieces) for part, pieces in enumerate(counts) if pieces)
