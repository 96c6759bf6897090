"""Limits of a shift, and the sums along its route that they and the cost need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from solver.exact.variables import Choices, Linear, RouteChoice


def n_visits(route: RouteChoice) -> Linear:
    """Return the number of visits of a route, facts included."""
    return len(route.head.facts) + sum(route.serves.values())


def driving_s(choices: Choices, route: RouteChoice) -> Linear:
    """Return the seconds driven: head, decided legs, and the way straight back of a route of facts alone."""
    driven = sum(choices.leg(route, i, j).travel_s * follows for (i, j), follows in route.follows.items())
    straight_back = route.head.back.travel_s * (1 - route.used) if route.head.facts else 0
    return route.head.driving_s * route.exists + driven + straight_back


def work_s(choices: Choices, route: RouteChoice) -> Linear:
    """Return the seconds of service and handling that are decided."""
    served = sum(choices.service_s(route, v) * serves for v, serves in route.serves.items())
    return served + sum(stop.handling for stop in route.stops.values())


def distance_m(choices: Choices, route: RouteChoice) -> Linear:
    """Return the metres driven, as ``driving_s``."""
    driven = sum(choices.leg(route, i, j).distance_m * follows for (i, j), follows in route.follows.items())
    straight_back = route.head.back.distance_m * (1 - route.used) if route.head.facts else 0
    return route.head.distance_m * route.exists + driven + straight_back


def state_limits(choices: Choices) -> None:
    """Keep visits, driving, distance and duration of each route with a decision within the limits of its shift."""
    shifts = choices.problem.shifts
    for route in choices.routes:
        for total, limits in (
            (n_visits(route), shifts.max_visits),
            (driving_s(choices, route), shifts.max_driving_s),
            (distance_m(choices, route), shifts.max_distance_m),
            (route.end - route.departure, shifts.max_duration_s),
        ):
            limit = int(limits[route.shift])
            if limit != NONE:
                choices.model.add(total <= limit).only_enforce_if(route.used)
