"""Rules on when: windows, travel between visits, the shift's end, and breaks in the gaps."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from solver.exact.limits import work_s
from solver.exact.variables import DEPOT
from solver.problem import START_FIXED

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.variables import BreakChoice, Choices, RouteChoice


def state_timing(choices: Choices) -> None:
    """State every rule of this page."""
    for visit in choices.visits:
        _start(choices, visit)
    for route in choices.routes:
        _legs(choices, route)
        _ends(choices, route)
        _idle_values(choices, route)
        _breaks_in_order(choices, route)
        for choice in route.breaks:
            _break_lies_somewhere(choices, route, choice)
            _break_is_due(choices, route, choice)
            _break_in_gap(choices, route, choice)
        _one_thing_at_a_time(choices, route)
        _work_fits(choices, route)


def _start(choices: Choices, visit: int) -> None:
    """Start in a window and after the release, or exactly when pinned; an unplanned visit has no start."""
    from ortools.sat.python import cp_model

    model, visits = choices.model, choices.problem.visits
    start, planned = choices.start[visit], choices.planned[visit]
    model.add(start == 0).only_enforce_if(~planned)
    if int(visits.pin_level[visit]) == START_FIXED:
        model.add(start == int(visits.pin_start_s[visit])).only_enforce_if(planned)
        return
    model.add(start >= int(visits.release_s[visit])).only_enforce_if(planned)
    windows = list(zip(visits.window_earliest_s.row(visit), visits.window_latest_s.row(visit), strict=True))
    if windows:
        allowed = cp_model.Domain.from_intervals(windows)
        model.add_linear_expression_in_domain(start, allowed).only_enforce_if(planned)


def _legs(choices: Choices, route: RouteChoice) -> None:
    """Reach the next stop or the end after travel and the breaks of the gap; drive only where there is a way."""
    model = choices.model
    for (i, j), follows in route.follows.items():
        way = choices.leg(route, i, j)
        if not way.is_open:
            model.add(follows == 0)
        spent_s = way.travel_s + route.pause(j)
        model.add(_reached(choices, route, j) >= choices.freed(route, i) + spent_s).only_enforce_if(follows)


def _reached(choices: Choices, route: RouteChoice, j: int) -> IntVar:
    """Return when the work at node j begins, or the route ends (DEPOT)."""
    return route.end if j == DEPOT else choices.begins(route, j)


def _ends(choices: Choices, route: RouteChoice) -> None:
    """End by the regular end and the overtime cap."""
    shifts = choices.problem.shifts
    latest_s = int(shifts.regular_end_s[route.shift] + shifts.overtime_cap_s[route.shift])
    choices.model.add(route.end <= latest_s).only_enforce_if(route.used)


def _idle_values(choices: Choices, route: RouteChoice) -> None:
    """Give a route on which nothing is decided its times: straight back after facts, no time at all without any."""
    model, head = choices.model, route.head
    back_s = head.back.travel_s if head.facts else 0
    model.add(route.end == route.begin + back_s).only_enforce_if(~route.used)
    if head.departed_s is None:
        model.add(route.departure == int(choices.problem.shifts.start_s[route.shift])).only_enforce_if(~route.used)


def _breaks_in_order(choices: Choices, route: RouteChoice) -> None:
    for first, second in pairwise(route.breaks):
        choices.model.add_implication(second.taken, first.taken)
        choices.model.add(second.start >= first.end).only_enforce_if(second.taken)


def _break_lies_somewhere(choices: Choices, route: RouteChoice, choice: BreakChoice) -> None:
    """Put a break that is taken into one place, and one that is not at its earliest start."""
    model, made = choices.model, route.made
    model.add(sum(choice.places) == choice.taken)
    model.add_implication(choice.taken, route.used)
    model.add(choice.start == choice.rule.earliest_s).only_enforce_if(~choice.taken)
    for gap, here in choice.in_gap.items():
        if gap != DEPOT:
            model.add_implication(here, made[gap])


def _break_is_due(choices: Choices, route: RouteChoice, choice: BreakChoice) -> None:
    """Leave a break out only on a route that ends by its latest start."""
    choices.model.add(route.end <= choice.rule.latest_s).only_enforce_if(route.used, ~choice.taken)


def _break_in_gap(choices: Choices, route: RouteChoice, choice: BreakChoice) -> None:
    """Take a break after what is before its gap, and be over before what is after it."""
    model = choices.model
    if choice.before_departure is not None:
        start_s = int(choices.problem.shifts.start_s[route.shift])
        model.add(choice.start >= start_s).only_enforce_if(choice.before_departure)
        model.add(choice.end <= route.departure).only_enforce_if(choice.before_departure)
    for (i, gap), follows in route.follows.items():
        if gap in choice.in_gap:
            here = (follows, choice.in_gap[gap])
            model.add(choice.start >= choices.freed(route, i)).only_enforce_if(*here)
            model.add(choice.end <= _reached(choices, route, gap)).only_enforce_if(*here)


def _one_thing_at_a_time(choices: Choices, route: RouteChoice) -> None:
    """Say again that services, handling and breaks do not overlap: implied by the rest, and a help to the proof."""
    model = choices.model
    services = [
        model.new_optional_fixed_size_interval_var(
            choices.start[v], choices.service_s(route, v), serves, f"{route.shift} at {v}"
        )
        for v, serves in route.serves.items()
    ]
    breaks = [
        model.new_optional_fixed_size_interval_var(choice.start, choice.rule.duration_s, choice.taken, "break")
        for choice in route.breaks
    ]
    handlings = [
        model.new_optional_interval_var(stop.start, stop.handling, stop.end, stop.made, f"{route.shift} restocks")
        for stop in route.stops.values()
    ]
    model.add_no_overlap([*services, *breaks, *handlings])


def _work_fits(choices: Choices, route: RouteChoice) -> None:
    """Say again that driving, work and breaks together take their time: implied, and a help to the proof."""
    driven = sum(choices.leg(route, i, j).travel_s * follows for (i, j), follows in route.follows.items())
    paused = sum(choice.rule.duration_s * here for choice in route.breaks for here in choice.in_gap.values())
    choices.model.add(route.end - route.begin >= driven + work_s(choices, route) + paused)
