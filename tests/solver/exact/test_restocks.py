"""Restock stops: where, when, how long, and for what. Visit k is at place k + 1, technicians start at place 0."""

from __future__ import annotations

from typing import Any

import pytest

from solver.problem import NONE
from solver.solution import Solution, Stop
from tests.solver.builder import DROP_TICKS, Break, Fact, Location, Shift, Technician, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost

NEEDY = Visit(parts={0: 1})


def restocks(solution: Solution) -> list[Stop]:
    return [stop for route in solution.routes for stop in route.stops if stop.location != NONE]


def plan(*visits: Visit, location: Location | None = None, **shift: Any) -> Solution:
    place = Location(supplies=[(0, 0, 1)]) if location is None else location
    return best_plan(make_problem(visits, shifts=[Shift(**shift)], locations=[place]))


def test_a_route_fetches_a_part_that_the_van_lacks_before_its_first_visit() -> None:
    first, second = plan(NEEDY).routes[0].stops
    assert (first.location, first.visit, first.loads) == (0, NONE, ((0, 1),))
    assert second.visit == 0


def test_nothing_is_fetched_that_the_van_has() -> None:
    problem = make_problem([NEEDY], [Technician(stock={0: 1})], locations=[Location(supplies=[(0, 0, 1)])])
    assert restocks(best_plan(problem)) == []


def test_only_the_pieces_that_the_van_lacks_are_fetched() -> None:
    crew = [Technician(stock={0: 1})]
    problem = make_problem([Visit(parts={0: 3})], crew, locations=[Location(supplies=[(0, 0, 9)])])
    assert restocks(best_plan(problem))[0].loads == ((0, 2),)


def test_the_place_is_on_the_way_or_the_way_is_longer() -> None:
    location = Location(place=2, supplies=[(0, 0, 1)])
    solution = best_plan(make_problem([NEEDY], locations=[location]))
    assert [s.location for s in solution.routes[0].stops] == [0, NONE]
    assert cost(solution, "distance") == 2 * 2 * 6000


def test_a_part_cannot_be_used_before_it_is_fetched() -> None:
    visits = [Visit(parts={0: 1}, windows=[(0, 599)], place=0), Visit()]
    location = Location(place=1, supplies=[(0, 0, 1)])
    assert best_plan(make_problem(visits, locations=[location])).unplanned == (0,)


def test_the_order_counts_even_where_nothing_takes_time() -> None:
    visits = [Visit(place=0, service_s=0, parts={0: 1}), Visit(place=0, service_s=0, parts={1: 1})]
    locations = [Location(supplies=[(0, 0, 1)]), Location(supplies=[(1, 0, 1)])]
    loaded: set[tuple[int, int]] = set()
    for s in best_plan(make_problem(visits, locations=locations)).routes[0].stops:
        loaded |= set(s.loads)
        assert s.visit == NONE or (s.visit, 1) in loaded


def test_handling_takes_its_time_and_more_for_each_line() -> None:
    location = Location(handling_s=100, line_s=30, supplies=[(0, 0, 5), (1, 0, 5)], tools={0: 1})
    visit = Visit(parts={0: 3, 1: 1}, tools={0})
    fetched = restocks(plan(visit, location=location))[0]
    assert fetched.end_s - fetched.start_s == 100 + 3 * 30


@pytest.mark.parametrize(("hours", "start_s"), [([(0, 99), (700, 800)], 700), ([(0, 100)], 0), ([(50, 150)], 50)])
def test_handling_lies_within_one_of_the_opening_hours(hours: list[tuple[int, int]], start_s: int) -> None:
    location = Location(handling_s=100, openings=hours, supplies=[(0, 0, 1)])
    assert restocks(plan(NEEDY, location=location))[0].start_s == start_s


def test_handling_cannot_begin_in_one_opening_and_end_in_the_next() -> None:
    location = Location(handling_s=100, openings=[(0, 60), (61, 120)], supplies=[(0, 0, 1)])
    assert plan(NEEDY, location=location).unplanned == (0,)


def test_a_location_that_is_not_open_to_the_technician_is_of_no_use() -> None:
    location = Location(supplies=[(0, 0, 1)], closed_to={0})
    assert plan(NEEDY, location=location).unplanned == (0,)


