"""What a stop adds at least is never more than what it adds, whatever rules are on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from solver.columns import HANDLING
from solver.money import FORBIDDEN
from solver.problem import Problem
from solver.schedule import LABELS, service_s
from solver.search.floor import floor_ticks
from solver.search.insertion import _with_stop_at, best_place
from solver.search.state import IDLE_S, LENGTH, NOT_KNOWN, first_stage
from solver.search.worker import Search
from solver.tables import build_tables
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.search.calling import from_python
from tests.solver.search.standing import absent, loaded, parts_problems, problems, row_of, started

CASES = (*problems(31, 30), *parts_problems(31, 30))


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
                floor = from_python(floor_ticks)(tables, state, s, r, v, at, 0, service, 0)
                cost = from_python(_with_stop_at)(tables, state, s, r, v, at)
                if cost < FORBIDDEN and floor > cost:
                    yield v, s, at


@pytest.mark.parametrize("problem", CASES, ids=lambda _: "")
def test_the_floor_is_never_above_the_cost(problem: Problem) -> None:
    search = started(problem)
    for _ in range(3):
        assert list(lies(search)) == []
        search.step(20, 0.0, 0.5)


def test_where_it_is_not_known_what_is_paid_for_idle_nothing_is_ruled_out() -> None:
    problem = make_problem([Visit(place=1), Visit(place=2)])
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    r = row_of(state, 0)
    state.row[r, IDLE_S] = NOT_KNOWN
    assert from_python(floor_ticks)(tables, state, 0, r, 1, 1, 0, 60, 0) == 0


def test_the_wage_of_a_stop_that_fits_into_no_idle_time_is_in_the_floor() -> None:
    problem = make_problem([Visit(place=1), Visit(place=2)], shifts=[Shift(wage_ticks_per_s=2)])
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0]])
    r = row_of(state, 0)
    floor = from_python(floor_ticks)(tables, state, 0, r, 1, 1, 0, service_s(tables, 0, 1, 0), 0)
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
