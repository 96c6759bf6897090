"""Which stops of a route are ahead of which visits: what they take on can be used there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from solver.exact.needs import most_used

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.stops import StopChoice
    from solver.exact.variables import Choices, RouteChoice

    Ahead: TypeAlias = dict[tuple[int, int], IntVar]
    """By stop and visit: both are on the route, the stop first; false says nothing."""


def state_order(choices: Choices, route: RouteChoice) -> Ahead:
    """Create a literal for each stop and each visit to which it can bring something."""
    model, ahead = choices.model, {}
    for node, stop in route.stops.items():
        for visit in choices.visits:
            if not can_serve(choices, stop, visit):
                continue
            is_ahead = ahead[node, visit] = model.new_bool_var(f"on {route.shift} {node} is ahead of {visit}")
            model.add_implication(is_ahead, stop.made)
            model.add_implication(is_ahead, route.serves[visit])
            model.add(route.position[node] < route.position[visit]).only_enforce_if(is_ahead)
            model.add(stop.end <= choices.start[visit]).only_enforce_if(is_ahead)
    return ahead


def can_serve(choices: Choices, stop: StopChoice, visit: int) -> bool:
    """Tell whether a stop can take on a part or a tool that a visit needs."""
    most, needs_tool = most_used(choices.problem)[visit], choices.problem.visits.needs_tool[visit]
    return any(most[part] for part in stop.loads) or any(needs_tool[tool] for tool in stop.tools)