def test_handling_is_working_time() -> None:
    location = Location(handling_s=100, supplies=[(0, 0, 1)])
    assert cost(plan(NEEDY, location=location), "wage") == 100 + 600 + 600 + 600
    assert plan(NEEDY, location=location, regular_end_s=1899).unplanned == (0,)
    overtime = plan(NEEDY, location=location, regular_end_s=1800, overtime_cap_s=900, overtime_ticks_per_s=2)
    assert cost(overtime, "overtime") == 200


def test_handling_counts_as_workload() -> None:
    shift = Shift(workload_target_s=0)
    location = Location(handling_s=100, supplies=[(0, 0, 1)])
    problem = make_problem([NEEDY], shifts=[shift], locations=[location], fairness=[(0, 1)])
    assert cost(best_plan(problem), "fairness") == 100 + 3 * 600


def test_a_restock_is_no_visit_to_limits_and_prices() -> None:
    solution = plan(NEEDY, max_visits=1, visit_ticks=50, fixed_ticks=7)
    assert solution.unplanned == ()
    assert cost(solution, "callout") == 57


def test_no_break_lies_inside_handling_but_one_lies_before_it() -> None:
    location = Location(place=1, handling_s=100, supplies=[(0, 0, 1)])
    solution = plan(NEEDY, location=location, breaks=[Break(600, 600, 300)])
    assert [(b.start_s, b.before) for b in solution.routes[0].breaks] == [(600, 0)]
    assert restocks(solution)[0].start_s == 900


def test_a_restock_follows_facts() -> None:
    shift = {"facts": [Fact(0, 700, 1500)], "departed_s": 50}
    location = Location(place=1, supplies=[(0, 0, 1)])
    solution = plan(Visit(), NEEDY, location=location, **shift)
    assert [s.visit for s in solution.routes[0].stops] == [0, NONE, 1]


def test_a_route_may_restock_at_different_places() -> None:
    locations = [Location(place=1, supplies=[(0, 0, 1)]), Location(place=2, supplies=[(1, 0, 1)])]
    solution = best_plan(make_problem([Visit(parts={0: 1, 1: 1}, place=3)], locations=locations))
    assert [s.location for s in solution.routes[0].stops] == [0, 1, NONE]


def test_a_route_may_restock_twice_at_a_place_for_a_delivery_in_between() -> None:
    visits = [Visit(place=0, parts={0: 1}, windows=[(0, 100)]), Visit(place=0, parts={0: 1})]
    location = Location(supplies=[(0, 0, 1), (0, 5000, 1)])
    assert [s.start_s for s in restocks(plan(*visits, location=location))] == [0, 5000]


def test_restocks_at_one_place_are_as_many_as_are_asked_for() -> None:
    visits = [Visit(place=0, parts={0: 1}, windows=[(1000 * k, 1000 * k)]) for k in range(2)]
    problem = make_problem(visits, locations=[Location(supplies=[(0, 0, 1), (0, 1000, 1)])])
    assert [len(best_plan(problem, restocks=n).unplanned) for n in (0, 1, 2)] == [2, 1, 0]


def test_a_detour_is_made_if_it_is_worth_its_price() -> None:
    location = Location(place=2, supplies=[(0, 0, 1)])
    detour_ticks = 4 * 600 * 11 + 600
    for drop_ticks, unplanned in ((detour_ticks - 1, (0,)), (detour_ticks + 1, ())):
        assert plan(Visit(parts={0: 1}, drop_ticks=drop_ticks), location=location).unplanned == unplanned


def test_a_production_stop_tips_the_choice_from_waiting_to_a_detour() -> None:
    near = Location(place=0, openings=[(20_000, 30_000)], supplies=[(0, 0, 1)])
    far = Location(place=3, supplies=[(0, 0, 1)])
    for rate, location in ((0, 0), (10, 1)):
        visit = Visit(parts={0: 1}, downtime_ticks_per_s=rate, drop_ticks=DROP_TICKS)
        shift = Shift(paid_from_departure=True)
        solution = best_plan(make_problem([visit], shifts=[shift], locations=[near, far]))
        assert [s.location for s in restocks(solution)] == [location]
