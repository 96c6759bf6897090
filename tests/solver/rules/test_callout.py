"""Call-out prices of a used shift and for each visit, as external providers charge them."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import FURTHER_TICKS, codes, order, plan

LINE = (0, 600, 3000)


@pytest.mark.parametrize(("fixed", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_provider_is_called_out_if_he_saves_more_than_he_charges(fixed: int, shift: int) -> None:
    shifts = [Shift(fixed_ticks=fixed), Shift(technician=1, start_place=2, end_place=2)]
    assert order(plan(make_problem([Visit()], shifts=shifts, line_s=LINE)).solution, shift) == (0,)


def test_a_used_shift_pays_its_fixed_price_once_and_the_price_of_each_visit() -> None:
    shift = Shift(fixed_ticks=1000, visit_ticks=30)
    assert plan(make_problem([Visit(), Visit()], shifts=[shift])).solution.cost_by_term["callout"] == 1060


def test_an_unused_shift_costs_nothing() -> None:
    solution = plan(
        make_problem([Visit()], shifts=[Shift(), Shift(technician=1, fixed_ticks=5, visit_ticks=5)])
    ).solution
    assert solution.cost_by_term["callout"] == 0


def test_a_price_for_each_visit_fills_the_cheaper_colleague_first() -> None:
    shifts = [Shift(visit_ticks=100_000), Shift(technician=1, max_visits=2)]
    solution = plan(make_problem([Visit(), Visit(), Visit()], shifts=shifts)).solution
    assert len(order(solution, 1)) == 2
    assert solution.cost_by_term["callout"] == 100_000


@pytest.mark.parametrize(("fixed", "planned"), [(85, (0,)), (87, ())])
def test_a_visit_not_worth_the_call_out_is_left_out_for_its_price(fixed: int, planned: tuple[int, ...]) -> None:
    serving_ticks = 1800 + 12_000 + 14
    visit = Visit(drop_ticks=serving_ticks + 86)
    result = plan(make_problem([visit], shifts=[Shift(fixed_ticks=fixed, visit_ticks=14)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["price"]])
    assert [why.shortfall for whys in result.why.values() for why in whys] == ([] if planned else [1])
