"""Rules on restocks and meetings as stops: when they are made, how long they take, and that they are for something."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from solver.exact.stops import StopChoice
    from solver.exact.variables import Choices, RouteChoice


def state_stopping(choices: Choices) -> None:
    """State every rule of this page."""
    for route in choices.routes:
        for stop in route.stops.values():
            _made_for_something(choices, stop)
            _lines(choices, stop)
            if stop.meeting == NONE:
                _restock(choices, stop)
            else:
                _meeting(choices, stop)
        _copies_in_order(choices, route)


def _made_for_something(choices: Choices, stop: StopChoice) -> None:
    """Take on or hand over something where the stop is made, nothing where it is not."""
    model = choices.model
    moved = [*stop.loads.values(), *stop.gives.values(), *stop.tools.values()]
    model.add(sum(moved) >= stop.made)
    for pieces in moved:
        model.add(pieces == 0).only_enforce_if(~stop.made)
    model.add(stop.start == stop.idle_s).only_enforce_if(~stop.made)
    model.add(stop.end == stop.start + stop.handling)


def _lines(choices: Choices, stop: StopChoice) -> None:
    """Count a part as a line where any of it is taken on."""
    for part, loaded in stop.loads.items():
        choices.model.add(loaded >= 1).only_enforce_if(stop.lines[part])
        choices.model.add(loaded == 0).only_enforce_if(~stop.lines[part])


def _restock(choices: Choices, stop: StopChoice) -> None:
    """Handle for the fixed time and each line, all of it within one of the opening hours."""
    stock, model = choices.problem.stock, choices.model
    lines = sum([*stop.lines.values(), *stop.tools.values()])
    fixed_s, line_s = int(stock.handling_s[stop.location]), int(stock.line_s[stop.location])
    model.add(stop.handling == fixed_s * stop.made + line_s * lines)
    rows = (stock.opening_earliest_s.row(stop.location), stock.opening_latest_s.row(stop.location))
    hours = [(first_s, last_s, model.new_bool_var("open")) for first_s, last_s in zip(*rows, strict=True)]
    for first_s, last_s, within in hours:
        model.add(stop.start >= first_s).only_enforce_if(within)
        model.add(stop.end <= last_s).only_enforce_if(within)
    if hours:
        model.add(sum(within for _, _, within in hours) == stop.made)


def _meeting(choices: Choices, stop: StopChoice) -> None:
    """Begin exactly when the meeting does, for as long as it lasts, and give or take."""
    meetings, model = choices.problem.meetings, choices.model
    gives = model.new_bool_var("gives")
    for pieces in stop.gives.values():
        model.add(pieces == 0).only_enforce_if(~gives)
    for pieces in stop.loads.values():
        model.add(pieces == 0).only_enforce_if(gives)
    model.add(stop.start == int(meetings.at_s[stop.meeting])).only_enforce_if(stop.made)
    model.add(stop.handling == int(meetings.handling_s[stop.meeting]) * stop.made)


def _copies_in_order(choices: Choices, route: RouteChoice) -> None:
    """Make the first of several restocks at a location first: any other numbering is the same plan."""
    model, position = choices.model, route.position
    for (a, first), (b, second) in pairwise(route.stops.items()):
        if second.location == first.location != NONE:
            model.add_implication(second.made, first.made)
            model.add(position[a] < position[b]).only_enforce_if(second.made)
            model.add(first.end <= second.start).only_enforce_if(second.made)
