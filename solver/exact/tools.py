"""Rules on tools that are borrowed: at a stop ahead of a visit that needs them, and no more than a location lends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.exact.needs import where

if TYPE_CHECKING:
    from solver.exact.order import Ahead
    from solver.exact.stops import StopChoice
    from solver.exact.variables import Choices, RouteChoice


def state_tools(choices: Choices, ahead: dict[int, Ahead]) -> None:
    """State every rule of this page."""
    for route in choices.routes:
        for visit in choices.visits:
            for tool in where(choices.problem.visits.needs_tool[visit]):
                _is_at_hand(choices, route, ahead[route.shift], visit, tool)
        for node, stop in route.stops.items():
            _are_needed(choices, ahead[route.shift], node, stop)
    _are_lent(choices)


def _is_at_hand(choices: Choices, route: RouteChoice, ahead: Ahead, visit: int, tool: int) -> None:
    """Serve a visit for which the technician lacks a tool only after a stop that borrowed it."""
    problem, model = choices.problem, choices.model
    if problem.technicians.has_tool[problem.shifts.technician[route.shift], tool]:
        return
    brought = []
    for node, stop in route.stops.items():
        if tool in stop.tools:
            brings = model.new_bool_var(f"{node} brings {tool} for {visit}")
            model.add_implication(brings, stop.tools[tool])
            model.add_implication(brings, ahead[node, visit])
            brought.append(brings)
    if brought:
        model.add(sum(brought) >= route.serves[visit])


def _are_needed(choices: Choices, ahead: Ahead, node: int, stop: StopChoice) -> None:
    """Borrow only what a visit after the stop needs."""
    needs_tool = choices.problem.visits.needs_tool
    for tool, borrowed in stop.tools.items():
        needing = [ahead[node, visit] for visit in choices.visits if needs_tool[visit, tool]]
        choices.model.add(sum(needing) >= borrowed)


def _are_lent(choices: Choices) -> None:
    tools = choices.problem.stock.tools
    for location, tool in np.argwhere(tools > 0):
        stops = (stop for route in choices.routes for stop in route.stops.values())
        borrowed = [stop.tools[tool] for stop in stops if stop.location == location and tool in stop.tools]
        if borrowed:
            choices.model.add(sum(borrowed) <= int(tools[location, tool]))
