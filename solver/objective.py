"""What a plan costs, by term: the rules' prices applied to timed routes. The total equals the schedule pass's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.columns import (
    HEAD_UNPAID,
    PER_METRE,
    RESPONSE_END,
    RESPONSE_FIRST,
    RESTORE_END,
    RESTORE_FIRST,
    TECHNICIAN,
)
from solver.problem import NONE
from solver.rules import assignment, unplanned
from solver.rules.buffers import NO_BUFFERS, buffers_of, window_ticks
from solver.rules.callout import callout_ticks
from solver.rules.facts import head
from solver.rules.fairness import fairness_ticks
from solver.rules.lateness import step_ticks
from solver.rules.promises import retimed_ticks
from solver.rules.reserves import reserve_ticks
from solver.rules.sourcings import sourcing_ticks
from solver.rules.wage import overtime_ticks, paid_from_s, wage_ticks
from solver.solution import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solver.problem import Ints, Problem
    from solver.rules.buffers import Buffers
    from solver.solution import Route, Stop
    from solver.tables import Tables


class Objective:
    """The prices of a problem, ready to be applied to routes; what a route or a stop costs is worked out once."""

    def __init__(self, problem: Problem, tables: Tables) -> None:
        self.problem, self.tables = problem, tables
        self._pairs: dict[int, dict[str, list[int]]] = {}
        self._stops: dict[tuple[int, int, Buffers], tuple[Stop, Mapping[str, int]]] = {}
        self._routes: dict[int, tuple[Route, Mapping[str, int]]] = {}
        """By identity, for to hash a route takes as long as to price it; what is kept beside keeps its identity."""

    def cost_by_term(self, routes: Iterable[Route], left_out: Sequence[int]) -> dict[str, int]:
        """Return the ticks of each of ``TERMS`` for routes of distinct shifts and the unplanned visits."""
        by_shift = {route.shift: route for route in routes}
        return self.plan_by_term(
            {shift: self.route_by_term(route) for shift, route in by_shift.items()}, by_shift, left_out
        )

    def plan_by_term(
        self, by_shift: Mapping[int, Mapping[str, int]], routes: Mapping[int, Route], left_out: Sequence[int]
    ) -> dict[str, int]:
        """Return the ticks of each of ``TERMS`` for routes, priced by ``route_by_term``, and the unplanned visits."""
        nothing = (0,) * len(TERMS)
        sums = map(sum, zip(nothing, *(priced.values() for priced in by_shift.values()), strict=True))
        total = dict(zip(TERMS, sums, strict=True))
        for shift in set(range(self.problem.n_shifts)) - by_shift.keys():
            total["fairness"] += int(fairness_ticks(self.tables.row, self.tables.shift, shift, 0))
        total["reserve"] = reserve_ticks(self.problem, routes)
        for term, ticks in self._left_out(left_out).items():
            total[term] += ticks
        return total

    def _left_out(self, left_out: Sequence[int]) -> dict[str, int]:
        rows, visits = np.array(left_out, np.int64), self.problem.visits
        by_term: dict[str, Ints] = {
            "unplanned": visits.drop_ticks,
            "promise_dropped": visits.promise_drop_ticks,
            "deferred": unplanned.deferred_ticks(self.problem),
        }
        return {term: int(ticks[rows].sum()) for term, ticks in by_term.items()}

    def stop_by_term(self, shift: int, stop: Stop, buffers: Buffers = NO_BUFFERS) -> Mapping[str, int]:
        """Return what belongs to one stop: lateness, downtime and, where it was decided, the assignment's prices."""
        known = self._stops.get((shift, id(stop), buffers))
        if known is None:
            known = self._stops[shift, id(stop), buffers] = stop, self._stop_by_term(shift, stop, buffers)
        return known[1]

    def _stop_by_term(self, shift: int, stop: Stop, buffers: Buffers) -> dict[str, int]:
        tables, v = self.tables, stop.visit
        if not stop.is_visit:
            return {}
        response, restore = self._response_ticks(v, stop.start_s), self._restore_ticks(v, stop.end_s)
        reckoned = self._response_ticks(v, stop.start_s + buffers.start_s) + self._restore_ticks(
            v, stop.end_s + buffers.end_s
        )
        ticks = {
            "response": response,
            "restore": restore,
            "buffer": reckoned - response - restore + self._window_ticks(stop, buffers),
            "downtime": self._downtime_ticks(v, stop.end_s),
        }
        if not stop.is_fact:
            technician = int(tables.shift[shift, TECHNICIAN])
            ticks["retimed"] = int(retimed_ticks(tables.stop, v, stop.start_s, buffers.start_s))
            ticks |= sourcing_ticks(self.problem, stop)
            ticks |= {term: prices[technician] for term, prices in self._pair_ticks(v).items()}
        return ticks

    def _response_ticks(self, v: int, start_s: int) -> int:
        row = self.tables.stop[v]
        return int(step_ticks(self.tables.row, row[RESPONSE_FIRST], row[RESPONSE_END], start_s))

    def _window_ticks(self, stop: Stop, buffers: Buffers) -> int:
        return int(window_ticks(self.tables.stop, self.tables.row, stop.visit, stop.start_s, buffers.start_s))

    def _restore_ticks(self, v: int, end_s: int) -> int:
        """Return the price of a late completion, without the downtime that stands among the same steps."""
        row = self.tables.stop[v]
        with_downtime = int(step_ticks(self.tables.row, row[RESTORE_FIRST], row[RESTORE_END], end_s))
        return with_downtime - self._downtime_ticks(v, end_s)

    def _downtime_ticks(self, v: int, end_s: int) -> int:
        visits = self.problem.visits
        return int(visits.downtime_ticks_per_s[v]) * max(0, end_s - int(visits.downtime_from_s[v]))

    def expect(self, routes: Iterable[Route]) -> None:
        """Work out at once what the visits of some routes cost with each technician: they are about to be priced."""
        visits = [stop.visit for route in routes for stop in route.stops if stop.is_visit and not stop.is_fact]
        self._price_pairs([v for v in visits if v not in self._pairs])

    def _pair_ticks(self, v: int) -> dict[str, list[int]]:
        """Return what visit ``v`` costs with each technician, (n_technicians,) by term."""
        if v not in self._pairs:
            self._price_pairs([v])
        return self._pairs[v]

    def _price_pairs(self, visits: list[int]) -> None:
        """Work out at once what some visits cost with each technician."""
        if not visits:
            return
        of_all = {term: price(self.problem, visits).tolist() for term, price in assignment.PRICED.items()}
        for row, v in enumerate(visits):
            self._pairs[v] = {term: ticks[row] for term, ticks in of_all.items()}

    def route_by_term(self, route: Route) -> Mapping[str, int]:
        """Return the ticks of one route by term, in the order of ``TERMS``."""
        known = self._routes.get(id(route))
        if known is None:
            known = self._routes[id(route)] = route, self._route_by_term(route)
        return known[1]

    def _route_by_term(self, route: Route) -> dict[str, int]:
        shift, s = self.tables.shift, route.shift
        total = dict.fromkeys(TERMS, 0)
        self.expect([route])
        for stop, buffers in zip(route.stops, buffers_of(self.problem, route), strict=True):
            for term, ticks in self.stop_by_term(s, stop, buffers).items():
                total[term] += ticks
        resume_m = _resume_leg(self.problem, route)[1]
        metres = route.return_distance_m + resume_m + sum(x.distance_m for x in route.stops)
        total["distance"] = int(shift[s, PER_METRE]) * metres
        total["callout"] = int(callout_ticks(shift, s, sum(stop.is_visit for stop in route.stops)))
        total["overtime"] = int(overtime_ticks(shift, s, route.end_s))
        total["wage"] = int(wage_ticks(shift, s, self.paid_s(route)))
        total["fairness"] = int(fairness_ticks(self.tables.row, shift, s, workload_s(self.problem, route)))
        return total

    def paid_s(self, route: Route) -> int:
        """Return the paid seconds of a route."""
        since = int(paid_from_s(self.tables.shift, route.shift, route.departure_s))
        paid = self.problem.shifts.break_paid.row(route.shift)
        unpaid = sum(x.end_s - x.start_s for x in route.breaks if not paid[x.index] and x.start_s >= since)
        return route.end_s - since - unpaid - int(self.tables.shift[route.shift, HEAD_UNPAID])


def _resume_leg(problem: Problem, route: Route) -> tuple[int, int]:
    """Return seconds and metres to the place where the rest of the route begins, where that belongs to no stop."""
    if problem.shifts.resume_place[route.shift] == NONE:
        return 0, 0
    at_head = head(problem, route.shift)
    facts = [stop for stop in route.stops if stop.is_fact]
    return (
        at_head.driving_s - sum(stop.travel_s for stop in facts),
        at_head.distance_m - sum(stop.distance_m for stop in facts),
    )


def driving_s(problem: Problem, route: Route) -> int:
    """Return the seconds driven on a route, the way to its end and to its resume point included."""
    return _resume_leg(problem, route)[0] + route.return_travel_s + sum(stop.travel_s for stop in route.stops)


def workload_s(problem: Problem, route: Route) -> int:
    """Return driving, service and handling of a route in seconds."""
    return driving_s(problem, route) + sum(stop.end_s - stop.start_s for stop in route.stops)
