"""Time, price, check and write the routes that were found. Importing this loads the solver's kernels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dispatch_engine.model.plan import Cost
from dispatch_engine.planner.errors import PlanRejectedError
from dispatch_engine.planner.live.running import JudgedRoute, RunningPlan, known
from dispatch_engine.planner.money import amount, amounts
from dispatch_engine.planner.routes import RouteWriter
from solver.checker import check
from solver.objective import Objective
from solver.solution import Solution
from solver.timetable import timed_route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dispatch_engine.model.plan import Route, UnplannedCall
    from dispatch_engine.planner.live.ledgers import Ledgers
    from dispatch_engine.planner.live.succession import Succession
    from dispatch_engine.planner.translate import Translation
    from solver.checker import CheckReport
    from solver.checker.record import RouteRecord
    from solver.problem import Bools
    from solver.routing import Routing
    from solver.solution import Route as TimedRoute
    from solver.tables import Tables


@dataclass(frozen=True)
class Found:
    """Routes that were found, and the problem whose they are: ``routings`` has one for each shift."""

    translation: Translation
    tables: Tables
    routings: tuple[Routing, ...]
    ledgers: Ledgers


@dataclass(frozen=True)
class Priced:
    """Routes with their times and prices.

    ``kept`` are those of the plan before of which nothing has changed, by shift; ``new`` are the others with their
    ticks by term. ``left_out`` are the visits on no route.
    """

    kept: Mapping[int, JudgedRoute]
    new: Mapping[int, tuple[TimedRoute, Mapping[str, int]]]
    left_out: tuple[int, ...]
    solution: Solution


def nothing() -> None:
    """Do nothing."""


def priced(
    found: Found, objective: Objective, kept: Mapping[int, JudgedRoute], between: Callable[[], None] | None = None
) -> Priced:
    """Time and price what is not kept; ``between`` is called after each route, both when it is timed and priced."""
    problem, pause = found.translation.solver_problem, between or nothing
    others: dict[int, TimedRoute] = {}
    for s, routing in enumerate(found.routings):
        route = None if s in kept else timed_route(problem, found.tables, s, *routing)
        if route is not None and route.stops:
            others[s] = route
            pause()
    objective.expect(others.values())
    new: dict[int, tuple[TimedRoute, Mapping[str, int]]] = {}
    for s, route in others.items():
        new[s] = route, objective.route_by_term(route)
        pause()
    timed = {s: route.timed for s, route in kept.items()} | {s: route for s, (route, _) in new.items()}
    by_term = {s: route.by_term for s, route in kept.items()} | {s: ticks for s, (_, ticks) in new.items()}
    routes = tuple(timed[s] for s in sorted(timed))
    planned = {stop.visit for route in routes for stop in route.stops}
    left_out = tuple(v for v in range(problem.n_visits) if v not in planned)
    return Priced(kept, new, left_out, Solution(routes, left_out, objective.plan_by_term(by_term, timed, left_out)))


def checked(
    found: Found, solution: Solution, known: Mapping[int, RouteRecord], between: Callable[[], None] | None = None
) -> CheckReport:
    """Check the plan; routes that are ``known``, by shift, are not read again. ``between`` is called after each route.

    Raises
    ------
    PlanRejectedError
        It breaks a rule.
    """
    report = check(found.translation.solver_problem, solution, known, between)
    if not report.accepted:
        raise PlanRejectedError(report.violations)
    return report


def running_plan(
    found: Found,
    objective: Objective,
    routes: Priced,
    report: CheckReport,
    unplanned: Mapping[str, UnplannedCall],
    written: Mapping[tuple[str, str], Route],
    between: Callable[[], None] | None = None,
) -> RunningPlan:
    """Write what is new down. A route that reads as one that is ``written`` already is that object.

    ``between`` is called after each route.
    """
    writer = RouteWriter(found.translation.frame, objective)
    records = {record.shift: record for record in report.records}
    judged = dict(routes.kept)
    for s, (route, ticks) in routes.new.items():
        document = writer.route(route, records[s].figures)
        document = known(document, written.get((document.technician, document.shift)))
        judged[s] = JudgedRoute(route, ticks, records[s], document)
        if between is not None:
            between()
    documents = [judged[s].document for s in sorted(judged)]
    return RunningPlan(
        translation=found.translation,
        tables=found.tables,
        routings=found.routings,
        ledgers=found.ledgers,
        judged=judged,
        solution=routes.solution,
        report=report,
        routes={(each.technician, each.shift): each for each in documents},
        unplanned=unplanned,
        cost=Cost(total=amount(report.cost_ticks), by_term=amounts(report.cost_by_term)),
    )


def kept_routes(running: RunningPlan, succession: Succession, stands: Bools) -> dict[int, JudgedRoute]:
    """Return the routes of a running plan that are the same in a later state, by shift.

    Those are routes that have the same stops and ledger (``stands``, by shift), on a shift of which nothing has
    changed, with visits of which nothing has changed.
    """
    change = succession.change
    if change is None:
        return {}
    stand = stands.tolist()
    same = {s: route for s, route in running.judged.items() if stand[s] and s not in change.shifts}
    timed = {s: succession.route(route.timed) for s, route in same.items()}
    return {
        s: route if timed[s] is route.timed else replace(route, timed=timed[s])
        for s, route in same.items()
        if not change.calls or change.calls.isdisjoint([stop.visit for stop in timed[s].stops])
    }
