"""Facts are the head of a route, whatever the rules say; only the rest is decided. Visit 0 at place 1 has happened."""

from typing import Any

import pytest

from solver.problem import NONE, ORDER_FIXED
from solver.solve import Result
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem
from tests.solver.planning import codes, order, plan, starts

DONE: dict[str, Any] = {"facts": [Fact(0, 700, 1500)], "departed_s": 50}


def after_facts(visits: list[Visit], **shift: Any) -> Result:
    return plan(make_problem(visits, shifts=[Shift(**{**DONE, **shift})]))


def test_what_follows_starts_at_the_end_and_place_of_the_last_fact() -> None:
    solution = after_facts([Visit(), Visit()]).solution
    assert starts(solution) == {0: 700, 1: 1500 + 600}
    assert [stop.is_fact for stop in solution.routes[0].stops] == [True, False]


def test_what_follows_starts_from_the_resume_point_where_there_is_one() -> None:
    solution = after_facts([Visit(), Visit()], resume_place=2, resume_s=2000).solution
    assert starts(solution)[1] == 2000
    assert solution.cost_by_term["distance"] == 10 * (600 + 600 + 0 + 1200)


def test_a_recorded_departure_alone_holds() -> None:
    solution = after_facts([Visit()], facts=[], departed_s=400, paid_from_departure=True).solution
    assert solution.routes[0].departure_s == 400
    assert starts(solution) == {0: 1000}


def test_a_departed_shift_without_facts_or_visits_has_no_route_and_no_price() -> None:
    shift = Shift(departed_s=100, resume_place=1, resume_s=900, fixed_ticks=50)
    solution = plan(make_problem([Visit(excluded={0}, drop_ticks=3)], shifts=[shift])).solution
    assert solution.routes == ()
    assert solution.cost_ticks == 3


def test_facts_alone_are_feasible_whatever_the_rules_and_return_straight() -> None:
    limits = {"max_visits": 0, "max_driving_s": 1, "max_distance_m": 1, "regular_end_s": 10}
    forbidden = Visit(skills={0: 9}, windows=[(0, 0)], excluded={0})
    route = after_facts([forbidden], **limits, breaks=[Break(1600, 1600)]).solution.routes[0]
    assert (route.departure_s, route.end_s, route.breaks) == (50, 2100, ())


def test_facts_cost_their_lateness_with_the_actual_times() -> None:
    late = Visit(response=[(500, 2)], restore=[(500, 3)], downtime_from_s=500, downtime_ticks_per_s=5)
    cost = after_facts([late]).solution.cost_by_term
    assert [cost[term] for term in ("response", "restore", "downtime")] == [400, 3000, 5000]


def test_facts_are_not_priced_for_preference_or_promises() -> None:
    visit = Visit(
        preferred={0}, preference_ticks=9, promised_technician=1, reassign_ticks=8, promised=(0, 10), retime_ticks=7
    )
    cost = plan(make_problem([visit], [Technician(), Technician()], [Shift(**DONE)])).solution.cost_by_term
    assert [cost[term] for term in ("preference", "reassigned", "retimed")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"max_visits": 2}, "max_visits"),
        ({"max_driving_s": 2400}, "max_driving"),
        ({"max_distance_m": 24_000}, "max_distance"),
    ],
)
@pytest.mark.parametrize("short", [0, 1])
def test_facts_count_for_the_limits_of_what_is_decided(limit: dict[str, int], code: str, short: int) -> None:
    result = after_facts([Visit(), Visit()], **{name: value - short for name, value in limit.items()})
    assert [codes(result, v) for v in result.why] == [[code]] * short


def test_facts_use_no_parts() -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 1})]
    problem = make_problem(visits, [Technician(stock={0: 1})], [Shift(**DONE)])
    assert plan(problem).solution.unplanned == ()


def test_breaks_behind_are_not_taken_again_and_the_unpaid_are_off_the_wage() -> None:
    breaks = [Break(1000, 9000, 300), Break(1000, 9000, 40, paid=True)]
    solution = after_facts([Visit(), Visit()], breaks=breaks, breaks_taken=2).solution
    assert solution.routes[0].breaks == ()
    assert solution.cost_by_term["wage"] == solution.routes[0].end_s - 300


@pytest.mark.parametrize(("latest_s", "taken"), [(1500, 1), (1499, 0)])
def test_a_break_is_behind_once_its_latest_start_has_passed(latest_s: int, taken: int) -> None:
    solution = after_facts([Visit(), Visit()], breaks=[Break(0, latest_s, 300, paid=True)]).solution
    assert len(solution.routes[0].breaks) == taken


def test_a_pinned_order_concerns_what_follows_the_facts() -> None:
    visits = [Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank) for rank in (9, 1, 0)]
    assert order(after_facts(visits).solution) == (2, 1)


def test_an_open_end_after_facts_and_a_resume_point_ends_at_the_resume_time() -> None:
    solution = after_facts([Visit()], end_place=NONE, resume_place=2, resume_s=2000).solution
    assert solution.routes[0].end_s == 2000


def test_a_visit_that_no_longer_fits_after_the_facts_is_left_out_with_its_rule() -> None:
    result = after_facts([Visit(), Visit(windows=[(0, 2099)])])
    assert codes(result, 1) == ["window"]
