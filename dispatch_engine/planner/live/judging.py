"""Time, price, check and write the routes that were found. Importing this loads the solver's kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.plan import Cost
from dispatch_engine.planner.errors import PlanRejectedError
from dispatch_engine.planner.live.running import RunningPlan
from dispatch_engine.planner.money import amount, amounts
from dispatch_engine.planner.routes import RouteWriter
from dispatch_engine.planner.unplanned import unplanned_calls
from solver.checker import check
from solver.explain import why_unplanned
from solver.objective import Objective
from solver.solution import Solution
from solver.timetable import timed_route

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.model.plan import Route, UnplannedCall
    from dispatch_engine.planner.translate import Translation
    from solver.checker import CheckReport
    from solver.routing import Routing
    from solver.tables import Tables


def judged(
    translation: Translation, tables: Tables, routings: Sequence[Routing], earlier: RunningPlan | None
) -> RunningPlan:
    """Return the plan with these routes.

    Parameters
    ----------
    translation
        The problem.
    tables
        Laid out from it.
    routings
        The route of each shift.
    earlier
        The plan in effect so far: routes that did not change are its objects, and calls that it left out keep their
        reasons.

    Raises
    ------
    PlanRejectedError
        A route breaks a rule.
    """
    problem = translation.solver_problem
    objective = Objective(problem, tables)
    solution = _solution(objective, routings)
    report = check(problem, solution)
    if not report.accepted:
        raise PlanRejectedError(report.violations)
    return RunningPlan(
        translation=translation,
        objective=objective,
        routings=tuple(routings),
        solution=solution,
        report=report,
        routes=_routes(translation, objective, solution, report, {} if earlier is None else earlier.routes),
        unplanned=_unplanned(translation, tables, routings, solution, {} if earlier is None else earlier.unplanned),
        cost=Cost(total=amount(report.cost_ticks), by_term=amounts(report.cost_by_term)),
    )


def _solution(objective: Objective, routings: Sequence[Routing]) -> Solution:
    problem = objective.problem
    timed = (timed_route(problem, objective.tables, s, *routing) for s, routing in enumerate(routings))
    routes = tuple(route for route in timed if route is not None and route.stops)
    planned = {stop.visit for route in routes for stop in route.stops}
    unplanned = tuple(v for v in range(problem.n_visits) if v not in planned)
    return Solution(routes, unplanned, objective.cost_by_term(routes, unplanned))


def _routes(
    translation: Translation,
    objective: Objective,
    solution: Solution,
    report: CheckReport,
    earlier: Mapping[tuple[str, str], Route],
) -> dict[tuple[str, str], Route]:
    """Return the routes as documents; one that reads as it did is the earlier object."""
    writer = RouteWriter(translation.frame, objective)
    figures = {each.shift: each for each in report.figures}
    written = [writer.route(route, figures[route.shift]) for route in solution.routes]
    return {
        (route.technician, route.shift): _same(earlier.get((route.technician, route.shift)), route) for route in written
    }


def _same(earlier: Route | None, route: Route) -> Route:
    return earlier if earlier is not None and earlier == route else route


def _unplanned(
    translation: Translation,
    tables: Tables,
    routings: Sequence[Routing],
    solution: Solution,
    earlier: Mapping[str, UnplannedCall],
) -> dict[str, UnplannedCall]:
    """Return what is left out, with reasons: those of before, or proven now where a call was not left out before."""
    calls = translation.frame.problem.calls
    new = [v for v in solution.unplanned if calls[v].id not in earlier]
    why = why_unplanned(translation.solver_problem, tables, [routing.stops for routing in routings], new)
    proven = {each.call: each for each in unplanned_calls(translation, new, why, {})}
    return {calls[v].id: proven.get(calls[v].id) or earlier[calls[v].id] for v in solution.unplanned}
