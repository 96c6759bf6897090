"""Rules on who serves a visit: each visit once or not at all, qualities of the technician, pins."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from solver.exact.needs import ranked_visits
from solver.exact.pairs import may_serve
from solver.exact.variables import DEPOT

if TYPE_CHECKING:
    from solver.exact.variables import Choices, RouteChoice


def state_assignment(choices: Choices) -> None:
    """State every rule of this page."""
    _each_visit_once(choices)
    for route in choices.routes:
        _one_circuit(choices, route)
        _forbidden_pairs(choices, route)
        _positions(choices, route)
        _ranks(choices, route)


def _each_visit_once(choices: Choices) -> None:
    for visit in choices.visits:
        choices.model.add(sum(route.serves[visit] for route in choices.routes) == choices.planned[visit])


def _one_circuit(choices: Choices, route: RouteChoice) -> None:
    """Let the nodes of a route follow each other; those not on it, and an unused shift, stay aside."""
    arcs = [(i + 1, j + 1, literal) for (i, j), literal in route.follows.items()]
    aside = [(node + 1, node + 1, ~literal) for node, literal in route.made.items()]
    choices.model.add_circuit([*arcs, *aside, (DEPOT + 1, DEPOT + 1, ~route.used)])


def _forbidden_pairs(choices: Choices, route: RouteChoice) -> None:
    for visit, serves in route.serves.items():
        if not may_serve(choices.problem, visit, route.shift):
            choices.model.add(serves == 0)


def _positions(choices: Choices, route: RouteChoice) -> None:
    """Give numbers to the nodes along the route, where their order matters."""
    for (i, j), follows in route.follows.items():
        if route.position and DEPOT not in (i, j):
            choices.model.add(route.position[j] == route.position[i] + 1).only_enforce_if(follows)


def _ranks(choices: Choices, route: RouteChoice) -> None:
    """Keep visits with a rank in their order along the route, whatever stands between."""
    for first, second in combinations(ranked_visits(choices.problem, route.shift), 2):
        both = (route.serves[first], route.serves[second])
        choices.model.add(route.position[first] < route.position[second]).only_enforce_if(*both)
