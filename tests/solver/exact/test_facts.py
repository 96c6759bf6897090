"""Facts are the head of a route; only the rest is decided. Visit 0 at place 1 has happened."""

from typing import Any

import pytest

from solver.problem import NONE, ORDER_FIXED
from solver.solution import Solution
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost, stop
from tests.solver.planning import order

DONE: dict[str, Any] = {"facts": [Fact(0, 700, 1500)], "departed_s": 50}


def plan(visits: list[Visit], **shift: Any) -> Solution:
    return best_plan(make_problem(visits, shifts=[Shift(**{**DONE, **shift})]))


def test_facts_alone_return_straight_to_the_end_place() -> None:
    route = plan([Visit()]).routes[0]
    assert (route.departure_s, route.end_s) == (50, 1500 + 600)


def test_facts_alone_are_feasible_whatever_the_limits() -> None:
    limits = {"max_visits": 0, "max_driving_s": 1, "max_distance_m": 1, "regular_end_s": 10}
    solution = plan([Visit(skills={0: 9}, windows=[(0, 0)])], **limits, breaks=[Break(1600, 1600)])
    assert solution.routes[0].end_s == 2100
    assert solution.routes[0].breaks == ()


@pytest.mark.parametrize(("limit", "unplanned"), [(2, ()), (1, (1,))])
def test_facts_count_for_the_limit_of_visits(limit: int, unplanned: tuple[int, ...]) -> None:
    assert plan([Visit(), Visit()], max_visits=limit).unplanned == unplanned


@pytest.mark.parametrize(("limit_s", "unplanned"), [(2400, ()), (2399, (1,))])
def test_facts_count_for_the_limit_of_driving(limit_s: int, unplanned: tuple[int, ...]) -> None:
    assert plan([Visit(), Visit()], max_driving_s=limit_s).unplanned == unplanned


def test_what_follows_starts_at_the_end_and_place_of_the_last_fact() -> None:
    assert stop(plan([Visit(), Visit()]), 1).start_s == 1500 + 600


def test_what_follows_starts_from_the_resume_point_where_given() -> None:
    solution = plan([Visit(), Visit()], resume_place=2, resume_s=2000)
    assert stop(solution, 1).start_s == 2000
    assert cost(solution, "distance") == 10 * (600 + 600 + 0 + 1200)


def test_a_recorded_departure_alone_holds() -> None:
    solution = plan([Visit()], facts=[], departed_s=400, paid_from_departure=True)
    assert solution.routes[0].departure_s == 400
    assert stop(solution, 0).start_s == 1000


def test_a_departed_shift_without_visits_and_facts_has_no_route_and_no_cost() -> None:
    shift = Shift(departed_s=100, resume_place=1, resume_s=900, fixed_ticks=5)
    solution = best_plan(make_problem([Visit(excluded={0}, drop_ticks=3)], shifts=[shift]))
    assert solution.routes == ()
    assert solution.cost_ticks == 3


def test_facts_cost_their_lateness_with_the_actual_times() -> None:
    late = Visit(response=[(500, 2)], restore=[(500, 3)], downtime_from_s=500, downtime_ticks_per_s=5)
    solution = plan([late])
    assert [cost(solution, term) for term in ("response", "restore", "downtime")] == [400, 3000, 5000]


def test_facts_are_not_priced_for_preference_or_promises() -> None:
    visit = Visit(
        preferred={0}, preference_ticks=9, promised_technician=1, reassign_ticks=8, promised=(0, 10), retime_ticks=7
    )
    solution = best_plan(make_problem([visit], [Technician(), Technician()], [Shift(**DONE)]))
    assert [cost(solution, term) for term in ("preference", "reassigned", "retimed")] == [0, 0, 0]


def test_facts_use_no_parts() -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 1})]
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50)
    assert best_plan(make_problem(visits, [Technician(stock={0: 1})], [shift])).unplanned == ()


def test_breaks_behind_are_not_taken_again_and_the_unpaid_are_off_the_wage() -> None:
    lunch = Break(1000, 9000, 300)
    again = plan([Visit(), Visit()], breaks=[Break(1000, 2000, 300, paid=True)])
    behind = plan([Visit(), Visit()], breaks=[lunch], breaks_taken=1)
    assert len(again.routes[0].breaks) == 1
    assert behind.routes[0].breaks == ()
    assert cost(behind, "wage") == behind.routes[0].end_s - 300


def test_a_break_whose_latest_start_has_passed_is_behind() -> None:
    assert plan([Visit(), Visit()], breaks=[Break(0, 1499, 300)]).routes[0].breaks == ()
    assert len(plan([Visit(), Visit()], breaks=[Break(0, 1500, 300, paid=True)]).routes[0].breaks) == 1


def test_no_break_lies_before_a_recorded_departure() -> None:
    solution = plan([Visit()], facts=[], departed_s=400, breaks=[Break(0, 400, 100, paid=True)])
    assert [b.start_s for b in solution.routes[0].breaks] == [400]


def test_an_open_end_after_facts_and_a_resume_point_ends_at_the_resume_time() -> None:
    solution = plan([Visit()], end_place=NONE, resume_place=2, resume_s=2000)
    assert cost(solution, "wage") == 2000


def test_a_pinned_order_concerns_what_follows_the_facts() -> None:
    visits = [Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank) for rank in (9, 1, 0)]
    assert order(plan(visits)) == (2, 1)
