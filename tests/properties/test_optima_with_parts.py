"""The random problems in which parts are short: the checker accepts their optima, which use every way to get parts."""

from __future__ import annotations

from collections import Counter

import pytest

from solver.checker import check
from solver.exact import ExactResult
from solver.problem import NONE, Problem
from solver.solution import Stop
from tests.properties.optima import PARTS_COUNT, exact_parts_trials

Trials = tuple[tuple[Problem, ExactResult], ...]


@pytest.fixture(scope="module")
def solved() -> Trials:
    return exact_parts_trials()


def ways(problem: Problem, stop: Stop) -> list[str]:
    """Return how a stop gets or moves parts and tools."""
    found = {
        "restock": stop.location != NONE and bool(stop.loads),
        "tool": bool(stop.tools),
        "give": bool(stop.gives),
        "take": stop.meeting != NONE and bool(stop.loads),
        "courier": stop.sourcing != NONE and stop.sourcing in problem.sourcings.parcel_sourcing,
        "sourcing": stop.sourcing != NONE and stop.sourcing not in problem.sourcings.parcel_sourcing,
    }
    return [way for way, is_used in found.items() if is_used]


def test_nearly_all_are_solved_to_proven_optimality(solved: Trials) -> None:
    assert sum(exact.optimal for _, exact in solved) >= 0.95 * PARTS_COUNT


def test_the_checker_accepts_every_exact_plan_with_parts_to_the_unit(solved: Trials) -> None:
    reports = [check(problem, exact.solution) for problem, exact in solved]
    assert [[fault.message for fault in report.violations] for report in reports if report.violations] == []
    assert all(r.cost_by_term == e.solution.cost_by_term for r, (_, e) in zip(reports, solved, strict=True))


def test_every_way_to_get_parts_is_the_best_one_several_times(solved: Trials) -> None:
    routes = [(problem, route) for problem, exact in solved for route in exact.solution.routes]
    used = Counter(way for problem, route in routes for stop in route.stops for way in ways(problem, stop))
    used["night"] = sum(bool(route.overnight) for _, route in routes)
    wanted = ("restock", "tool", "give", "take", "courier", "sourcing", "night")
    assert {way: used[way] for way in wanted if used[way] < 3} == {}
