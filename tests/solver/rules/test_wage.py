"""Paid time from the shift's start or from departure, and overtime on top of it up to its cap."""

import pytest

from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan

LATE = Visit(windows=[(5000, 5000)])
"""Reached in 600 s; the route is over at 6,200."""


def test_paid_from_the_shifts_start_waiting_is_paid() -> None:
    solution = plan(make_problem([LATE], shifts=[Shift(start_s=100, wage_ticks_per_s=7)])).solution
    assert solution.cost_by_term["wage"] == 7 * (6200 - 100)


def test_paid_from_departure_the_technician_leaves_as_late_as_possible() -> None:
    shift = Shift(start_s=100, wage_ticks_per_s=7, paid_from_departure=True)
    solution = plan(make_problem([LATE], shifts=[shift])).solution
    assert solution.routes[0].departure_s == 4400
    assert solution.cost_by_term["wage"] == 7 * (6200 - 4400)


def test_paid_from_departure_only_unpaid_breaks_after_it_are_taken_off() -> None:
    shift = Shift(paid_from_departure=True, breaks=[Break(0, 1000, 300), Break(5000, 5600, 50)])
    solution = plan(make_problem([LATE], shifts=[shift])).solution
    route = solution.routes[0]
    assert [b.start_s < route.departure_s for b in route.breaks] == [True, False]
    assert solution.cost_by_term["wage"] == route.end_s - route.departure_s - 50


def test_the_technician_with_the_lower_wage_goes() -> None:
    shifts = [Shift(wage_ticks_per_s=2), Shift(technician=1)]
    assert order(plan(make_problem([Visit()], shifts=shifts)).solution, 1) == (0,)


@pytest.mark.parametrize(("regular_end_s", "overtime_s"), [(1800, 0), (1799, 1), (1790, 10)])
def test_overtime_begins_after_the_regular_end_and_is_paid_on_top(regular_end_s: int, overtime_s: int) -> None:
    shift = Shift(regular_end_s=regular_end_s, overtime_cap_s=10, overtime_ticks_per_s=9)
    cost = plan(make_problem([Visit()], shifts=[shift])).solution.cost_by_term
    assert (cost["wage"], cost["overtime"]) == (1800, 9 * overtime_s)


@pytest.mark.parametrize(("cap_s", "planned"), [(10, (0,)), (9, ())])
def test_overtime_up_to_its_cap_is_worked_and_a_second_more_is_not(cap_s: int, planned: tuple[int, ...]) -> None:
    result = plan(make_problem([Visit()], shifts=[Shift(regular_end_s=1790, overtime_cap_s=cap_s)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["shift"]])


@pytest.mark.parametrize(("overtime_ticks_per_s", "shift"), [(9, 0), (11, 1)])
def test_a_colleague_with_a_call_out_price_goes_where_overtime_is_dearer(overtime_ticks_per_s: int, shift: int) -> None:
    tired = Shift(regular_end_s=1700, overtime_cap_s=100, overtime_ticks_per_s=overtime_ticks_per_s)
    solution = plan(make_problem([Visit()], shifts=[tired, Shift(technician=1, fixed_ticks=1000)])).solution
    assert order(solution, shift) == (0,)


def test_a_visit_that_is_not_worth_its_wage_is_left_out_for_its_price() -> None:
    result = plan(make_problem([Visit(drop_ticks=13_800)], shifts=[Shift(wage_ticks_per_s=2)]))
    assert codes(result) == ["price"]
    assert result.why[0][0].shortfall == 2 * 1800 + 12_000 - 13_800
