"""Given the orders of a proven optimum, the schedule pass nearly always finds its timing, and never a cheaper one."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from solver.exact import ExactResult
from solver.objective import Objective
from solver.problem import Problem
from solver.tables import build_tables
from solver.timetable import timed_route
from tests.properties.optima import exact_trials

SHARE_OF_CHEAPEST = 0.98


class Timing(NamedTuple):
    """A route's cost in ticks as the exact model times it and as the schedule pass does (None: infeasible to it)."""

    case: int
    shift: int
    exact_ticks: int
    schedule_ticks: int | None


@pytest.fixture(scope="module")
def timings() -> list[Timing]:
    return [
        timing for case, (problem, exact) in enumerate(exact_trials()) for timing in timings_of(case, problem, exact)
    ]


def timings_of(case: int, problem: Problem, exact: ExactResult) -> list[Timing]:
    tables = build_tables(problem)
    objective = Objective(problem, tables)
    found = []
    for route in exact.solution.routes if exact.optimal else ():
        timed = timed_route(problem, tables, route.shift, route.visits)
        ticks = None if timed is None else sum(objective.route_by_term(timed).values())
        found.append(Timing(case, route.shift, sum(objective.route_by_term(route).values()), ticks))
    return found


def test_the_schedule_pass_is_never_cheaper_than_the_optimum(timings: list[Timing]) -> None:
    cheaper = [t for t in timings if t.schedule_ticks is not None and t.schedule_ticks < t.exact_ticks]
    assert cheaper == []


def test_the_schedule_pass_times_nearly_all_routes_as_cheaply_as_the_optimum(timings: list[Timing]) -> None:
    dearer = [t for t in timings if t.schedule_ticks is None or t.schedule_ticks > t.exact_ticks]
    assert len(dearer) <= (1 - SHARE_OF_CHEAPEST) * len(timings), dearer
