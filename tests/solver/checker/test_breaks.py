from dataclasses import replace

import pytest

from solver.problem import NONE, Problem
from solver.solution import BreakTaken, Route
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.checker.plans import codes, drive


def one_break(earliest_s: int, latest_s: int, duration_s: int = 900, end_place: int = 0) -> Problem:
    """Two visits in a row, of which the route without a break ends at 3,600 (open: 2,400)."""
    return make_problem(
        [Visit(), Visit()], shifts=[Shift(end_place=end_place, breaks=[Break(earliest_s, latest_s, duration_s)])]
    )


def moved(route: Route, start_s: int) -> Route:
    taken = route.breaks[0]
    late = BreakTaken(taken.index, taken.before, start_s, start_s + taken.end_s - taken.start_s)
    return replace(route, breaks=(late,))


def test_a_break_between_two_visits_delays_the_second() -> None:
    problem = one_break(0, 1500)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 1, 1200)])) == set()


def test_a_break_is_due_when_the_route_ends_after_its_latest_start() -> None:
    ends_with, ends_after = one_break(0, 3600), one_break(0, 3599)
    assert codes(ends_with, drive(ends_with, [0, 1])) == set()
    assert codes(ends_after, drive(ends_after, [0, 1])) == {"break"}


def test_a_break_may_be_taken_although_it_is_not_due() -> None:
    problem = one_break(0, 9000)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 1, 1200)])) == set()


def test_a_break_starts_in_its_window() -> None:
    problem = one_break(1300, 1500)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1300)])
    assert codes(problem, route) == set()
    assert codes(problem, moved(route, 1500)) == set()
    assert codes(problem, moved(route, 1299)) == {"break"}
    assert codes(problem, moved(route, 1501)) == {"break"}


def test_a_break_may_interrupt_the_driving() -> None:
    problem = one_break(1500, 1500)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 1, 1500)])) == set()


def test_a_visit_starts_after_travel_and_break_together() -> None:
    problem = one_break(1500, 1500)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1500)], starts={1: 2699})
    assert codes(problem, route) == {"time_wrong"}


def test_a_break_may_be_taken_at_the_place_while_waiting_for_the_start() -> None:
    problem = one_break(1800, 1800)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1800)], starts={1: 2700})
    at_the_place = replace(route.stops[1], arrival_s=1800)
    assert codes(problem, replace(route, stops=(route.stops[0], at_the_place))) == set()


def test_an_arrival_counts_the_breaks_begun_before_it() -> None:
    problem = one_break(1500, 1500)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1500)])
    early = replace(route.stops[1], arrival_s=2699)
    assert codes(problem, replace(route, stops=(route.stops[0], early))) == {"time_wrong"}


def test_a_break_does_not_lie_inside_the_visit_before_it() -> None:
    problem = one_break(0, 3000)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1200)])
    assert codes(problem, moved(route, 1199)) == {"break_overlap"}


def test_a_break_does_not_lie_inside_the_visit_after_it() -> None:
    problem = one_break(0, 3000)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1200)])
    assert route.stops[1].start_s == 2700
    assert codes(problem, moved(route, 1800)) == set()
    assert codes(problem, moved(route, 1801)) == {"break_overlap"}


def test_a_break_lasts_its_duration() -> None:
    problem = one_break(0, 3000)
    route = drive(problem, [0, 1], breaks=[(0, 1, 1200)])
    assert codes(problem, replace(route, breaks=(BreakTaken(0, 1, 1200, 2099),))) == {"time_wrong"}


def test_breaks_do_not_overlap_each_other() -> None:
    problem = make_problem([Visit()], shifts=[Shift(breaks=[Break(0, 900, 600), Break(0, 2000, 600)])])
    route = drive(problem, [0], breaks=[(0, 0, 0), (1, 0, 600)], departure_s=0, starts={0: 1800})
    assert codes(problem, route) == set()
    assert codes(problem, replace(route, breaks=(route.breaks[0], BreakTaken(1, 0, 599, 1199)))) == {"break_overlap"}


def test_breaks_are_taken_in_their_order() -> None:
    problem = make_problem([Visit()], shifts=[Shift(breaks=[Break(0, 9000, 600), Break(0, 9000, 600)])])
    assert codes(problem, drive(problem, [0], breaks=[(0, 0, 0), (1, 0, 600)])) == set()
    assert codes(problem, drive(problem, [0], breaks=[(1, 0, 0), (0, 0, 600)])) == {"break"}


def test_a_break_that_is_skipped_has_no_later_break_taken() -> None:
    problem = make_problem([Visit()], shifts=[Shift(breaks=[Break(0, 9000, 600), Break(0, 9000, 600)])])
    assert codes(problem, drive(problem, [0], breaks=[(1, 0, 0)])) == {"break"}


def test_a_break_is_taken_once() -> None:
    problem = one_break(0, 9000, 600)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 0, 0), (0, 1, 2000)])) == {"break"}


def test_a_break_may_be_over_before_the_departure() -> None:
    problem = one_break(0, 900)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 0, 0)], departure_s=900)) == set()


def test_a_break_before_the_departure_begins_within_the_shift() -> None:
    problem = make_problem([Visit()], shifts=[Shift(start_s=1000, breaks=[Break(0, 2000, 500)])])
    assert codes(problem, drive(problem, [0], breaks=[(0, 0, 1000)], departure_s=1500)) == set()
    assert codes(problem, drive(problem, [0], breaks=[(0, 0, 999)], departure_s=1500)) == {"break_overlap"}


def test_a_break_does_not_straddle_the_departure() -> None:
    problem = one_break(0, 900)
    route = drive(problem, [0, 1], breaks=[(0, 0, 0)], departure_s=900)
    assert codes(problem, moved(route, 1)) >= {"break_overlap"}


def test_a_break_after_the_departure_delays_the_first_visit() -> None:
    problem = one_break(100, 100)
    route = drive(problem, [0, 1], breaks=[(0, 0, 100)], departure_s=0)
    assert route.stops[0].start_s == 1500
    assert codes(problem, route) == set()
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 0, 100)], departure_s=0, starts={0: 1499})) == {
        "time_wrong"
    }


def test_a_break_on_the_way_back_delays_the_end() -> None:
    problem = one_break(2400, 3000)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 2, 2400)])) == set()
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 2, 2400)], end_s=3600)) == {"time_wrong"}


def test_a_route_ends_no_earlier_than_the_break_on_its_way_back() -> None:
    problem = one_break(3700, 3700)
    route = drive(problem, [0, 1], breaks=[(0, 2, 3700)], end_s=4600)
    assert codes(problem, route) == set()
    assert codes(problem, replace(route, end_s=4599)) == {"time_wrong"}


def test_where_the_end_is_open_no_break_follows_the_last_visit() -> None:
    problem = one_break(0, 9000, end_place=NONE)
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 2, 2400)], end_s=2400)) == {"break"}
    assert codes(problem, drive(problem, [0, 1], breaks=[(0, 1, 1200)])) == set()


@pytest.mark.parametrize("gap", [-1, 3])
def test_a_break_lies_in_a_gap_of_the_route(gap: int) -> None:
    problem = one_break(0, 9000)
    route = replace(drive(problem, [0, 1]), breaks=(BreakTaken(0, gap, 0, 900),))
    assert codes(problem, route) == {"break"}
