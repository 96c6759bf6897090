"""Rules on who serves a visit: each visit once or not at all, qualities of the technician, pins."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from solver.exact.needs import borrowable, ranked_visits
from solver.exact.variables import DEPOT
from solver.problem import FREE, NONE, TERRITORY_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.exact.variables import Choices, RouteChoice
    from solver.problem import Problem


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


def lacks_skill(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether a skill or its level is missing."""
    return bool((problem.technicians.skill_level[technician] < problem.visits.skill_level[visit]).any())


def lacks_tool(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether a tool is missing that cannot be borrowed either."""
    within_reach = problem.technicians.has_tool[technician] | borrowable(problem, technician)
    return bool((problem.visits.needs_tool[visit] & ~within_reach).any())


def is_not_allowed(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether the technician is excluded, or others are required."""
    required = problem.visits.required[visit]
    return bool(problem.visits.excluded[visit, technician] or (required.any() and not required[technician]))


def is_away_from_home(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether the visit lies in a territory that is not a home territory of the technician."""
    territory = int(problem.visits.territory[visit])
    return territory != NONE and not problem.technicians.home_territory[technician, territory]


def is_outside_required_territory(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether the technician is away from home where home is required."""
    is_required = int(problem.visits.territory_rule[visit]) == TERRITORY_REQUIRED
    return is_required and is_away_from_home(problem, visit, technician)


_ON_PAIRS: tuple[Callable[[Problem, int, int], bool], ...] = (
    lacks_skill,
    lacks_tool,
    is_not_allowed,
    is_outside_required_territory,
)


def is_pinned_elsewhere(problem: Problem, visit: int, shift: int) -> bool:
    """Tell whether the visit is pinned to another technician or another shift."""
    visits = problem.visits
    if int(visits.pin_level[visit]) == FREE:
        return False
    technician, own = int(visits.pin_technician[visit]), int(problem.shifts.technician[shift])
    return technician not in (NONE, own) or int(visits.pin_shift[visit]) not in (NONE, shift)


def _forbidden_pairs(choices: Choices, route: RouteChoice) -> None:
    problem = choices.problem
    technician = int(problem.shifts.technician[route.shift])
    for visit, serves in route.serves.items():
        fails = any(rule(problem, visit, technician) for rule in _ON_PAIRS)
        if fails or is_pinned_elsewhere(problem, visit, route.shift):
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
