"""The master looks only at columns that may be part of a better plan, the most promising first."""

from __future__ import annotations

from collections.abc import Callable

from solver.master import Columns, MasterLimits, incumbent_columns, recombine
from solver.problem import Problem
from solver.ranking import Ranking
from solver.routing import Column, Routing
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.search.standing import parts_problems, problems, started
from tests.solver.test_master import DEAR, columns_of, opposite

LIMITS = MasterLimits(seconds_left=None, deterministic_s=1.0, threads=1, seed=1)


def ranked(columns: Columns, routes: list[Routing], seconds_left: Callable[[], float | None]) -> list[Column]:
    return Ranking(columns, incumbent_columns(columns.problem, columns.tables, routes)).ranked(seconds_left)


def names(columns: list[Column]) -> list[tuple[int, tuple[int, ...]]]:
    return [(column.shift, column.stops) for column in columns]


def neighbours() -> Problem:
    """Return two technicians at one end of a road, a visit before their door and two at its other end."""
    shifts = [Shift(**DEAR), Shift(technician=1, **DEAR)]
    return make_problem([Visit(place=1), Visit(place=3), Visit(place=3)], shifts=shifts)


def test_columns_that_are_in_no_better_plan_are_left_out() -> None:
    columns = columns_of(opposite(), [(0, [1]), (0, [0, 1]), (1, [0])])
    found = names(ranked(columns, [Routing((0,)), Routing((1,))], lambda: None))
    assert found == [(0, (0, 1))]  # which costs just as much


def test_the_columns_of_a_better_plan_are_in() -> None:
    columns = columns_of(neighbours(), [(0, [1, 2]), (1, [0]), (1, [1])])
    found = names(ranked(columns, [Routing((0, 1)), Routing((2,))], lambda: None))
    assert {(0, (1, 2)), (1, (0,))} <= set(found)


def test_without_time_for_the_linear_program_the_shares_of_the_incumbent_rank() -> None:
    columns = columns_of(opposite(), [(0, [1]), (0, [0, 1]), (1, [0])])
    found = names(ranked(columns, [Routing((0,)), Routing((1,))], lambda: 0.0))
    assert found == [(0, (0, 1)), (0, (1,)), (1, (0,))]


def test_without_work_for_the_linear_program_the_shares_rank_just_so() -> None:
    columns = columns_of(opposite(), [(0, [1]), (0, [0, 1]), (1, [0])])
    incumbent = incumbent_columns(columns.problem, columns.tables, [Routing((0,)), Routing((1,))])
    found = names(Ranking(columns, incumbent, deterministic_s=0.0).ranked(lambda: None))
    assert found == [(0, (0, 1)), (0, (1,)), (1, (0,))]


def test_what_is_left_out_makes_no_plan_cheaper() -> None:
    for problem in (*problems(41, 8), *parts_problems(41, 8)):
        search = started(problem)
        routes = search.best_routes()
        search.step(60, 0.0, 0.2)
        columns = Columns(problem, search.ground.tables)
        columns.add(search.take_columns())
        kept = Columns(problem, search.ground.tables)
        kept.add(ranked(columns, routes, lambda: None))
        assert total(columns, recombine(columns, routes, 10_000, LIMITS)) == total(
            columns, recombine(kept, routes, 10_000, LIMITS)
        )


def total(columns: Columns, routes: list[Routing] | None) -> int:
    """Return what a choice costs to the thousandth, as the master sees it."""
    assert routes is not None
    chosen = incumbent_columns(columns.problem, columns.tables, routes)
    left_out = set(columns.drop_ticks) - {v for column in chosen for v in columns.visits(column)}
    return sum((c.ticks - columns.idle_ticks[c.shift]) // 18_000 for c in chosen) + sum(
        columns.drop_ticks[v] // 18_000 for v in left_out
    )
