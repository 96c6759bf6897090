"""Lower bounds against proven optima."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from solver.bound.alike import groups_of
from solver.bound.column_generation import route_bound
from solver.bound.in_reach import parts_in_reach
from solver.bound.pricer import Pricer
from solver.bound.quick import lower_bound_ticks
from solver.columns import DROP, IS_FACT
from solver.params import BoundParams
from solver.stop import IterationLimit
from solver.tables import build_tables
from tests.properties.optima import exact_parts_trials, exact_trials

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.exact import ExactResult
    from solver.problem import Problem
    from solver.tables import Tables

Trials = tuple[tuple["Problem", "ExactResult"], ...]
FEW = BoundParams(spans=40, labels=4000)

both_kinds = pytest.mark.parametrize("trials", [exact_trials, exact_parts_trials])


def proven(trials: Callable[[], Trials]) -> list[tuple[Tables, int]]:
    found = [
        (parts_in_reach(problem, build_tables(problem)), exact.solution.cost_ticks)
        for problem, exact in trials()
        if exact.optimal
    ]
    assert len(found) > 150
    return found


@both_kinds
def test_no_proven_optimum_undercuts_the_quick_bound(trials: Callable[[], Trials]) -> None:
    for tables, optimum in proven(trials):
        assert lower_bound_ticks(tables) <= optimum


@both_kinds
def test_no_proven_optimum_undercuts_the_bound_by_routes(trials: Callable[[], Trials]) -> None:
    close = 0
    for tables, optimum in proven(trials):
        found = route_bound(tables, [], [], FEW, 1, IterationLimit(40), -(1 << 60))
        assert found.ticks <= optimum
        close += found.ticks >= optimum - abs(optimum) // 50
    assert close > len(proven(trials)) // 6


@both_kinds
def test_no_proven_optimum_undercuts_what_any_worths_prove(trials: Callable[[], Trials]) -> None:
    for number, (tables, optimum) in enumerate(proven(trials)):
        rng = np.random.default_rng(number)
        drop = np.where(tables.stop[: len(tables.pair), IS_FACT] == 0, tables.stop[: len(tables.pair), DROP], 0)
        worth = (drop * rng.random(len(drop)) ** 3).astype(np.int64)
        groups, pricer = groups_of(tables, lambda: False), Pricer(tables, FEW, lambda: False)
        assert groups is not None
        bound = int(worth.sum())
        for group in groups.rows:
            priced = pricer.price(group, worth, 0, 0)
            assert priced is not None
            bound += group.size * (group.idle_ticks + priced.least_ticks)
        assert bound <= optimum
