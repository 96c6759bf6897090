"""State the model, let CP-SAT solve it, and read the plan."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.errors import SolverError
from solver.exact.assignment import state_assignment
from solver.exact.buffers import buffers
from solver.exact.costs import cost_by_term
from solver.exact.limits import state_limits
from solver.exact.reading import read_routes
from solver.exact.supply import state_supply
from solver.exact.timing import state_timing
from solver.exact.variables import make_choices
from solver.solution import Solution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ortools.sat.python.cp_model import CpSolver

    from solver.exact.variables import Choices, Linear
    from solver.problem import Problem


@dataclass(frozen=True)
class ExactResult:
    """The best plan found, a proven lower bound on the cost of every plan, and whether the two meet."""

    solution: Solution
    bound_ticks: int
    optimal: bool


def solve_exact(
    problem: Problem,
    time_limit_s: float | None = None,
    work_limit: float | None = None,
    workers: int = 1,
    seed: int = 0,
    restocks: int = 2,
) -> ExactResult:
    """Solve a problem to proven optimality, or as far as the limits let it.

    Meant for about ten visits and three shifts; beyond that expect a plan and a gap.

    Parameters
    ----------
    problem
        What is to be planned; valid (``solver.validation``).
    time_limit_s
        Seconds for the search for the plan; None is without limit. With one too short, everything is unplanned.
    work_limit
        The same in CP-SAT's own measure of work, of which a processor does about one or two thirds in a second: with
        one thread the answer does not depend on the machine. None is without limit.
    workers
        Threads; with one the answer depends on the seed alone.
    seed
        Seed of the search.
    restocks
        How often a route may restock at one stock location; plans that do so more often are not considered.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    choices = make_choices(problem, model, restocks)
    choices = replace(choices, buffers=buffers(choices))
    state_assignment(choices)
    state_timing(choices)
    state_limits(choices)
    state_supply(choices)
    costs = cost_by_term(choices)
    model.minimize(sum(costs.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    # Conditional constraints in the linear relaxation: hundreds of times faster where lateness and travel interact.
    solver.parameters.linearization_level = 2
    # Without cuts, which take longer than they save here: twice as fast on the mean of small problems.
    solver.parameters.cut_level = 0
    if time_limit_s is not None:
        solver.parameters.max_time_in_seconds = time_limit_s
    if work_limit is not None:
        solver.parameters.max_deterministic_time = work_limit
    status = solver.solve(model)
    bound = solver.best_objective_bound
    if status == cp_model.OPTIMAL:
        solution = _solution(choices, costs, solver)
        return ExactResult(solution, solution.cost_ticks, optimal=True)
    if status == cp_model.FEASIBLE:
        _keep(choices, solver)
    else:
        _leave_all(choices)
    return ExactResult(_solution(choices, costs, _settled(choices)), math.floor(bound), optimal=False)


def _keep(choices: Choices, found: CpSolver) -> None:
    """Fix the routes, starts, sourcings, other stops and breaks that were found."""
    decided = [*choices.planned.values(), *choices.start.values()]
    for route in choices.routes:
        decided += [*route.follows.values(), *route.ways.values(), *route.overnight.values()]
        decided += [x for stop in route.stops.values() for x in stop.variables]
        decided += [x for choice in route.breaks for x in (choice.taken, choice.start, *choice.places)]
    for variable in decided:
        choices.model.add(variable == found.value(variable))


def _leave_all(choices: Choices) -> None:
    """Plan nothing."""
    for planned in choices.planned.values():
        choices.model.add(planned == 0)


def _settled(choices: Choices) -> CpSolver:
    """Make as cheap as it can be what is not fixed yet: departures, ends, and what follows from them."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(choices.model)
    if status != cp_model.OPTIMAL:
        raise SolverError(f"The exact model cannot time its own plan: {solver.status_name(status)}.")
    return solver


def _solution(choices: Choices, costs: Mapping[str, Linear], solver: CpSolver) -> Solution:
    return Solution(
        routes=read_routes(choices, solver.value),
        unplanned=tuple(v for v, planned in choices.planned.items() if not solver.value(planned)),
        cost_by_term={term: solver.value(ticks) for term, ticks in costs.items()},
    )
