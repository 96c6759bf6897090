"""The schedule pass finds the cheapest timing of a sequence, or the rule that forbids it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver.labels import LABEL_COLUMNS, MAX_LABELS
from solver.money import FORBIDDEN
from solver.problem import NONE, ORDER_FIXED, UNREACHABLE, Problem
from solver.reasons import Reason
from solver.schedule import STAGE_COLUMNS, STAY_COLUMNS, begin, run
from solver.solution import Route
from solver.tables import build_tables
from solver.timetable import route_ticks, simulate
from tests.properties.planned import planned_cases
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.planning import as_route, timed

BY_DEPARTURE: dict[str, Any] = {"paid_from_departure": True, "wage_ticks_per_s": 2}


def breaks_of(route: Route) -> list[tuple[int, int]]:
    """Return (stops ahead, start) of each break."""
    return [(b.before, b.start_s) for b in route.breaks]


def starts_of(route: Route) -> list[int]:
    return [stop.start_s for stop in route.stops]


def straight(visits: list[Visit], **shift: Any) -> Route:
    """Time the visits in the order in which they are given."""
    return timed(make_problem(visits, shifts=[Shift(**shift)]), range(len(visits)))


def test_an_empty_sequence_costs_what_the_idle_shift_costs() -> None:
    problem = make_problem([Visit()], shifts=[Shift(fixed_ticks=9, workload_target_s=100)], fairness=[(0, 3)])
    assert route_ticks(build_tables(problem), 0, []) == 300


FORBIDDEN_BY: list[tuple[Reason, dict[str, Any], dict[str, Any]]] = [
    (Reason.WINDOW, {"windows": [(0, 599)]}, {}),
    (Reason.SHIFT, {}, {"regular_end_s": 1799}),
    (Reason.SHIFT, {"service_s": 40_000}, {}),
    (Reason.BREAK, {"windows": [(600, 600)]}, {"breaks": [Break(601, 1199)]}),
    (Reason.BREAK, {"windows": [(600, 600)]}, {"end_place": NONE, "breaks": [Break(601, 1199)]}),
    (Reason.MAX_VISITS, {}, {"max_visits": 0}),
    (Reason.MAX_DRIVING, {}, {"max_driving_s": 1199}),
    (Reason.MAX_DISTANCE, {}, {"max_distance_m": 11_999}),
    (Reason.MAX_DURATION, {}, {"max_duration_s": 1799}),
]


@pytest.mark.parametrize(("reason", "visit", "shift"), FORBIDDEN_BY)
def test_a_sequence_that_breaks_a_rule_is_forbidden_for_that_rule(
    reason: Reason, visit: dict[str, Any], shift: dict[str, Any]
) -> None:
    tables = build_tables(make_problem([Visit(**visit)], shifts=[Shift(**shift)]))
    simulation = simulate(tables, 0, [0])
    assert (simulation.ticks, simulation.reason) == (FORBIDDEN, reason)


def test_ranks_against_their_order_are_forbidden_for_the_pin() -> None:
    visits = [Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank) for rank in (7, 3)]
    tables = build_tables(make_problem(visits))
    assert simulate(tables, 0, [0, 1]).reason is Reason.PIN
    assert simulate(tables, 0, [1, 0]).reason is Reason.NONE


@pytest.mark.parametrize("leg", [(0, 1), (1, 2), (2, 0)])
def test_a_leg_without_a_way_is_forbidden_wherever_it_lies(leg: tuple[int, int]) -> None:
    tables = build_tables(make_problem([Visit(), Visit()], travel_s={leg: UNREACHABLE}))
    assert simulate(tables, 0, [0, 1]).reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    ("rate", "departure_s"),
    [(1, 3200), (2, 0), (3, 0)],
)
def test_leaving_later_goes_on_while_it_saves_more_wage_than_it_costs_lateness(rate: int, departure_s: int) -> None:
    visits = [Visit(response=[(600, rate)]), Visit(windows=[(5000, 6000)])]
    assert straight(visits, **BY_DEPARTURE).departure_s == departure_s


def test_leaving_later_stops_where_the_next_step_of_lateness_begins() -> None:
    visits = [Visit(response=[(600, 1), (1600, 9)]), Visit(windows=[(5000, 6000)])]
    route = straight(visits, **BY_DEPARTURE)
    assert (route.departure_s, starts_of(route)) == (1000, [1600, 5000])


def test_leaving_later_stops_at_the_end_of_an_earlier_window() -> None:
    route = straight([Visit(windows=[(0, 2000)]), Visit(windows=[(5000, 6000)])], **BY_DEPARTURE)
    assert (route.departure_s, starts_of(route)) == (1400, [2000, 5000])


def test_leaving_later_stops_at_the_end_of_a_promised_interval() -> None:
    visits = [Visit(promised=(0, 1500), retime_ticks=10**6), Visit(windows=[(5000, 6000)])]
    assert straight(visits, **BY_DEPARTURE).departure_s == 900


def test_what_waits_twice_leaves_as_late_as_the_tighter_of_both_waits_allows() -> None:
    visits = [Visit(windows=[(1000, 1100)]), Visit(windows=[(5000, 6000)])]
    route = straight(visits, **BY_DEPARTURE)
    assert (route.departure_s, starts_of(route)) == (500, [1100, 5000])


def test_the_departure_reported_delays_nothing_where_the_whole_shift_is_paid() -> None:
    route = straight([Visit(windows=[(1000, 1100)]), Visit(windows=[(5000, 6000)])])
    assert (route.departure_s, starts_of(route)) == (400, [1000, 5000])


@pytest.mark.parametrize(("latest_s", "break_at"), [(2400, (2, 2400)), (2399, (1, 1200))])
def test_a_break_comes_after_a_hurried_visit_as_long_as_it_is_in_time_there(
    latest_s: int, break_at: tuple[int, int]
) -> None:
    visits = [Visit(), Visit(response=[(1800, 1000)]), Visit()]
    assert breaks_of(straight(visits, breaks=[Break(1200, latest_s, 900)])) == [break_at]


def test_a_break_is_taken_while_waiting_for_a_window() -> None:
    visits = [Visit(), Visit(windows=[(4000, 5000)]), Visit()]
    route = straight(visits, breaks=[Break(0, 9000, 1800)])
    assert starts_of(route) == [600, 4000, 5200]
    assert breaks_of(route) == [(1, 1200)]


def test_a_later_stop_decides_whether_a_break_came_before_or_after_an_earlier_one() -> None:
    lunch = Break(900, 2500, 900)
    hurried, waiting = Visit(response=[(3000, 1000)]), Visit(windows=[(3600, 9000)], response=[(3600, 1000)])
    first, second = Visit(response=[(600, 1)]), Visit(response=[(1800, 1)])
    assert breaks_of(straight([first, second, hurried], breaks=[lunch])) == [(2, 2400)]
    assert breaks_of(straight([first, second, waiting], breaks=[lunch])) == [(2, 2400)]
    early_lunch = Break(900, 2300, 900)
    assert breaks_of(straight([first, second, hurried], breaks=[early_lunch])) == [(1, 1200)]


def test_of_two_tight_breaks_the_first_comes_before_a_visit_where_the_second_would_be_late_after_it() -> None:
    route = straight([Visit()], breaks=[Break(700, 1300, 600), Break(1300, 1500, 300)])
    assert breaks_of(route) == [(0, 700), (0, 1300)]
    assert starts_of(route) == [1600]


def test_two_breaks_stay_apart_by_a_visit_where_each_is_in_time() -> None:
    route = straight([Visit()], breaks=[Break(0, 500, 60), Break(1200, 1300, 300)])
    assert breaks_of(route) == [(0, 0), (1, 1260)]


def test_a_paid_break_is_taken_before_departure_where_pay_begins_there() -> None:
    lunch = Break(0, 5000, 300, paid=True)
    route = straight([Visit(windows=[(6000, 7000)])], breaks=[lunch], **BY_DEPARTURE)
    assert (route.departure_s, breaks_of(route)) == (5400, [(0, 0)])


def test_a_break_before_departure_gives_way_to_a_visit_that_cannot_wait() -> None:
    lunch = Break(0, 5000, 300, paid=True)
    route = straight([Visit(windows=[(0, 600)])], breaks=[lunch], **BY_DEPARTURE)
    assert breaks_of(route) == []
    assert route.departure_s == 0


@pytest.mark.parametrize(("price", "starts"), [(399, [600, 1800]), (401, [1000, 2200])])
def test_a_promised_interval_is_waited_for_while_that_costs_less_than_its_price(price: int, starts: list[int]) -> None:
    assert starts_of(straight([Visit(promised=(1000, 2000), retime_ticks=price), Visit()])) == starts


def test_waiting_for_a_promise_is_free_where_the_next_visit_waits_anyway() -> None:
    visits = [Visit(promised=(1000, 2000), retime_ticks=1), Visit(windows=[(3000, 4000)])]
    assert starts_of(straight(visits)) == [1000, 3000]


def test_a_promise_is_broken_where_waiting_for_it_would_miss_a_later_window() -> None:
    visits = [Visit(promised=(1000, 2000), retime_ticks=10**9), Visit(windows=[(0, 2199)])]
    assert starts_of(straight(visits)) == [600, 1800]
    assert starts_of(straight([visits[0], Visit(windows=[(0, 2200)])])) == [1000, 2200]


def test_a_break_fills_the_wait_for_a_promise() -> None:
    visit = Visit(promised=(2000, 2500), retime_ticks=10**6)
    route = straight([visit], breaks=[Break(100, 2400, 1000, paid=True)])
    assert starts_of(route) == [2000]
    assert [before for before, _ in breaks_of(route)] == [0]


def as_from(problem: Problem, visits: tuple[int, ...], since: int, shift: int) -> tuple[int, ...]:
    """Simulate ``visits`` backwards first, then as they are, from stop ``since`` on where both begin alike."""
    tables, n = build_tables(problem), len(visits)
    label = np.zeros(((n + 1) * MAX_LABELS + 1, LABEL_COLUMNS), np.int64)
    stage = np.zeros((n + 1, STAGE_COLUMNS), np.int64)
    begin(tables, label, stage, MAX_LABELS, shift, 0)
    other, stay = [*visits[:since], *reversed(visits[since:])], np.zeros((n, STAY_COLUMNS), np.int64)
    run(tables, label, stage, MAX_LABELS, shift, 0, as_route(other), stay, 0, n)
    return tuple(map(int, run(tables, label, stage, MAX_LABELS, shift, 0, as_route(visits), stay, since, n)))


def test_a_route_simulated_on_from_a_stop_is_as_simulated_from_its_beginning() -> None:
    routes = [(case.problem, route) for case in planned_cases(3, 60) for route in case.solution.routes]
    assert sum(len(route.visits) > 1 for _, route in routes) > 20
    for problem, route in routes:
        whole = as_from(problem, route.visits, 0, route.shift)
        assert all(as_from(problem, route.visits, since, route.shift) == whole for since in range(len(route.visits)))
