"""Travel: asymmetric matrices by profile, scaled by the technician's speed, with legs that do not exist."""

import numpy as np
import pytest

from solver.problem import NONE, UNREACHABLE, Travel
from tests.solver.builder import Shift, Visit, line_travel, make_problem
from tests.solver.planning import codes, near_and_far, order, plan, starts


def test_a_faster_technician_is_sent_from_further_away() -> None:
    visit = Visit(response=[(0, 1000)])
    shifts = [Shift(travel_permille=1000), Shift(technician=1, travel_permille=500)]
    assert order(plan(make_problem([visit], shifts=shifts)).solution, 1) == (0,)


@pytest.mark.parametrize(("permille", "start_s"), [(1000, 7), (500, 4), (499, 3), (1500, 11), (1571, 11), (1572, 11)])
def test_scaled_travel_is_rounded_to_the_nearest_second_halves_up(permille: int, start_s: int) -> None:
    problem = make_problem([Visit()], shifts=[Shift(travel_permille=permille)], line_s=(0, 7))
    assert starts(plan(problem).solution) == {0: start_s}


def test_the_way_there_and_the_way_back_differ() -> None:
    problem = make_problem([Visit()], backward_s=50)
    route = plan(problem).solution.routes[0]
    assert (route.stops[0].travel_s, route.return_travel_s, route.return_distance_m) == (600, 650, 6500)


def test_one_way_roads_turn_the_order_round() -> None:
    against = {(0, 1): 5000, (1, 2): 5000}
    assert order(plan(make_problem([Visit(), Visit()], travel_s=against)).solution) == (1, 0)


def test_each_shift_travels_by_its_own_profile() -> None:
    by_car, by_bicycle = line_travel((0, 600), 0, {}), line_travel((0, 900), 0, {})
    travel = Travel(
        np.concatenate([by_car.duration_s, by_bicycle.duration_s]),
        np.concatenate([by_car.distance_m, by_bicycle.distance_m]),
    )
    solution = plan(make_problem([Visit()], shifts=[Shift(profile=1)], travel=travel)).solution
    assert starts(solution) == {0: 900}
    assert solution.cost_by_term["distance"] == 18_000


@pytest.mark.parametrize(("leg_s", "planned"), [(UNREACHABLE - 1, (0,)), (UNREACHABLE, ())])
def test_a_leg_exists_below_the_bound_and_not_at_it(leg_s: int, planned: tuple[int, ...]) -> None:
    shift = Shift(regular_end_s=20_000_000, end_place=NONE)
    visit = Visit(drop_ticks=10**12)
    result = plan(make_problem([visit], shifts=[shift], travel_s={(0, 1): leg_s}, horizon_s=20_000_000))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["unreachable"]])


def test_a_place_without_a_way_back_is_unreachable_too() -> None:
    problem = make_problem([Visit()], travel_s={(1, 0): UNREACHABLE})
    assert codes(plan(problem)) == ["unreachable"]
    open_end = make_problem([Visit()], shifts=[Shift(end_place=NONE)], travel_s={(1, 0): UNREACHABLE})
    assert plan(open_end).solution.unplanned == ()


def test_a_place_without_a_direct_way_is_reached_by_way_of_another_visit() -> None:
    problem = make_problem([Visit(), Visit()], travel_s={(0, 1): UNREACHABLE})
    assert order(plan(problem).solution) == (1, 0)


def test_speed_does_not_make_a_way_where_there_is_none() -> None:
    problem = make_problem([Visit()], shifts=[Shift(travel_permille=100)], travel_s={(0, 1): UNREACHABLE})
    assert codes(plan(problem)) == ["unreachable"]


def test_the_nearest_technician_goes() -> None:
    assert order(plan(near_and_far(Visit())).solution, 0) == (0,)
