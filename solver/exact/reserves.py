"""Reserves: for how long each route leaves its technician free in an interval, as linear expressions.

What is not free of an interval is what is busy until its end and was not until its beginning. Busy until an instant
are the works, breaks and drives begun before it, each as far as it has come by then. A drive has come as far as the
time since the stop before allows, the breaks of its gap left out: it begins at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.exact.variables import DEPOT

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar

    from solver.exact.variables import BreakChoice, Choices, Linear, RouteChoice

_VAST = 1 << 32


def missing_s(choices: Choices, reserve: int) -> Linear:
    """Return the missing seconds of a reserve."""
    problem, model = choices.problem, choices.model
    counts = problem.reserves.counts[reserve]
    kept = sum(
        _free_s(choices, route, reserve) for route in choices.routes if counts[problem.shifts.technician[route.shift]]
    )
    missing = model.new_int_var(0, _VAST, f"missing of reserve {reserve}")
    model.add_max_equality(missing, [0, int(problem.reserves.wanted_s[reserve]) - kept])
    return missing


def _free_s(choices: Choices, route: RouteChoice, reserve: int) -> Linear:
    """Return for how long a route is free within the regular hours and the interval of a reserve."""
    shifts, reserves, head = choices.problem.shifts, choices.problem.reserves, route.head
    begin_s = int(shifts.start_s[route.shift]) if head.begin_s is None else head.begin_s
    from_s = max(int(reserves.from_s[reserve]), begin_s)
    until_s = min(int(reserves.until_s[reserve]), int(shifts.regular_end_s[route.shift]))
    if from_s >= until_s:
        return 0
    return until_s - from_s - _busy_until(choices, route, until_s) + _busy_until(choices, route, from_s)


def _busy_until(choices: Choices, route: RouteChoice, at_s: int) -> Linear:
    """Return for how long a route has been busy by an instant."""
    rested = {choice.rule.index: _rested_s(choices, choice, at_s) for choice in route.breaks}
    busy: Linear = sum(rested.values())
    for v, serves in route.serves.items():
        worked = _come(choices, choices.start[v], choices.service_s(route, v), at_s)
        busy += _if(choices, serves, worked)
    for stop in route.stops.values():
        busy += _if(choices, stop.made, _come(choices, stop.start, stop.handling, at_s))
    for gap in [*route.made, DEPOT]:
        busy += _driven_s(choices, route, gap, rested, at_s)
    if route.head.facts:
        back_s = min(max(0, at_s - (route.head.begin_s or 0)), route.head.back.travel_s)
        busy += back_s * (1 - route.used)
    return busy


def _rested_s(choices: Choices, choice: BreakChoice, at_s: int) -> IntVar:
    return _if(choices, choice.taken, _come(choices, choice.start, choice.rule.duration_s, at_s))


def _driven_s(choices: Choices, route: RouteChoice, gap: int, rested: dict[int, IntVar], at_s: int) -> Linear:
    """Return how far the drive of the gap before a node, or before the end (DEPOT), has come by an instant."""
    model = choices.model
    into = [(i, follows) for (i, j), follows in route.follows.items() if j == gap]
    leg_s = sum(choices.leg(route, i, gap).travel_s * follows for i, follows in into)
    since = model.new_int_var(0, _VAST, f"begin of the gap before {gap} on {route.shift}")
    for i, follows in into:
        model.add(since == choices.freed(route, i)).only_enforce_if(follows)
    pause = sum(
        _if(choices, choice.in_gap[gap], rested[choice.rule.index]) for choice in route.breaks if gap in choice.in_gap
    )
    return _come(choices, since, leg_s, at_s - pause)


def _come(choices: Choices, since: Linear, takes_s: Linear, at: Linear) -> IntVar:
    """Return how much is done by an instant of what begins at another and takes so long."""
    model = choices.model
    least, come = model.new_int_var(-_VAST, _VAST, "begun"), model.new_int_var(0, _VAST, "come")
    model.add_min_equality(least, [takes_s, at - since])
    model.add_max_equality(come, [0, least])
    return come


def _if(choices: Choices, chosen: IntVar, seconds: IntVar) -> IntVar:
    """Return the seconds where something is chosen, else 0."""
    counted = choices.model.new_int_var(0, _VAST, "counted")
    choices.model.add(counted == seconds).only_enforce_if(chosen)
    choices.model.add(counted == 0).only_enforce_if(~chosen)
    return counted
