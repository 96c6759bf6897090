"""Who may serve which visit at all: qualities of the technician, and pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.exact.needs import borrowable
from solver.problem import FREE, NONE, TERRITORY_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.problem import Problem


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


def may_serve(problem: Problem, visit: int, shift: int) -> bool:
    """Tell whether no rule keeps the technician of a shift from a visit, whatever else is decided."""
    technician = int(problem.shifts.technician[shift])
    fails = any(rule(problem, visit, technician) for rule in _ON_PAIRS)
    return not fails and not is_pinned_elsewhere(problem, visit, shift)
