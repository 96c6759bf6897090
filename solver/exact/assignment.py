"""Rules on who serves a visit: each visit once or not at all, qualities of the technician, parts of the van, pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.exact.variables import DEPOT
from solver.problem import FREE, NONE, ORDER_FIXED, TERRITORY_REQUIRED

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
        _ranks(choices, route)
    _parts(choices)


def _each_visit_once(choices: Choices) -> None:
    for visit in choices.visits:
        choices.model.add(sum(route.serves[visit] for route in choices.routes) == choices.planned[visit])


def _one_circuit(choices: Choices, route: RouteChoice) -> None:
    """Let the visits of a route follow each other; those not on it, and an unused shift, stay aside."""
    arcs = [(i + 1, j + 1, literal) for (i, j), literal in route.follows.items()]
    aside = [(v + 1, v + 1, ~literal) for v, literal in route.serves.items()]
    choices.model.add_circuit([*arcs, *aside, (DEPOT + 1, DEPOT + 1, ~route.used)])


def lacks_skill(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether a skill or its level is missing."""
    return bool((problem.technicians.skill_level[technician] < problem.visits.skill_level[visit]).any())


def lacks_tool(problem: Problem, visit: int, technician: int) -> bool:
    """Tell whether a tool is missing."""
    return bool((problem.visits.needs_tool[visit] & ~problem.technicians.has_tool[technician]).any())


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


def _ranks(choices: Choices, route: RouteChoice) -> None:
    """Keep visits with a rank in their order along the route, whatever stands between."""
    visits = choices.problem.visits
    ranked = [v for v in choices.visits if visits.pin_level[v] >= ORDER_FIXED and visits.pin_rank[v] != NONE]
    ranked = [v for v in ranked if visits.pin_shift[v] == route.shift]
    if len(ranked) < 2:
        return
    model = choices.model
    position = {v: model.new_int_var(0, len(choices.visits), f"position of {v}") for v in choices.visits}
    for (i, j), follows in route.follows.items():
        if DEPOT not in (i, j):
            model.add(position[j] == position[i] + 1).only_enforce_if(follows)
    ranked.sort(key=lambda v: int(visits.pin_rank[v]))
    for k, first in enumerate(ranked):
        for second in ranked[k + 1 :]:
            both = (route.serves[first], route.serves[second])
            model.add(position[first] < position[second]).only_enforce_if(*both)


def _parts(choices: Choices) -> None:
    """Let all routes of a technician together use no more of a part than the van holds."""
    problem = choices.problem
    for technician, part in np.ndindex(problem.technicians.stock.shape):
        used = sum(
            int(problem.visits.parts[visit, part]) * serves
            for route in choices.routes
            if problem.shifts.technician[route.shift] == technician
            for visit, serves in route.serves.items()
        )
        choices.model.add(used <= int(problem.technicians.stock[technician, part]))
