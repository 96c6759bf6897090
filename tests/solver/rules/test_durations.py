"""Duration by technician: what a visit takes depends on who serves it."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import FURTHER_TICKS, codes, near_and_far, order, plan

ROUTE_S = 600 + 600 + 600
"""To the visit, on site, and back."""


@pytest.mark.parametrize(("slower_s", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_quicker_technician_goes_from_further_away_if_the_time_saved_is_worth_the_way(
    slower_s: int, shift: int
) -> None:
    shifts = [Shift(regular_end_s=80_000), Shift(technician=1, start_place=2, end_place=2)]
    problem = make_problem([Visit(service_s=[600 + slower_s, 600])], shifts=shifts, line_s=(0, 600, 3000))
    assert order(plan(problem).solution, shift) == (0,)


def test_the_nearest_goes_where_all_take_as_long() -> None:
    assert order(plan(near_and_far(Visit(service_s=[900, 900]))).solution, 0) == (0,)


@pytest.mark.parametrize(("service_s", "planned"), [(600, (0,)), (601, ())])
def test_work_that_just_fits_the_shift_is_done_and_a_second_more_is_left_out(
    service_s: int, planned: tuple[int, ...]
) -> None:
    shifts = [Shift(regular_end_s=ROUTE_S), Shift(technician=1, regular_end_s=ROUTE_S - 1)]
    result = plan(make_problem([Visit(service_s=[service_s, 600])], shifts=shifts))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["shift", "shift"]])
