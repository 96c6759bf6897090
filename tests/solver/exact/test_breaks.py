"""Breaks: due, in their windows and order, in gaps, before departure, or on the way back.

One visit at place 1: departure 0, start 600, completion 1200, back at 1800, unless breaks intervene.
"""

from typing import Any

import pytest

from solver.problem import NONE
from solver.solution import Solution
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost, stop


def plan(breaks: list[Break], visits: tuple[Visit, ...] = (Visit(),), **shift: Any) -> Solution:
    return best_plan(make_problem(visits, shifts=[Shift(breaks=breaks, **shift)]))


def taken(solution: Solution) -> list[tuple[int, int]]:
    """Return (index, start) of the breaks taken."""
    return [(b.index, b.start_s) for b in solution.routes[0].breaks]


def test_a_break_is_not_due_on_a_route_that_ends_by_its_latest_start() -> None:
    assert taken(plan([Break(0, 1800, paid=True)])) == []


def test_a_break_is_due_on_a_route_that_ends_a_second_later() -> None:
    solution = plan([Break(0, 1799, paid=True)])
    assert len(taken(solution)) == 1
    assert solution.routes[0].end_s == 3600


def test_a_due_break_that_fits_nowhere_leaves_the_visit_unplanned() -> None:
    assert plan([Break(700, 1100)], (Visit(windows=[(0, 600)]),), end_place=NONE).unplanned == (0,)
    assert plan([Break(700, 1200)], (Visit(windows=[(0, 600)]),), end_place=NONE).unplanned == ()


def test_a_break_never_lies_inside_a_visit() -> None:
    solution = plan([Break(700, 1200, 100)], regular_end_s=9000)
    start_s, (_, break_s) = stop(solution, 0).start_s, taken(solution)[0]
    assert break_s + 100 <= start_s or break_s >= start_s + 600


def test_a_break_interrupts_the_driving() -> None:
    solution = plan([Break(300, 300, 100)])
    assert stop(solution, 0).arrival_s == 700
    assert stop(solution, 0).start_s == 700


def test_a_break_is_taken_while_waiting() -> None:
    solution = plan([Break(0, 1000, 100)], (Visit(windows=[(2000, 2000)]),))
    assert solution.routes[0].end_s == 3200


def test_a_break_that_does_not_fit_into_the_waiting_delays_the_start() -> None:
    solution = plan([Break(650, 650, 100)], (Visit(windows=[(700, 900)]),))
    assert stop(solution, 0).start_s == 750


def test_a_break_may_be_taken_on_the_way_back() -> None:
    solution = plan([Break(1500, 1500, 100, paid=True)])
    assert solution.routes[0].breaks[0].before == 1
    assert solution.routes[0].end_s == 1900


def test_no_break_can_be_taken_after_the_last_visit_of_an_open_end() -> None:
    late = Break(1199, 1199, 100, paid=True)
    assert plan([late], end_place=NONE).routes[0].stops[0].start_s == 1299
    assert plan([Break(1200, 1200, 100)], end_place=NONE).routes[0].breaks == ()


def test_an_unpaid_break_is_taken_off_the_wage() -> None:
    assert cost(plan([Break(300, 300, 100)]), "wage") == 1800
    assert cost(plan([Break(300, 300, 100, paid=True)]), "wage") == 1900


def test_paid_from_departure_a_break_before_it_is_not_paid_and_not_taken_off() -> None:
    solution = plan([Break(0, 500, 100, paid=True)], (Visit(windows=[(5000, 5000)]),), paid_from_departure=True)
    assert taken(solution)[0][1] + 100 <= solution.routes[0].departure_s
    assert cost(solution, "wage") == 1800


def test_a_break_before_departure_starts_with_the_shift_at_the_earliest() -> None:
    solution = plan([Break(0, 1000, 100, paid=True)], start_s=1000, regular_end_s=9000)
    assert taken(solution) == [(0, 1000)]


def test_a_break_that_is_not_due_is_taken_where_that_saves_wage() -> None:
    visit = Visit(windows=[(5000, 5000)])
    assert taken(plan([Break(0, 9000, 1000)], (visit,))) != []
    assert taken(plan([Break(0, 9000, 1000, paid=True)], (visit,))) == []


def test_breaks_are_taken_in_order_and_one_after_the_other() -> None:
    solution = plan([Break(100, 200, 300, paid=True), Break(100, 400, 300, paid=True)])
    (first, first_s), (second, second_s) = taken(solution)
    assert (first, second) == (0, 1)
    assert second_s >= first_s + 300


def test_a_later_break_is_not_taken_when_the_one_before_is_skipped() -> None:
    visit = Visit(windows=[(5000, 5000)])
    assert len(taken(plan([Break(0, 9000, 1000)], (visit,)))) == 1
    assert taken(plan([Break(0, 9000, 6000, paid=True), Break(0, 9000, 1000)], (visit,))) == []


@pytest.mark.parametrize("paid", [True, False])
def test_two_breaks_can_share_a_gap(paid: bool) -> None:
    breaks = [Break(0, 100, 200, paid=paid), Break(0, 250, 50, paid=paid)]
    assert plan(breaks).routes[0].end_s == 1800 + 250
