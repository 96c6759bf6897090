"""Rules on room: after parts were taken on, what the van holds fits in it in each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.exact.needs import where
from solver.exact.variables import DEPOT
from solver.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.variables import Choices, Linear, RouteChoice


def state_room(choices: Choices) -> None:
    """State the rule for each route that can take on parts, and each measure in which its van has a limit."""
    for route in choices.routes:
        limits = choices.problem.stock.van_room[choices.problem.shifts.technician[route.shift]]
        takes_on = route.overnight or any(stop.loads for stop in route.stops.values())
        for measure in where(limits != NONE) if takes_on else ():
            _fits(choices, route, measure, int(limits[measure]))


def _fits(choices: Choices, route: RouteChoice, measure: int, limit: int) -> None:
    """Follow the size of what the van holds along the route; hold the limit after each stop that takes on parts."""
    model = choices.model
    held = _held(choices, route, measure)
    begin = _begin(choices, route, measure)
    if route.overnight:
        is_loaded = model.new_bool_var(f"loaded before {route.shift}")
        for pieces in route.overnight.values():
            model.add(pieces == 0).only_enforce_if(~is_loaded)
        model.add(begin <= limit).only_enforce_if(is_loaded)
    for (i, j), follows in route.follows.items():
        if j != DEPOT:
            before = begin if i == DEPOT else held[i]
            model.add(held[j] >= before + _change(choices, route, measure, j)).only_enforce_if(follows)
    for node, stop in route.stops.items():
        for line in stop.lines.values():
            model.add(held[node] <= limit).only_enforce_if(line)


def _held(choices: Choices, route: RouteChoice, measure: int) -> dict[int, IntVar]:
    """Create what the van holds at least after each node: no less than without all of its own pieces."""
    problem, technician = choices.problem, choices.problem.shifts.technician[route.shift]
    held, limit = (int(sizes[technician, measure]) for sizes in (problem.stock.van_held, problem.stock.van_room))
    lowest = held - int(problem.technicians.stock[technician] @ problem.stock.part_size[:, measure])
    return {n: choices.model.new_int_var(lowest, max(limit, held), f"held after {n}") for n in route.made}


def _begin(choices: Choices, route: RouteChoice, measure: int) -> Linear:
    stock = choices.problem.stock
    held = int(stock.van_held[choices.problem.shifts.technician[route.shift], measure])
    return held + sum(int(stock.part_size[part, measure]) * n for part, n in route.overnight.items())


def _change(choices: Choices, route: RouteChoice, measure: int, node: int) -> Linear:
    """Return the size of what is taken on at a node, less what is used or handed over there."""
    size = [int(n) for n in choices.problem.stock.part_size[:, measure]]
    if node in route.stops:
        stop = route.stops[node]
        taken = sum(size[part] * pieces for part, pieces in stop.loads.items())
        return taken - sum(size[part] * pieces for part, pieces in stop.gives.items())
    return -sum(n * choices.used(route, node, part) for part, n in enumerate(size) if n)
