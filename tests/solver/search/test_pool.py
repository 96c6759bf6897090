"""The pool keeps of each set of visits on a shift the cheapest order."""

from __future__ import annotations

from collections.abc import Sequence

from solver.problem import Problem
from solver.reserving import free_by_shift
from solver.search.pool import Pool, add_route, empty, keep_later_half, new_pool
from solver.search.state import POOL_USED, POOLED, State
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Location, Shift, Technician, Visit, make_problem
from tests.solver.search.calling import from_python
from tests.solver.search.standing import (
    loaded,
    needed,
    parts_problems,
    problems,
    problems_with_reserves,
    started,
    taken,
)
from tests.solver.search.supplied import restock


class Filling:
    """A pool for three visits and two shifts, filled route by route."""

    def __init__(self, capacity: int = 10, problem: Problem | None = None) -> None:
        two_shifts = [Shift(), Shift(technician=1)]
        self.problem: Problem = problem or make_problem([Visit(), Visit(), Visit()], shifts=two_shifts)
        self.tables: Tables = build_tables(self.problem)
        self.pool: Pool = new_pool(len(self.tables.stop), 2, capacity, 7)
        self.state: State = loaded(self.problem, self.tables, [[], []])

    def add(self, visits: Sequence[int], shift: int = 0) -> None:
        pooled, used = self.state.counter[POOLED], self.state.counter[POOL_USED]
        routes: list[Sequence[int]] = [[], []]
        routes[shift] = visits
        self.state = loaded(self.problem, self.tables, routes)
        self.state.counter[POOLED], self.state.counter[POOL_USED] = pooled, used
        from_python(add_route)(self.pool, self.state, shift)

    def columns(self) -> list[tuple[int, list[int], int]]:
        pool, count = self.pool, int(self.state.counter[POOLED])
        routes = [pool.content[pool.first[c] : pool.first[c] + pool.length[c]].tolist() for c in range(count)]
        return [(int(pool.shift[c]), routes[c], int(pool.ticks[c])) for c in range(count)]


def test_of_two_orders_of_the_same_visits_the_cheaper_stays() -> None:
    filling = Filling()
    dear, cheap = [1, 0, 2], [0, 1, 2]
    for visits in (dear, cheap, dear):
        filling.add(visits)
    assert filling.columns() == [(0, cheap, route_ticks(filling.tables, 0, cheap))]
    assert route_ticks(filling.tables, 0, cheap) < route_ticks(filling.tables, 0, dear)


def test_other_visits_and_other_shifts_are_other_columns() -> None:
    filling = Filling()
    for visits, shift in (([0], 0), ([0], 1), ([0, 1], 0), ([0, 1], 0)):
        filling.add(visits, shift)
    assert [(shift, visits) for shift, visits, _ in filling.columns()] == [(0, [0]), (1, [0]), (0, [0, 1])]


def test_two_restocks_at_one_place_and_two_at_another_are_other_columns() -> None:
    crew, visits = [Technician(room={0: 1}), Technician()], [Visit(parts={0: 1}), Visit(parts={0: 1})]
    locations = [Location(supplies=[(0, 0, 2)]), Location(place=2, supplies=[(0, 0, 2)])]
    shifts = [Shift(), Shift(technician=1)]
    filling = Filling(problem=make_problem(visits, crew, shifts, locations=locations, part_sizes={0: (1,)}))
    here, there = (restock(filling.problem, location) for location in range(2))
    routes = [[here, 0, here, 1], [there, 0, there, 1]]
    for stops in routes:
        filling.add(stops)
    assert [stops for _, stops, _ in filling.columns()] == routes


def test_an_empty_route_is_no_column() -> None:
    filling = Filling()
    filling.add([])
    assert filling.columns() == []


def test_a_full_pool_takes_no_new_sets_but_still_cheaper_orders() -> None:
    filling = Filling(capacity=1)
    for visits in ([1, 0, 2], [2], [0, 1, 2]):
        filling.add(visits)
    assert [visits for _, visits, _ in filling.columns()] == [[0, 1, 2]]


def test_an_emptied_pool_forgets_what_it_held() -> None:
    filling = Filling()
    filling.add([0, 1])
    empty(filling.pool, filling.state)
    assert filling.columns() == []
    filling.add([1, 0])
    assert [visits for _, visits, _ in filling.columns()] == [[1, 0]]


def test_a_pool_that_gets_too_full_keeps_what_was_found_last_and_knows_it_again() -> None:
    filling = Filling()
    sets = [([0], 0), ([1], 0), ([0, 2], 1), ([1, 0, 2], 0), ([1, 2], 1)]
    for visits, shift in sets:
        filling.add(visits, shift)
    keep_later_half(filling.pool, filling.state)
    left = [(shift, visits) for visits, shift in sets[2:]]
    assert [(shift, visits) for shift, visits, _ in filling.columns()] == left
    for visits, shift in [*sets[2:], ([0], 0)]:
        filling.add(visits, shift)
    assert [(shift, visits) for shift, visits, _ in filling.columns()] == [*left, (0, [0])]


def test_a_search_whose_pool_gets_too_full_still_has_columns_as_they_are() -> None:
    for problem in parts_problems(29, 10):
        search = started(problem, pool=8)
        for _ in range(20):
            search.step(20, 0.0, 0.5)
        for column in search.take_columns():
            assert column.ticks == route_ticks(search.ground.tables, column.shift, *column.routing)
            assert needed(search.ground.tables, column.routing) == taken(problem, column.routing)


def test_a_search_whose_pool_gets_too_full_still_knows_how_long_columns_are_free() -> None:
    for problem in problems_with_reserves(31, 10):
        search = started(problem, pool=8)
        for _ in range(20):
            search.step(20, 0.0, 0.5)
        for column in search.take_columns():
            free = free_by_shift(problem, search.ground.tables, {column.shift: column.routing})
            assert column.free_s == free[column.shift]


def test_every_column_of_a_search_is_feasible_priced_supplied_and_of_stops_of_its_own() -> None:
    for problem in (*problems(23, 10), *parts_problems(23, 30)):
        search = started(problem)
        search.step(200, 0.0, 1.0)
        columns = search.take_columns()
        assert len({(c.shift, *sorted(c.stops)) for c in columns}) == len(columns)
        for column in columns:
            assert column.ticks == route_ticks(search.ground.tables, column.shift, *column.routing)
            assert needed(search.ground.tables, column.routing) == taken(problem, column.routing)
        assert search.take_columns() == []
