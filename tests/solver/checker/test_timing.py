from dataclasses import replace

import pytest

from solver.problem import NONE, UNREACHABLE
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.checker.plans import TWO_VISITS, codes, drive, with_stop


def test_a_visit_may_wait_for_its_start() -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0, 1], starts={0: 700, 1: 5000})) == set()


def test_an_arrival_is_no_earlier_than_the_drive_allows() -> None:
    route = drive(TWO_VISITS, [0, 1], starts={1: 5000})
    assert codes(TWO_VISITS, with_stop(route, 1, arrival_s=1800)) == set()
    assert codes(TWO_VISITS, with_stop(route, 1, arrival_s=1799)) == {"time_wrong"}


def test_a_visit_does_not_start_before_the_arrival() -> None:
    route = drive(TWO_VISITS, [0, 1], starts={1: 5000})
    assert codes(TWO_VISITS, with_stop(route, 1, arrival_s=5000)) == set()
    assert codes(TWO_VISITS, with_stop(route, 1, arrival_s=5001)) == {"time_wrong"}


def test_a_start_leaves_time_for_the_travel() -> None:
    route = drive(TWO_VISITS, [0, 1], starts={1: 1799})
    assert codes(TWO_VISITS, with_stop(route, 1, arrival_s=1799)) == {"time_wrong"}


@pytest.mark.parametrize("end_s", [1199, 1201])
def test_a_visit_takes_exactly_its_service(end_s: int) -> None:
    assert codes(TWO_VISITS, with_stop(drive(TWO_VISITS, [0, 1]), 0, end_s=end_s)) == {"time_wrong"}


def test_service_is_that_of_the_technician_who_comes() -> None:
    problem = make_problem([Visit(service_s=[600, 900])], shifts=[Shift(), Shift(technician=1)])
    assert codes(problem, drive(problem, [0], shift=1)) == set()
    assert codes(problem, with_stop(drive(problem, [0], shift=1), 0, end_s=1200)) == {"time_wrong"}


@pytest.mark.parametrize("end_s", [3599, 3601])
def test_a_route_ends_when_it_arrives_at_the_end_place(end_s: int) -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0, 1], end_s=end_s)) == {"time_wrong"}


def test_an_open_route_ends_with_its_last_visit() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(end_place=NONE)])
    assert codes(problem, drive(problem, [0, 1])) == set()
    assert codes(problem, drive(problem, [0, 1], end_s=2401)) == {"time_wrong"}


def test_a_route_departs_at_the_start_of_the_shift_at_the_earliest() -> None:
    problem = make_problem([Visit()], shifts=[Shift(start_s=1000)])
    assert codes(problem, drive(problem, [0], departure_s=1000)) == set()
    assert codes(problem, drive(problem, [0], departure_s=999)) == {"departure_wrong"}


def test_a_route_departs_in_time_for_its_first_visit() -> None:
    route = drive(TWO_VISITS, [0, 1], starts={0: 2000})
    assert codes(TWO_VISITS, with_stop(replace(route, departure_s=1400), 0, arrival_s=2000)) == set()
    assert codes(TWO_VISITS, with_stop(replace(route, departure_s=1401), 0, arrival_s=2000)) == {"time_wrong"}


def test_a_departure_that_was_recorded_stands() -> None:
    problem = make_problem([Visit()], shifts=[Shift(start_s=1000, departed_s=900)])
    assert codes(problem, drive(problem, [0], departure_s=900)) == set()
    assert codes(problem, drive(problem, [0], departure_s=1000)) == {"departure_wrong"}


def test_travel_is_that_of_the_matrix() -> None:
    route = drive(TWO_VISITS, [0, 1])
    assert codes(TWO_VISITS, with_stop(route, 0, travel_s=599)) == {"travel_wrong"}
    assert codes(TWO_VISITS, replace(route, return_travel_s=1201)) == {"travel_wrong"}


def test_distance_is_that_of_the_matrix() -> None:
    route = drive(TWO_VISITS, [0, 1])
    assert codes(TWO_VISITS, with_stop(route, 0, distance_m=6001)) == {"distance_wrong"}
    assert codes(TWO_VISITS, replace(route, return_distance_m=0)) == {"distance_wrong"}


def test_travel_is_read_in_the_direction_of_driving() -> None:
    problem = make_problem([Visit()], backward_s=300)
    assert codes(problem, drive(problem, [0])) == set()
    assert codes(problem, replace(drive(problem, [0]), return_travel_s=600, end_s=1800)) == {
        "travel_wrong",
        "time_wrong",
    }


@pytest.mark.parametrize(("permille", "travel_s"), [(1000, 601), (500, 301), (1001, 602), (900, 541), (0, 0)])
def test_travel_is_scaled_by_the_technicians_speed_and_rounded_half_up(permille: int, travel_s: int) -> None:
    problem = make_problem([Visit()], shifts=[Shift(travel_permille=permille, end_place=NONE)], travel_s={(0, 1): 601})
    route = with_stop(drive(problem, [0], starts={0: 1000}, end_s=1600), 0, travel_s=travel_s, arrival_s=travel_s)
    assert codes(problem, route) == set()
    assert codes(problem, with_stop(route, 0, travel_s=travel_s + 1)) == {"travel_wrong"}


def test_a_leg_of_unreachable_seconds_is_no_way() -> None:
    far = Shift(end_place=NONE, regular_end_s=2 * UNREACHABLE)
    barely = make_problem([Visit()], shifts=[far], travel_s={(0, 1): UNREACHABLE - 1})
    never = make_problem([Visit()], shifts=[far], travel_s={(0, 1): UNREACHABLE})
    assert codes(barely, drive(barely, [0])) == set()
    assert codes(never, drive(never, [0])) == {"unreachable"}


def test_travel_without_a_way_is_not_scaled_into_a_way() -> None:
    quick = Shift(end_place=NONE, regular_end_s=2 * UNREACHABLE, travel_permille=500)
    problem = make_problem([Visit()], shifts=[quick], travel_s={(0, 1): UNREACHABLE})
    assert codes(problem, drive(problem, [0])) == {"unreachable"}


def test_a_way_back_is_needed() -> None:
    problem = make_problem([Visit()], shifts=[Shift(regular_end_s=2 * UNREACHABLE)], travel_s={(1, 0): UNREACHABLE})
    assert codes(problem, drive(problem, [0])) == {"unreachable"}
