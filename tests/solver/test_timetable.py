"""From a sequence to a timed route: what the schedule pass decided is laid down to the second."""

from __future__ import annotations

from solver.money import FORBIDDEN
from solver.objective import Objective
from solver.problem import NONE
from solver.solution import BreakTaken, Route, Stop
from solver.tables import build_tables
from solver.timetable import route_ticks, simulate, timed_route
from tests.properties.planned import planned_cases
from tests.solver.builder import Break, Fact, Shift, Visit, make_problem
from tests.solver.planning import timed


def test_a_route_is_laid_down_to_the_second_and_to_the_metre() -> None:
    problem = make_problem([Visit(), Visit(windows=[(2000, 3000)])])
    assert timed(problem, [0, 1]) == Route(
        shift=0,
        departure_s=0,
        end_s=3800,
        stops=(Stop(0, 600, 600, 1200, 600, 6000), Stop(1, 1800, 2000, 2600, 600, 6000)),
        breaks=(),
        return_travel_s=1200,
        return_distance_m=12_000,
    )


def test_an_early_arrival_shows_the_wait() -> None:
    stop = timed(make_problem([Visit(response=[(600, 9)]), Visit(windows=[(2000, 3000)])]), [0, 1]).stops[1]
    assert (stop.arrival_s, stop.start_s) == (1800, 2000)


def test_a_break_in_a_gap_is_over_by_the_arrival() -> None:
    route = timed(make_problem([Visit(), Visit()], shifts=[Shift(breaks=[Break(1300, 1500, 900)])]), [0, 1])
    assert route.breaks == (BreakTaken(0, 1, 1300, 2200),)
    assert (route.stops[1].arrival_s, route.stops[1].travel_s) == (2700, 600)


def test_a_break_on_the_way_to_the_end_place_stands_behind_the_last_stop() -> None:
    route = timed(make_problem([Visit()], shifts=[Shift(breaks=[Break(1250, 1500, 300)])]), [0])
    assert route.breaks == (BreakTaken(0, 1, 1250, 1550),)
    assert (route.end_s, route.return_travel_s) == (2100, 600)


def test_a_break_before_departure_stands_ahead_of_it() -> None:
    shift = Shift(paid_from_departure=True, breaks=[Break(50, 5000, 300, paid=True)])
    route = timed(make_problem([Visit(windows=[(6000, 7000)])], shifts=[shift]), [0])
    assert route.breaks == (BreakTaken(0, 0, 50, 350),)
    assert route.departure_s == 5400


def test_an_open_end_has_no_way_back() -> None:
    route = timed(make_problem([Visit()], shifts=[Shift(end_place=NONE)]), [0])
    assert (route.end_s, route.return_travel_s, route.return_distance_m) == (1200, 0, 0)


def test_facts_stand_first_with_their_recorded_times() -> None:
    shift = Shift(facts=[Fact(1, 1300, 1900)], departed_s=80)
    route = timed(make_problem([Visit(), Visit()], shifts=[shift]), [0])
    assert route.stops[0] == Stop(1, 1300, 1300, 1900, 1200, 12_000, is_fact=True)
    assert (route.departure_s, route.visits, route.stops[1].start_s) == (80, (0,), 2500)


def test_a_forbidden_sequence_has_no_route() -> None:
    problem = make_problem([Visit(windows=[(0, 599)])])
    assert timed_route(problem, build_tables(problem), 0, [0]) is None
    assert route_ticks(build_tables(problem), 0, [0]) == FORBIDDEN


def test_the_terms_of_a_timed_route_add_up_to_the_ticks_of_the_schedule_pass() -> None:
    seen = 0
    for case in planned_cases(4, 150):
        tables = build_tables(case.problem)
        objective = Objective(case.problem, tables)
        for route in case.solution.routes:
            seen += len(route.visits) > 1
            assert sum(objective.route_by_term(route).values()) == simulate(tables, route.shift, route.visits).ticks
    assert seen > 50
