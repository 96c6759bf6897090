"""The price of a kilometre, as vans and external providers charge it."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan

WAY_M = 2 * 6000


def test_every_metre_is_paid_the_way_home_too() -> None:
    solution = plan(make_problem([Visit()], shifts=[Shift(distance_ticks_per_m=3)])).solution
    assert solution.cost_by_term["distance"] == 3 * WAY_M


@pytest.mark.parametrize(("wage", "shift"), [(WAY_M - 1, 0), (WAY_M + 1, 1)])
def test_of_two_prices_by_the_hour_and_by_the_kilometre_the_lower_in_all_counts(wage: int, shift: int) -> None:
    by_the_hour = Shift(wage_ticks_per_s=0, distance_ticks_per_m=0, fixed_ticks=wage)
    by_the_metre = Shift(technician=1, wage_ticks_per_s=0, distance_ticks_per_m=1)
    assert order(plan(make_problem([Visit()], shifts=[by_the_hour, by_the_metre])).solution, shift) == (0,)


@pytest.mark.parametrize(("drop_ticks", "planned"), [(WAY_M + 1, (0,)), (WAY_M - 1, ())])
def test_a_visit_that_is_not_worth_its_way_is_left_out_for_its_price(drop_ticks: int, planned: tuple[int, ...]) -> None:
    result = plan(make_problem([Visit(drop_ticks=drop_ticks)], shifts=[Shift(wage_ticks_per_s=0)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["price"]])
