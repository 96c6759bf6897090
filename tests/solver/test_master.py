"""The master chooses the cheapest combination of columns that covers each visit once and respects the vans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from solver.columns import DROP
from solver.master import Columns, MasterLimits, incumbent_columns, recombine
from solver.money import FORBIDDEN, TICKS_PER_MILLI
from solver.problem import Problem
from solver.search.worker import Column
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Fact, Shift, Technician, Visit, make_problem
from tests.solver.planning import near_and_far
from tests.solver.search.standing import problems, started

LIMITS = MasterLimits(seconds=None, deterministic_s=1.0, threads=1, seed=1)
DEAR: dict[str, Any] = {"wage_ticks_per_s": TICKS_PER_MILLI}
"""A thousandth of the currency unit a second, the finest difference that the master sees."""


def columns_of(problem: Problem, routes: Iterable[tuple[int, Sequence[int]]]) -> Columns:
    """Return columns of (shift, visits), priced."""
    tables = build_tables(problem)
    columns = Columns(problem, tables)
    columns.add(Column(s, tuple(visits), route_ticks(tables, s, visits)) for s, visits in routes)
    return columns


def combined(problem: Problem, incumbent: list[list[int]], pool: Iterable[tuple[int, Sequence[int]]]) -> object:
    """Return what comes of an incumbent and the columns of ``pool``."""
    return recombine(columns_of(problem, pool), incumbent, 1000, LIMITS)


def plan_ticks(problem: Problem, tables: Tables, routes: Sequence[Sequence[int]]) -> int:
    """Return the cost of a plan by its sequences."""
    out = set(range(problem.n_visits)) - problem.fact_visits - {v for visits in routes for v in visits}
    dropped = sum(int(tables.visit[v, DROP]) for v in out)
    return dropped + sum(route_ticks(tables, s, visits) for s, visits in enumerate(routes))


def opposite() -> Problem:
    """Return two technicians at the two ends of a road with a visit before the door of each."""
    shifts = [Shift(**DEAR), Shift(technician=1, start_place=3, end_place=3, **DEAR)]
    return make_problem([Visit(), Visit()], shifts=shifts)


def test_the_better_combination_is_chosen() -> None:
    assert combined(opposite(), [[1], [0]], [(0, [0]), (1, [1])]) == [[0], [1]]


def test_without_better_columns_the_incumbent_stays() -> None:
    assert combined(opposite(), [[0], [1]], [(0, [1]), (1, [0]), (0, [0, 1])]) == [[0], [1]]


def test_a_shift_drives_one_route_at_most_and_a_visit_is_served_once() -> None:
    problem = make_problem([Visit(drop_ticks=10**11), Visit(drop_ticks=10**11)], shifts=[Shift(**DEAR)])
    assert combined(problem, [[0]], [(0, [1]), (0, [0, 1])]) == [[0, 1]]
    assert combined(problem, [[0]], [(0, [1])]) in ([[0]], [[1]])


def test_a_visit_that_costs_more_than_leaving_it_out_is_left_out() -> None:
    cheap, dear = Visit(drop_ticks=TICKS_PER_MILLI * 100), Visit(place=1, drop_ticks=10**12)
    problem = make_problem([cheap, dear], shifts=[Shift(**DEAR)])
    assert combined(problem, [[0, 1]], [(0, [1])]) == [[1]]


@pytest.mark.parametrize(("stock", "planned"), [(2, 2), (1, 1)])
def test_two_shifts_of_a_technician_share_the_stock_of_one_van(stock: int, planned: int) -> None:
    visits = [Visit(parts={0: 1}, drop_ticks=10**12), Visit(parts={0: 1}, drop_ticks=10**12)]
    shifts = [Shift(**DEAR), Shift(start_s=50_000, regular_end_s=90_000, **DEAR)]
    problem = make_problem(visits, [Technician(stock={0: stock})], shifts)
    found = recombine(columns_of(problem, [(0, [1]), (1, [0]), (1, [1])]), [[0], []], 1000, LIMITS)
    assert found is not None
    assert sum(map(len, found)) == planned


def test_vans_of_two_technicians_are_counted_apart() -> None:
    visits = [Visit(parts={0: 1}, drop_ticks=10**12), Visit(parts={0: 1}, drop_ticks=10**12)]
    crew = [Technician(stock={0: 1}), Technician(stock={0: 1})]
    problem = make_problem(visits, crew, [Shift(**DEAR), Shift(technician=1, **DEAR)])
    assert combined(problem, [[0], []], [(1, [1])]) == [[0], [1]]


def test_facts_are_neither_covered_nor_left_out() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50, **DEAR)
    problem = make_problem([Visit(), Visit(drop_ticks=10**12)], shifts=[shift])
    assert combined(problem, [[]], [(0, [1])]) == [[1]]


def test_a_column_that_cannot_be_driven_is_not_chosen() -> None:
    problem = near_and_far(Visit(windows=[(0, 600)], drop_ticks=10**12))
    columns = columns_of(problem, [(1, [0])])
    assert [column.ticks for column in columns.by_set.values()] == [FORBIDDEN]
    assert recombine(columns, [[], []], 1000, LIMITS) == [[], []]


def test_what_comes_back_is_never_dearer_than_the_incumbent() -> None:
    better = 0
    for problem in problems(31, 12):
        search = started(problem)
        incumbent = search.best_routes()
        search.step(100, 0.0, 1.0)
        columns = Columns(problem, search.ground.tables)
        columns.add(search.take_columns())
        found = recombine(columns, incumbent, 1000, LIMITS)
        assert found is not None
        before, after = (plan_ticks(problem, search.ground.tables, routes) for routes in (incumbent, found))
        assert after < before + TICKS_PER_MILLI * (problem.n_shifts + problem.n_visits)
        better += after < before - TICKS_PER_MILLI
    assert better > 0


def test_without_any_effort_nothing_is_chosen_or_the_incumbent() -> None:
    limits = MasterLimits(seconds=None, deterministic_s=0.0, threads=1, seed=1)
    found = recombine(columns_of(opposite(), [(0, [1]), (1, [0])]), [[0], [1]], 1000, limits)
    assert found in (None, [[0], [1]])


def test_of_two_orders_of_the_same_visits_the_cheaper_column_stays() -> None:
    problem = make_problem([Visit(), Visit(), Visit()])
    columns = columns_of(problem, [(0, [1, 0, 2]), (0, [0, 1, 2]), (0, [2, 0, 1])])
    assert [column.visits for column in columns.by_set.values()] == [(0, 1, 2)]


def test_the_columns_of_least_reduced_cost_follow_those_of_the_incumbent() -> None:
    problem = opposite()
    columns = columns_of(problem, [(0, [1]), (0, [0, 1]), (1, [0])])
    incumbent = incumbent_columns(columns.tables, [[0], [1]])
    names = [(column.shift, column.visits) for column in columns.promising(incumbent, 1)]
    assert names == [(0, (0,)), (1, (1,)), (0, (0, 1))]
