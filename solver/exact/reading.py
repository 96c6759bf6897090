"""Read the routes out of a solved model, each with its times as they are reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.exact.variables import DEPOT
from solver.problem import NONE
from solver.solution import BreakTaken, Route, Stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ortools.sat.python.cp_model import IntVar

    from solver.exact.variables import Choices, Linear, RouteChoice

    Value = Callable[[Linear], int]


def read_routes(choices: Choices, value: Value) -> tuple[Route, ...]:
    """Return the routes of the shifts on which something was decided or has happened."""
    existing = [route for route in choices.routes if value(route.exists)]
    return tuple(_route(choices, route, value) for route in existing)


def _order(route: RouteChoice, value: Value) -> list[int]:
    following = {i: j for (i, j), follows in route.follows.items() if value(follows)}
    order: list[int] = []
    at = following.get(DEPOT, DEPOT)
    while at != DEPOT:
        order.append(at)
        at = following[at]
    return order


def _route(choices: Choices, route: RouteChoice, value: Value) -> Route:
    order = _order(route, value)
    breaks = _breaks(route, order, value)
    departure_s = _departure(choices, route, order, breaks, value)
    stops = [*route.head.facts, *_stops(choices, route, order, breaks, departure_s, value)]
    freed_s = stops[-1].end_s if order else value(route.begin)
    last = order[-1] if order else DEPOT
    back = choices.leg(route, last, DEPOT)
    return Route(
        shift=route.shift,
        departure_s=departure_s,
        end_s=_arrival(freed_s, back.travel_s, [b for b in breaks if b.before == len(stops)], wait=True),
        stops=tuple(stops),
        breaks=tuple(breaks),
        return_travel_s=back.travel_s,
        return_distance_m=back.distance_m,
        overnight=_amounts(route.overnight, value),
    )


def _breaks(route: RouteChoice, order: Sequence[int], value: Value) -> list[BreakTaken]:
    """Return the breaks that are taken; those before departure have no stop ahead of them."""
    n_facts = len(route.head.facts)
    ahead = {node: n_facts + position for position, node in enumerate([*order, DEPOT])}
    taken = []
    for choice in route.breaks:
        if value(choice.taken):
            gap = next((gap for gap, here in choice.in_gap.items() if value(here)), None)
            before = 0 if gap is None else ahead[gap]
            taken.append(BreakTaken(choice.rule.index, before, value(choice.start), value(choice.end)))
    return taken


def _departure(
    choices: Choices, route: RouteChoice, order: Sequence[int], breaks: Sequence[BreakTaken], value: Value
) -> int:
    """Return the recorded departure, or the latest that delays nothing. With reserves it counts, and is as decided."""
    if route.head.departed_s is not None:
        return route.head.departed_s
    chosen_s = value(route.departure)
    if len(choices.problem.reserves):
        return chosen_s
    underway = [b for b in breaks if b.before == 0 and b.start_s >= chosen_s]
    pause_s = sum(b.end_s - b.start_s for b in underway)
    latest_s = value(choices.begins(route, order[0])) - choices.leg(route, DEPOT, order[0]).travel_s - pause_s
    return min([latest_s, *(b.start_s for b in underway)])


def _stops(
    choices: Choices,
    route: RouteChoice,
    order: Sequence[int],
    breaks: Sequence[BreakTaken],
    departure_s: int,
    value: Value,
) -> list[Stop]:
    stops: list[Stop] = []
    at, freed_s = DEPOT, departure_s if route.head.begin_s is None else route.head.begin_s
    for node in order:
        position = len(route.head.facts) + len(stops)
        underway = [b for b in breaks if b.before == position and b.start_s >= freed_s]
        way = choices.leg(route, at, node)
        arrival_s = _arrival(freed_s, way.travel_s, underway, wait=False)
        start_s, end_s = value(choices.begins(route, node)), value(choices.freed(route, node))
        stop = Stop(NONE, arrival_s, start_s, end_s, way.travel_s, way.distance_m)
        stops.append(_with_parts(route, node, stop, value))
        at, freed_s = node, end_s
    return stops


def _with_parts(route: RouteChoice, node: int, stop: Stop, value: Value) -> Stop:
    """Say what is done at a stop, and how it gets or moves its parts."""
    if node not in route.stops:
        way = next(way for (visit, way), chosen in route.ways.items() if visit == node and value(chosen))
        return replace(stop, visit=node, sourcing=way)
    choice = route.stops[node]
    return replace(
        stop,
        location=choice.location,
        meeting=choice.meeting,
        loads=_amounts(choice.loads, value),
        tools=tuple(tool for tool, borrowed in choice.tools.items() if value(borrowed)),
        gives=_amounts(choice.gives, value),
    )


def _amounts(pieces: Mapping[int, IntVar], value: Value) -> tuple[tuple[int, int], ...]:
    return tuple((part, value(n)) for part, n in pieces.items() if value(n))


def _arrival(freed_s: int, travel_s: int, breaks: Sequence[BreakTaken], *, wait: bool) -> int:
    """Drive on at once, interrupted by breaks; ``wait`` for those that begin after the arrival too."""
    arrival_s = freed_s + travel_s
    for b in breaks:
        if b.start_s < arrival_s:
            arrival_s += b.end_s - b.start_s
        elif wait:
            arrival_s = b.end_s
    return arrival_s
