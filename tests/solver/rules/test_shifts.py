"""Shifts: where a route starts and ends, and several working periods of one technician."""

import pytest

from solver.problem import NONE
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan, starts

DAY_S = 86_400
MONDAY = Shift(start_s=0, regular_end_s=1_800)
TUESDAY = Shift(start_s=DAY_S, regular_end_s=DAY_S + 1_800)
"""Each has just room for the visit at place 1, 600 s away."""

AT_1 = Visit(place=1)


def test_a_route_starts_and_ends_where_the_shift_says() -> None:
    route = plan(make_problem([Visit(place=1)], shifts=[Shift(start_place=0, end_place=3)])).solution.routes[0]
    assert (route.stops[0].travel_s, route.return_travel_s, route.end_s) == (600, 1200, 2400)


def test_an_end_place_turns_the_order_round() -> None:
    visits = [Visit(place=1), Visit(place=2)]
    assert order(plan(make_problem(visits, shifts=[Shift(start_place=0, end_place=3)])).solution) == (0, 1)
    assert order(plan(make_problem(visits, shifts=[Shift(start_place=3, end_place=0)])).solution) == (1, 0)


@pytest.mark.parametrize(("regular_end_s", "planned"), [(1200, (0,)), (1199, ())])
def test_an_open_end_is_where_the_last_visit_is_completed(regular_end_s: int, planned: tuple[int, ...]) -> None:
    result = plan(make_problem([AT_1], shifts=[Shift(end_place=NONE, regular_end_s=regular_end_s)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["shift"]])


def test_an_open_end_has_no_way_back_to_pay_for() -> None:
    assert plan(make_problem([AT_1], shifts=[Shift(end_place=NONE)])).solution.cost_by_term["distance"] == 6000


def test_what_one_day_has_no_room_for_is_done_on_another() -> None:
    solution = plan(make_problem([AT_1, AT_1], shifts=[MONDAY, TUESDAY], horizon_s=2 * DAY_S)).solution
    assert sorted(starts(solution).values()) == [600, DAY_S + 600]


@pytest.mark.parametrize(("window", "shift"), [((0, 600), 0), ((601, DAY_S + 600), 1)])
def test_a_window_decides_the_day(window: tuple[int, int], shift: int) -> None:
    visit = Visit(place=1, windows=[window])
    solution = plan(make_problem([visit], shifts=[MONDAY, TUESDAY], horizon_s=2 * DAY_S)).solution
    assert order(solution, shift) == (0,)


def test_what_no_day_has_room_for_is_left_out_for_the_rule_of_each() -> None:
    result = plan(make_problem([AT_1, AT_1, AT_1], shifts=[MONDAY, TUESDAY], horizon_s=2 * DAY_S))
    (left_out,) = result.solution.unplanned
    assert codes(result, left_out) == ["capacity", "capacity"]
    late = plan(make_problem([Visit(place=1, windows=[(601, DAY_S + 599)])], shifts=[MONDAY, TUESDAY]))
    assert codes(late) == ["shift", "window"]
