"""What a stop adds at least is never more than what it adds, whatever rules are on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from solver.columns import HANDLING, PLACE, RESTOCK_END, RESTOCK_FIRST
from solver.money import FORBIDDEN
from solver.problem import Problem
from solver.schedule import LABELS, service_s
from solver.search.detour import least_behind
from solver.search.floor import by_way_of, floor_ticks
from solver.search.insertion import _with_stop_at, best_place
from solver.search.state import FROM_PLACE, IDLE_S, LENGTH, NOT_KNOWN, TICKS, TO_PLACE, State, first_stage
from solver.search.trial import copy_with, simulate_trial
from solver.search.worker import Search
from solver.tables import Tables, build_tables
from tests.solver.builder import Location, Shift, Visit, make_problem
from tests.solver.search.calling import from_python, insertion_of
from tests.solver.search.standing import absent, loaded, parts_problems, problems, row_of, started

CASES = (*problems(31, 30), *parts_problems(31, 30))


def floor_of(tables: Tables, state: State, s: int, r: int, v: int, at: int, service: int) -> int:
    origin, to = state.gap[r, at, [FROM_PLACE, TO_PLACE]]
    by_s, _ = from_python(by_way_of)(tables, s, origin, tables.stop[v, PLACE], to)
    return int(from_python(floor_ticks)(tables, state, s, r, v, at, by_s, 0, service))


def lies(search: Search) -> Iterator[tuple[int, int, int]]:
    """Yield (visit, shift, position) where the floor is above the cost."""
    tables, state = search.ground.tables, search.state
    for s in range(len(tables.shift)):
        r = row_of(state, s)
        first = from_python(first_stage)(state.route, r)
        for v in absent(state):
            service = service_s(tables, s, v, int(tables.stop[v, HANDLING]))
            for at in range(int(state.row[r, LENGTH]) + 1):
                if state.stage[first + at, LABELS] == 0:
                    break
                floor = floor_of(tables, state, s, r, v, at, service)
                cost = from_python(_with_stop_at)(tables, state, s, r, v, at)
                if cost < FORBIDDEN and floor > cost:
                    yield v, s, at


@pytest.mark.parametrize("problem", CASES, ids=lambda _: "")
def test_the_floor_is_never_above_the_cost(problem: Problem) -> None:
    search = started(problem)
    for _ in range(3):
        assert list(lies(search)) == []
        search.step(20, 0.0, 0.5)


def lies_behind(search: Search) -> Iterator[tuple[int, int, int, int]]:
    """Yield (visit, restock, its position, position) where the floor behind a new restock is above the cost."""
    tables, state = search.ground.tables, search.state
    for s in range(len(tables.shift)):
        r = row_of(state, s)
        restocks = tables.row[tables.shift[s, RESTOCK_FIRST] : tables.shift[s, RESTOCK_END], 0].tolist()
        n = int(state.row[r, LENGTH])
        if n + 2 >= state.route.shape[1] or state.row[r, TICKS] >= FORBIDDEN:
            continue
        for v, d, d_at in product(absent(state), restocks, range(n + 1)):
            handling = int(tables.stop[d, HANDLING])
            floor = from_python(least_behind)(tables, state, s, r, v, d, d_at, n, handling, 0)
            trial = from_python(copy_with)(tables, state, r, d, d_at)
            from_python(simulate_trial)(tables, state, s, r, d_at)
            first = from_python(first_stage)(state.route, trial)
            for at in range(d_at + 1, n + 2):
                if state.stage[first + at, LABELS] == 0:
                    break
                cost = from_python(_with_stop_at)(tables, state, s, trial, v, at)
                if cost < FORBIDDEN and floor > cost:
                    yield v, d, d_at, at


@pytest.mark.parametrize("problem", parts_problems(33, 16, 6), ids=lambda _: "")
def test_the_floor_behind_a_new_restock_is_never_above_the_cost(problem: Problem) -> None:
    search = started(problem)
    for _ in range(3):
        assert list(lies_behind(search)) == []
        search.step(20, 0.0, 0.5)


def test_the_floor_behind_a_restock_counts_the_detours_and_the_work_of_both() -> None:
    problem = make_problem(
        [Visit(place=1), Visit(place=2, parts={0: 1})],
        shifts=[Shift(wage_ticks_per_s=2)],
        locations=[Location(place=3, handling_s=100, supplies=[(0, 0, 1)])],
    )
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    insertion = insertion_of(tables, state, 1, 0)
    r = row_of(state, 0)
    floors = [from_python(least_behind)(tables, state, 0, r, 1, 2, at, 1, 100, 0) for at in (0, 1)]
    assert insertion.restock == 2
    assert min(floors) == insertion.ticks + int(state.row[r, TICKS])


def test_where_it_is_not_known_what_is_paid_for_idle_nothing_is_ruled_out() -> None:
    problem = make_problem([Visit(place=1), Visit(place=2)])
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    r = row_of(state, 0)
    state.row[r, IDLE_S] = NOT_KNOWN
    assert floor_of(tables, state, 0, r, 1, 1, 60) == 0


def test_the_wage_of_a_stop_that_fits_into_no_idle_time_is_in_the_floor() -> None:
    problem = make_problem([Visit(place=1), Visit(place=2)], shifts=[Shift(wage_ticks_per_s=2)])
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    r = row_of(state, 0)
    floor = floor_of(tables, state, 0, r, 1, 1, service_s(tables, 0, 1, 0))
    assert floor == best_place_ticks(problem, 1)


def best_place_ticks(problem: Problem, visit: int, bound: int = FORBIDDEN) -> int:
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    return int(from_python(best_place)(tables, state, 0, row_of(state, 0), visit, 0, 1, bound)[0])


def test_what_is_ruled_out_by_its_floor_costs_no_less_than_is_said() -> None:
    problem = make_problem([Visit(place=1), Visit(place=2)], shifts=[Shift(wage_ticks_per_s=2)])
    exact = best_place_ticks(problem, 1)
    assert 0 < best_place_ticks(problem, 1, bound=1) <= exact
    assert best_place_ticks(problem, 1, bound=exact + 1) == exact
