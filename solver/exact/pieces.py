"""Rules on pieces of parts: what each visit uses was in the van, and nothing is taken on or given that is not.

What a visit uses comes from restocks and meetings ahead of it on its route, from the night's load, or from what the van
held before. ``Taken`` says how many pieces of a stop are for which visit; the rest needs no such flow.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from solver.exact.needs import most_used, where
from solver.problem import NONE

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.order import Ahead
    from solver.exact.variables import Choices, Linear, RouteChoice

    Taken: TypeAlias = dict[tuple[int, int], list[IntVar]]


def state_pieces(choices: Choices, ahead: dict[int, Ahead]) -> None:
    """State every rule of this page."""
    problem = choices.problem
    most = most_used(problem)
    from_van: dict[tuple[int, int], list[Linear]] = defaultdict(list)
    for route in choices.routes:
        technician = int(problem.shifts.technician[route.shift])
        taken = _taken(choices, route, ahead[route.shift])
        for part in where(most.sum(0) > 0):
            own = _own(choices, route, part, taken)
            given = [stop.gives[part] for stop in route.stops.values() if part in stop.gives]
            from_van[technician, part].append(own + sum(given))
    for (technician, part), pieces in from_van.items():
        choices.model.add(sum(pieces) <= int(problem.technicians.stock[technician, part]))
    _meetings_balance(choices)


def _taken(choices: Choices, route: RouteChoice, ahead: Ahead) -> Taken:
    """Let everything that a stop takes on be for visits after it; return what each visit gets, by visit and part."""
    model, most = choices.model, most_used(choices.problem)
    taken: Taken = defaultdict(list)
    for node, stop in route.stops.items():
        for part, loaded in stop.loads.items():
            flows = []
            for visit in (v for v in choices.visits if most[v, part]):
                flow = model.new_int_var(0, int(most[visit, part]), f"{part} from {node} for {visit}")
                model.add(flow <= int(most[visit, part]) * ahead[node, visit])
                taken[visit, part].append(flow)
                flows.append(flow)
            model.add(loaded == sum(flows))
    return taken


def _own(choices: Choices, route: RouteChoice, part: int, taken: Taken) -> Linear:
    """Return the pieces that a route uses of what the van held before any load."""
    used: list[Linear] = []
    for visit in choices.visits:
        uses, from_stops = choices.used(route, visit, part), taken.get((visit, part), [])
        if from_stops:
            choices.model.add(sum(from_stops) <= uses)
        used.append(uses - sum(from_stops))
    return sum(used) - _overnight(choices, route, part, sum(used))


def _overnight(choices: Choices, route: RouteChoice, part: int, used: Linear) -> Linear:
    """Return what is loaded in the night: all of it is used, and where any is, no more than the limit in all."""
    if part not in route.overnight:
        return 0
    model, loaded = choices.model, route.overnight[part]
    model.add(loaded <= used)
    limit = int(choices.problem.shifts.overnight_limit[route.shift, part])
    if limit != NONE:
        is_loaded = model.new_bool_var(f"{part} is loaded before {route.shift}")
        model.add(loaded == 0).only_enforce_if(~is_loaded)
        model.add(used <= limit).only_enforce_if(is_loaded)
    return loaded


def _meetings_balance(choices: Choices) -> None:
    """Take of each part at a meeting what is given there."""
    given: dict[tuple[int, int], list[IntVar]] = defaultdict(list)
    taken: dict[tuple[int, int], list[IntVar]] = defaultdict(list)
    for stop in (stop for route in choices.routes for stop in route.stops.values() if stop.meeting != NONE):
        for part, pieces in stop.gives.items():
            given[stop.meeting, part].append(pieces)
        for part, pieces in stop.loads.items():
            taken[stop.meeting, part].append(pieces)
    for at in given.keys() | taken.keys():
        choices.model.add(sum(given[at]) == sum(taken[at]))
