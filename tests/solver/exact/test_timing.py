"""When visits start and routes begin and end."""

import pytest

from solver.problem import NONE, UNREACHABLE
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost, stop
from tests.solver.planning import order


@pytest.mark.parametrize(("latest_s", "unplanned"), [(600, ()), (599, (0,))])
def test_a_window_is_inclusive_at_its_end(latest_s: int, unplanned: tuple[int, ...]) -> None:
    assert best_plan(make_problem([Visit(windows=[(0, latest_s)])])).unplanned == unplanned


def test_a_visit_waits_for_the_next_of_its_windows() -> None:
    solution = best_plan(make_problem([Visit(windows=[(0, 599), (700, 800), (9000, 9000)])]))
    assert stop(solution, 0).start_s == 700
    assert stop(solution, 0).arrival_s <= 700


def test_a_visit_is_not_started_before_its_release() -> None:
    assert stop(best_plan(make_problem([Visit(release_s=1234)])), 0).start_s == 1234


def test_a_release_after_the_last_window_leaves_the_visit_unplanned() -> None:
    assert best_plan(make_problem([Visit(windows=[(0, 1000)], release_s=1001)])).unplanned == (0,)


@pytest.mark.parametrize(("regular_end_s", "cap_s", "unplanned"), [(1800, 0, ()), (1700, 100, ()), (1700, 99, (0,))])
def test_a_route_ends_by_the_regular_end_and_the_overtime_cap(
    regular_end_s: int, cap_s: int, unplanned: tuple[int, ...]
) -> None:
    shift = Shift(regular_end_s=regular_end_s, overtime_cap_s=cap_s)
    assert best_plan(make_problem([Visit()], shifts=[shift])).unplanned == unplanned


def test_overtime_is_priced_on_top_of_the_wage() -> None:
    shift = Shift(regular_end_s=1700, overtime_cap_s=100, overtime_ticks_per_s=3)
    solution = best_plan(make_problem([Visit()], shifts=[shift]))
    assert (cost(solution, "overtime"), cost(solution, "wage")) == (300, 1800)


def test_an_open_end_ends_at_the_completion_of_the_last_visit() -> None:
    solution = best_plan(make_problem([Visit()], shifts=[Shift(end_place=NONE, regular_end_s=1200)]))
    assert solution.routes[0].end_s == 1200
    assert cost(solution, "distance") == 6000


def test_travel_is_scaled_by_the_technicians_speed_and_rounded_half_up() -> None:
    shift = Shift(travel_permille=1500, end_place=NONE)
    assert stop(best_plan(make_problem([Visit()], shifts=[shift], line_s=(0, 601))), 0).travel_s == 902


def test_travel_is_not_the_same_both_ways() -> None:
    route = best_plan(make_problem([Visit()], backward_s=77)).routes[0]
    assert (route.stops[0].travel_s, route.return_travel_s) == (600, 677)


@pytest.mark.parametrize("leg", [(0, 1), (1, 0)])
def test_a_visit_without_a_way_there_or_back_is_unplanned(leg: tuple[int, int]) -> None:
    assert best_plan(make_problem([Visit()], travel_s={leg: UNREACHABLE})).unplanned == (0,)


def test_a_detour_is_driven_where_there_is_no_direct_way() -> None:
    visits = [Visit(), Visit()]
    problem = make_problem(visits, travel_s={(0, 2): UNREACHABLE, (1, 0): UNREACHABLE})
    assert order(best_plan(problem)) == (0, 1)


def test_paid_from_departure_the_technician_leaves_as_late_as_the_window_lets_him() -> None:
    visit = Visit(windows=[(5000, 6000)])
    solution = best_plan(make_problem([visit], shifts=[Shift(paid_from_departure=True)]))
    assert cost(solution, "wage") == 1800
    assert 4400 <= solution.routes[0].departure_s <= 5400


def test_paid_from_departure_he_leaves_earlier_if_lateness_costs_more_than_his_wage() -> None:
    visits = [Visit(place=1, response=[(0, 2)]), Visit(place=1, windows=[(9000, 9000)])]
    solution = best_plan(make_problem(visits, shifts=[Shift(paid_from_departure=True)]))
    assert solution.routes[0].departure_s == 0
    cheap = [Visit(place=1, restore=[(0, 1)], windows=[(0, 7000)]), Visit(place=1, windows=[(9000, 9000)])]
    later = best_plan(make_problem(cheap, shifts=[Shift(paid_from_departure=True, wage_ticks_per_s=2)]))
    assert later.routes[0].departure_s == 7000 - 600


def test_paid_from_the_shifts_start_the_reported_departure_delays_nothing() -> None:
    solution = best_plan(make_problem([Visit(windows=[(5000, 5000)])]))
    assert solution.routes[0].departure_s == 4400
    assert cost(solution, "wage") == 5000 + 600 + 600


def test_an_unused_shift_has_no_route_and_no_cost() -> None:
    solution = best_plan(make_problem([], shifts=[Shift(fixed_ticks=7)]))
    assert solution.routes == ()
    assert solution.cost_ticks == 0
