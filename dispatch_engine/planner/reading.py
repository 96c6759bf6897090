"""A plan document as the solver's plan, to be judged against its problem. The reverse of ``routes``.

What the problem does not know (a call, a shift) gets a number behind the known ones, for the checker to reject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from solver.problem import NONE
from solver.rules.facts import head
from solver.solution import BreakTaken, Route, Solution, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.plan import Route as RouteDocument
    from dispatch_engine.model.plan import Stop as StopDocument
    from dispatch_engine.planner.translate import Translation

K = TypeVar("K", str, tuple[str, str])


class PlanReader:
    """Reads plans of one problem.

    Attributes
    ----------
    unknown_calls, unknown_shifts
        What the problem does not have, with the numbers behind the known ones.
    """

    def __init__(self, translation: Translation) -> None:
        self._translation = translation
        self.unknown_calls: dict[str, int] = {}
        self.unknown_shifts: dict[tuple[str, str], int] = {}

    def solution(self, plan: PlanDocument) -> Solution:
        """Return the routes and the unplanned visits of a plan; it states no cost, for that is rounded in documents."""
        routes = tuple(self._route(route) for route in plan.routes)
        return Solution(routes, tuple(self._visit(each.call) for each in plan.unplanned))

    def _visit(self, call: str) -> int:
        return _number(call, self._translation.frame.index.visit, self.unknown_calls)

    def _route(self, route: RouteDocument) -> Route:
        seconds, index = self._translation.frame.timeline.seconds, self._translation.frame.index
        row = _number((route.technician, route.shift), index.shift, self.unknown_shifts)
        next_break = self._breaks_behind(row)
        stops: list[Stop] = []
        breaks: list[BreakTaken] = []
        for stop in route.stops:
            if stop.kind == "break":
                breaks.append(BreakTaken(next_break, len(stops), seconds(stop.start), seconds(stop.end)))
                next_break += 1
            else:
                stops.append(self._stop(stop))
        return Route(
            shift=row,
            departure_s=seconds(route.departure),
            end_s=seconds(route.end),
            stops=tuple(stops),
            breaks=tuple(breaks),
            return_travel_s=route.return_travel_s,
            return_distance_m=route.return_distance_m,
        )

    def _breaks_behind(self, row: int) -> int:
        """Return the number of the first break that a route can take: breaks are taken in order, none left out."""
        problem = self._translation.solver_problem
        return head(problem, row).breaks_behind if row < problem.n_shifts else 0

    def _stop(self, stop: StopDocument) -> Stop:
        seconds = self._translation.frame.timeline.seconds
        return Stop(
            visit=NONE if stop.call is None else self._visit(stop.call),
            arrival_s=seconds(stop.arrival),
            start_s=seconds(stop.start),
            end_s=seconds(stop.end),
            travel_s=stop.travel_s,
            distance_m=stop.distance_m,
            is_fact=stop.kind == "fact",
        )


def _number(name: K, known: Mapping[K, int], unknown: dict[K, int]) -> int:
    return known[name] if name in known else unknown.setdefault(name, len(known) + len(unknown))
