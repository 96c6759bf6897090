"""A plan document as the solver's plan, to be judged against its problem. The reverse of ``routes``.

What the problem does not know (a call, a shift, a stock location, a way of getting parts) gets a number behind the
known ones, for the checker to reject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, get_args

from dispatch_engine.part_words import sourcing_words
from dispatch_engine.planner.ways import Replaced
from solver.problem import NONE
from solver.rules.facts import head
from solver.solution import BreakTaken, Route, Solution, Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.model.plan import PlanDocument, VisitSourcing
    from dispatch_engine.model.plan import Route as RouteDocument
    from dispatch_engine.model.plan import Stop as StopDocument
    from dispatch_engine.planner.translate import Translation

K = TypeVar("K", str, tuple[str, str])
Kind: TypeAlias = Literal["call", "location", "meeting", "part", "tool", "sourcing"]


class PlanReader:
    """Reads plans of one problem.

    Attributes
    ----------
    unknown
        What the problem does not have, by kind, with the numbers behind the known ones.
    """

    def __init__(self, translation: Translation) -> None:
        self._translation = translation
        self.unknown: dict[Kind, dict[str, int]] = {kind: {} for kind in get_args(Kind)}
        self.unknown_shifts: dict[tuple[str, str], int] = {}

    def solution(self, plan: PlanDocument) -> Solution:
        """Return the routes and the unplanned visits of a plan; it states no cost, for that is rounded in documents."""
        return Solution(self.routes(plan.routes), tuple(self._visit(each.call) for each in plan.unplanned))

    def routes(self, routes: Iterable[RouteDocument]) -> tuple[Route, ...]:
        """Return the routes of a plan."""
        return tuple(self._route(route) for route in routes)

    def _visit(self, call: str) -> int:
        return self._named("call", call)

    def _named(self, kind: Kind, name: str) -> int:
        index = self._translation.frame.index
        known = {
            "call": index.visit,
            "location": index.location,
            "meeting": index.meeting,
            "part": index.part,
            "tool": index.tool,
        }
        return _number(name, known[kind], self.unknown[kind])

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
            overnight=() if route.overnight is None else self._pieces(route.overnight.parts),
        )

    def _breaks_behind(self, row: int) -> int:
        """Return the number of the first break that a route can take: breaks are taken in order, none left out."""
        problem = self._translation.solver_problem
        return head(problem, row).breaks_behind if row < problem.n_shifts else 0

    def _stop(self, stop: StopDocument) -> Stop:
        seconds = self._translation.frame.timeline.seconds
        visit = NONE if stop.call is None else self._named("call", stop.call)
        return Stop(
            visit=visit,
            arrival_s=seconds(stop.arrival),
            start_s=seconds(stop.start),
            end_s=seconds(stop.end),
            travel_s=stop.travel_s,
            distance_m=stop.distance_m,
            is_fact=stop.kind == "fact",
            sourcing=NONE if stop.sourcing is None else self._row(visit, stop.sourcing),
            location=NONE if stop.location is None else self._named("location", stop.location),
            meeting=NONE if stop.meeting is None else self._named("meeting", stop.meeting),
            loads=self._pieces(stop.loads),
            tools=tuple(self._named("tool", tool) for tool in stop.tools),
            gives=self._pieces(stop.gives),
        )

    def _pieces(self, parts: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
        return tuple((self._named("part", part), pieces) for part, pieces in parts.items())

    def _row(self, visit: int, sourcing: VisitSourcing) -> int:
        """Return the row of the way that a visit's sourcing describes; a number behind all where there is none such."""
        ways, seconds = self._translation.frame.ways, self._translation.frame.timeline.seconds
        parcels = [
            (each.location, tuple(sorted(each.parts.items())), seconds(each.pickup)) for each in sourcing.parcels
        ]
        replaced = [Replaced(each.part, each.substitute, each.pieces) for each in sourcing.substitutes]
        key = (tuple(sorted(parcels)), tuple(sorted(replaced)), tuple(sorted(sourcing.covered_cases)))
        row = ways.row_of(visit, key) if visit < len(ways.by_call) else NONE
        if row is not None:
            return row
        unknown = self.unknown["sourcing"]
        return unknown.setdefault(sourcing_words(sourcing), len(ways.rows) + len(unknown))


def _number(name: K, known: Mapping[K, int], unknown: dict[K, int]) -> int:
    return known[name] if name in known else unknown.setdefault(name, len(known) + len(unknown))
