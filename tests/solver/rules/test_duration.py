"""The longest time from departure to the end of a route: leaving later keeps a route short."""

from typing import Any

import pytest

from solver.exact import solve_exact
from solver.problem import NONE
from solver.reasons import Reason
from solver.tables import build_tables
from solver.timetable import simulate
from tests.solver.builder import Break, Fact, Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan, timed

ALONE_S = 1800
"""A route to visit 0: 600 s there, 600 s of work, 600 s back."""


def lasts_s(visits: list[Visit], **shift: Any) -> tuple[int, int]:
    """Return departure and duration of the visits in the order in which they are given."""
    route = timed(make_problem(visits, shifts=[Shift(**shift)]), range(len(visits)))
    return route.departure_s, route.end_s - route.departure_s


@pytest.mark.parametrize("short_s", [0, 1])
@pytest.mark.parametrize("paid_from_departure", [False, True])
def test_a_route_may_last_just_as_long_as_its_limit(short_s: int, paid_from_departure: bool) -> None:
    late = Visit(windows=[(9000, 9000)])
    shift = Shift(max_duration_s=ALONE_S - short_s, paid_from_departure=paid_from_departure)
    result = plan(make_problem([late], shifts=[shift]))
    assert order(result.solution) == (() if short_s else (0,))
    assert [codes(result, v) for v in result.why] == ([["max_duration"]] if short_s else [])


def test_what_would_last_too_long_goes_to_a_colleague() -> None:
    visits, colleague = [Visit(place=1), Visit(place=1)], Shift(technician=1, fixed_ticks=100_000)
    both_s = ALONE_S + 600
    assert order(plan(make_problem(visits, shifts=[Shift(max_duration_s=both_s), colleague])).solution, 1) == ()
    shared = plan(make_problem(visits, shifts=[Shift(max_duration_s=both_s - 1), colleague])).solution
    assert (order(shared, 1) == (), shared.unplanned) == (False, ())


def test_a_route_that_another_visit_fills_leaves_the_day_full() -> None:
    visits = [Visit(place=1), Visit(place=1, drop_ticks=50_000)]
    result = plan(make_problem(visits, shifts=[Shift(max_duration_s=ALONE_S)]))
    assert (order(result.solution), codes(result, 1)) == ((0,), ["capacity"])


APART = [Visit(place=1, windows=[(600, 3000)]), Visit(place=1, windows=[(5000, 5000)])]


@pytest.mark.parametrize("paid_from_departure", [False, True])
def test_the_first_visits_are_done_later_where_that_keeps_the_route_short(paid_from_departure: bool) -> None:
    shift: dict[str, Any] = {"paid_from_departure": paid_from_departure}
    assert lasts_s(APART, max_duration_s=3800, **shift) == (2400, 3800)
    tables = build_tables(make_problem(APART, shifts=[Shift(max_duration_s=3799, **shift)]))
    assert simulate(tables, 0, [0, 1]).reason is Reason.MAX_DURATION


LATE_COSTS = [Visit(place=1, response=[(600, 5)]), Visit(place=1, windows=[(5000, 5000)])]


@pytest.mark.parametrize(("limit_s", "later_s"), [(NONE, 0), (6200, 0), (6000, 200), (2400, 3800)])
def test_lateness_is_paid_for_as_far_as_the_limit_demands(limit_s: int, later_s: int) -> None:
    problem = make_problem(LATE_COSTS, shifts=[Shift(max_duration_s=limit_s)])
    solution = plan(problem).solution
    assert solution.cost_by_term["response"] == 5 * later_s
    assert solution.cost_ticks == solve_exact(problem).solution.cost_ticks


def test_a_break_before_departure_is_no_part_of_the_route() -> None:
    noon = Shift(max_duration_s=ALONE_S, breaks=[Break(3000, 3000, 1200)])
    late = Visit(windows=[(6000, 6000)])
    problem = make_problem([late], shifts=[noon])
    route = plan(problem).solution.routes[0]
    assert (route.departure_s, route.breaks[0].end_s) == (5400, 4200)
    assert plan(problem).solution.cost_ticks == solve_exact(problem).solution.cost_ticks


@pytest.mark.parametrize(("limit_s", "served"), [(3200, (1,)), (3199, ())])
def test_who_has_departed_counts_from_then(limit_s: int, served: tuple[int, ...]) -> None:
    begun = Shift(max_duration_s=limit_s, departed_s=400, facts=[Fact(0, 1000, 2400)])
    result = plan(make_problem([Visit(place=1), Visit(place=1)], shifts=[begun]))
    assert order(result.solution) == served
    assert [codes(result, v) for v in result.why] == ([] if served else [["max_duration"]])


def test_the_route_of_facts_alone_may_last_longer() -> None:
    begun = Shift(max_duration_s=10, departed_s=0, facts=[Fact(0, 600, 1200)])
    (route,) = plan(make_problem([Visit(place=1)], shifts=[begun])).solution.routes
    assert route.end_s == ALONE_S
