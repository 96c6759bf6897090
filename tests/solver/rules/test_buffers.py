"""Buffers: lateness is reckoned at the time that is not exceeded with a wanted probability."""

import math

import pytest

from solver.problem import Problem
from solver.rules.buffers import buffers_of, root
from solver.tables import build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Fact, Location, Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan, timed

HALF = Shift(travel_buffer_permille=500)
"""Drives of ten minutes may take five more."""

RATE = 1000


def due(after_s: int, place: int | None = None) -> Visit:
    return Visit(response=[(after_s, RATE)], place=place)


def test_the_buffer_of_a_first_drive_is_its_own_deviation() -> None:
    problem = make_problem([Visit()], shifts=[HALF])
    assert buffers_of(problem, timed(problem, [0])) == [(300, 300)]


def test_squares_of_drives_and_work_add_up_along_a_route() -> None:
    problem = make_problem([Visit(buffer_permille=1000), Visit()], shifts=[HALF])
    first, second = buffers_of(problem, timed(problem, [0, 1]))
    assert first == (300, math.ceil(math.hypot(300, 600)))
    assert second == (math.ceil(math.hypot(300, 600, 300)),) * 2


@pytest.mark.parametrize("square", [0, 1, 2, 3, 4, 5, 10**9, 10**18 - 1, 10**18, 10**18 + 1])
def test_the_root_is_rounded_up_exactly(square: int) -> None:
    assert root(square) == (0 if square == 0 else math.isqrt(square - 1) + 1)


@pytest.mark.parametrize(("due_s", "priced_s"), [(899, 1), (900, 0), (901, 0)])
def test_lateness_is_reckoned_with_the_buffer_to_the_second(due_s: int, priced_s: int) -> None:
    cost = plan(make_problem([due(due_s)], shifts=[HALF])).solution.cost_by_term
    assert (cost["response"], cost["buffer"]) == (0, priced_s * RATE)


def test_what_is_late_anyway_is_no_lack_of_buffer() -> None:
    cost = plan(make_problem([due(500)], shifts=[HALF])).solution.cost_by_term
    assert (cost["response"], cost["buffer"]) == (100 * RATE, 300 * RATE)


def test_completion_is_reckoned_with_the_work_too() -> None:
    visit = Visit(restore=[(1200, RATE)], buffer_permille=500)
    assert plan(make_problem([visit])).solution.cost_by_term["buffer"] == 300 * RATE


def test_downtime_is_reckoned_to_the_time_that_is_expected() -> None:
    visit = Visit(downtime_ticks_per_s=RATE, downtime_from_s=1300, buffer_permille=500)
    cost = plan(make_problem([visit], shifts=[HALF])).solution.cost_by_term
    assert (cost["downtime"], cost["buffer"]) == (0, 0)


@pytest.mark.parametrize(("to_s", "price"), [(899, 77), (900, 0)])
def test_a_promise_is_kept_if_the_buffer_lies_within_it(to_s: int, price: int) -> None:
    visit = Visit(promised=(0, to_s), retime_ticks=77)
    assert plan(make_problem([visit], shifts=[HALF])).solution.cost_by_term["retimed"] == price


@pytest.mark.parametrize(("last_s", "priced_s"), [(899, 1), (900, 0)])
def test_a_start_that_may_miss_its_last_window_is_planned_at_a_price(last_s: int, priced_s: int) -> None:
    visit = Visit(windows=[(0, 100), (200, last_s)], window_ticks_per_s=RATE)
    solution = plan(make_problem([visit], shifts=[HALF])).solution
    assert order(solution) == (0,)
    assert solution.cost_by_term["buffer"] == priced_s * RATE


def test_the_visit_that_needs_a_buffer_goes_first_where_it_pays() -> None:
    """The far one first costs more kilometres; without buffers it is in time as the second."""
    visits = [Visit(place=1, buffer_permille=1000), due(2000, place=2)]
    ways = {(0, 2): 1200, (2, 1): 700, (1, 0): 700}
    calm = [Visit(place=1), visits[1]]
    assert order(plan(make_problem(calm, travel_s=ways)).solution) == (0, 1)
    assert order(plan(make_problem(visits, travel_s=ways)).solution) == (1, 0)


@pytest.mark.parametrize(("drop_ticks", "planned"), [(10**6, ()), (10**9, (0,))])
def test_a_visit_is_left_out_where_its_lack_of_buffer_costs_more(drop_ticks: int, planned: tuple[int, ...]) -> None:
    visit = Visit(response=[(600, 10**5), (86_400, -(10**5))], drop_ticks=drop_ticks)
    result = plan(make_problem([visit], shifts=[HALF], horizon_s=600))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["price"]])


def test_facts_have_none_and_what_is_under_way_hands_its_own_on() -> None:
    shift = Shift(facts=[Fact(0, 600, 1200)], departed_s=0, head_buffer_s=400, travel_buffer_permille=500)
    problem = make_problem([due(0), Visit()], shifts=[shift])
    route = timed(problem, [1])
    assert buffers_of(problem, route) == [(0, 0), (500, 500)]


def test_handling_takes_as_long_as_it_takes_but_the_way_there_does_not() -> None:
    visit = Visit(parts={0: 1}, place=1)
    problem = make_problem(
        [visit],
        shifts=[HALF],
        locations=[Location(place=2, handling_s=900, openings=[(0, 36_000)], supplies=[(0, 0, 9)])],
    )
    route = plan(problem).solution.routes[0]
    first, second = (stop.travel_s // 2 for stop in route.stops)
    assert buffers_of(problem, route)[1].start_s == math.ceil(math.hypot(first, second))


def test_leaving_later_stops_where_a_buffer_would_be_lacking() -> None:
    visits = [Visit(windows=[(3000, 9000)], promised=(0, 4000), retime_ticks=10**6), Visit(windows=[(9000, 9000)])]
    shift = Shift(paid_from_departure=True, travel_buffer_permille=500)
    problem = make_problem(visits, shifts=[shift])
    assert timed(problem, [0, 1]).stops[0].start_s == 4000 - 300


def test_without_buffers_a_route_costs_what_it_did() -> None:
    def with_rate(rate: int) -> Problem:
        return make_problem([Visit(windows=[(0, 700)], window_ticks_per_s=rate)])

    without, priced = (build_tables(with_rate(rate)) for rate in (0, RATE))
    assert route_ticks(without, 0, [0]) == route_ticks(priced, 0, [0])
