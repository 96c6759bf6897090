"""One search: it repeats itself for the same seed, never loses its best plan, and adopts better ones."""

from __future__ import annotations

import pytest

from solver.search.state import longest_route
from solver.search.worker import Search
from solver.timetable import route_ticks
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import faults
from tests.solver.search.standing import PARAMS, best_solution, ground_of, parts_problems, problems, standing, started

CASES = (*problems(25, 12), *parts_problems(25, 28))


def orders(search: Search) -> list[list[int]]:
    """Return the stops of the best routes."""
    return [list(routing.stops) for routing in search.best_routes()]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_best_plan_is_valid_and_costs_what_the_search_says(number: int) -> None:
    search = started(CASES[number])
    search.step(100, 0.0, 1.0)
    solution = best_solution(CASES[number], search)
    assert faults(CASES[number], solution) == []
    assert solution.cost_ticks == search.best_ticks


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_same_seed_and_iterations_give_the_same_plan_in_one_slice_or_two_searches(number: int) -> None:
    one, other = started(CASES[number]), started(CASES[number])
    for search in (one, other):
        search.step(60, 0.0, 0.5)
        search.step(60, 0.5, 1.0)
    assert one.best_routes() == other.best_routes()
    assert standing(one.state) == standing(other.state)
    assert one.rng.tolist() == other.rng.tolist()
    assert one.take_columns() == other.take_columns()


def test_a_search_in_the_memory_of_another_finds_what_one_in_its_own_does() -> None:
    used = None
    for problem in CASES:
        ground = ground_of(problem)
        own, taken_over = (Search(ground, PARAMS, 3, 0, 100, state) for state in (None, used))
        for search in (own, taken_over):
            search.start([[]] * problem.n_shifts)
            search.step(60, 0.0, 1.0)
        assert own.best_routes() == taken_over.best_routes()
        assert own.best_ticks == taken_over.best_ticks
        assert own.take_columns() == taken_over.take_columns()
        used = taken_over.state


def test_another_seed_and_another_stream_search_differently() -> None:
    ground = ground_of(CASES[0])
    searches = [Search(ground, PARAMS, seed, stream, 100) for seed, stream in ((1, 0), (2, 0), (1, 1))]
    for search in searches:
        search.start([[]] * CASES[0].n_shifts)
        search.step(50, 0.0, 1.0)
    assert len({int(search.rng[0]) for search in searches}) == 3


def test_the_best_cost_never_rises() -> None:
    search, seen = started(CASES[1]), []
    for slice_ in range(20):
        seen.append(search.best_ticks)
        search.step(10, slice_ / 20, (slice_ + 1) / 20)
    assert seen == sorted(seen, reverse=True)


def test_a_search_starts_from_the_routes_it_is_given() -> None:
    problem = make_problem([Visit(), Visit(), Visit()])
    assert orders(started(problem, routes=[[2, 0, 1]])) == [[2, 0, 1]]


def test_what_is_not_given_is_put_in_and_what_cannot_be_is_left_out() -> None:
    problem = make_problem([Visit(), Visit(windows=[(0, 1)]), Visit()])
    assert sorted(orders(started(problem, routes=[[1, 2]]))[0]) == [0, 2]


def test_a_cheaper_plan_is_adopted_as_the_best() -> None:
    problem = make_problem([Visit(), Visit(), Visit()], shifts=[Shift(end_place=3)])
    search = started(problem, routes=[[2, 0, 1]])
    search.adopt([[0, 1, 2]])
    assert orders(search) == [[0, 1, 2]]
    assert search.best_ticks == route_ticks(search.ground.tables, 0, [0, 1, 2])


def test_a_dearer_plan_is_gone_on_from_but_not_kept_as_the_best() -> None:
    problem = make_problem([Visit(), Visit(), Visit()], shifts=[Shift(end_place=3)])
    search = started(problem, routes=[[0, 1, 2]])
    best = search.best_ticks
    search.adopt([[2, 0, 1]])
    assert standing(search.state) == [[2, 0, 1]]
    assert (orders(search), search.best_ticks) == ([[0, 1, 2]], best)
    search.step(50, 0.9, 1.0)
    assert search.best_ticks == best == route_ticks(search.ground.tables, 0, orders(search)[0])


def test_a_full_pool_makes_room_for_the_columns_to_come() -> None:
    search = started(CASES[2], pool=3)
    search.step(50, 0.0, 0.5)
    assert search.columns_kept == 3
    search.step(0, 0.5, 0.5)
    assert search.columns_kept == 2


@pytest.mark.parametrize(("max_visits", "longest"), [(-1, 3), (2, 2)])
def test_no_route_is_longer_than_the_shortest_visits_fill_the_longest_shift(max_visits: int, longest: int) -> None:
    visits = [Visit(service_s=s) for s in (1000, 2000, 3000, 4000)]
    shifts = [Shift(regular_end_s=5000, overtime_cap_s=1000, max_visits=max_visits)]
    assert longest_route(make_problem(visits, shifts=shifts)) == longest


def test_a_route_as_long_as_any_can_be_is_planned() -> None:
    visits = [Visit(place=0, service_s=1000) for _ in range(6)]
    search = started(make_problem(visits, shifts=[Shift(regular_end_s=5000)]))
    assert len(orders(search)[0]) == 5
