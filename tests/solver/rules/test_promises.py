"""Promises: another technician, another time, and being dropped each have a price of their own."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import FURTHER_TICKS, codes, near_and_far, order, plan, starts


@pytest.mark.parametrize(("price", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_the_promised_technician_goes_unless_another_saves_more_than_the_price(price: int, shift: int) -> None:
    solution = plan(near_and_far(Visit(promised_technician=1, reassign_ticks=price))).solution
    assert order(solution, shift) == (0,)
    assert solution.cost_by_term["reassigned"] == (0 if shift else price)


@pytest.mark.parametrize(("price", "start_s"), [(399, 600), (401, 1000)])
def test_the_promised_interval_is_waited_for_unless_waiting_costs_more(price: int, start_s: int) -> None:
    solution = plan(make_problem([Visit(promised=(1000, 2000), retime_ticks=price)])).solution
    assert starts(solution) == {0: start_s}
    assert solution.cost_by_term["retimed"] == (price if start_s < 1000 else 0)


@pytest.mark.parametrize(("promised", "retimed"), [((600, 600), 0), ((0, 600), 0), ((0, 599), 77)])
def test_a_start_at_either_end_of_the_interval_keeps_the_promise(promised: tuple[int, int], retimed: int) -> None:
    solution = plan(make_problem([Visit(promised=promised, retime_ticks=77)])).solution
    assert solution.cost_by_term["retimed"] == retimed


def test_a_promised_interval_turns_the_order_round() -> None:
    shift = Shift(end_place=0, start_place=3)
    visits = [Visit(promised=(0, 1200), retime_ticks=10**6), Visit()]
    assert order(plan(make_problem([Visit(), Visit()], shifts=[shift])).solution) == (1, 0)
    assert order(plan(make_problem(visits, shifts=[shift])).solution) == (0, 1)


def test_a_promise_between_two_windows_is_not_kept_by_waiting() -> None:
    visit = Visit(windows=[(0, 700), (3000, 4000)], promised=(800, 2000), retime_ticks=10**6)
    solution = plan(make_problem([visit])).solution
    assert starts(solution) == {0: 600}
    assert solution.cost_by_term["retimed"] == 10**6


@pytest.mark.parametrize(("drop_price", "planned"), [(10, (0,)), (9, ())])
def test_the_price_of_dropping_a_promise_is_added_to_the_drop_price(drop_price: int, planned: tuple[int, ...]) -> None:
    visit = Visit(drop_ticks=13_800 - 9, promised=(600, 600), promise_drop_ticks=drop_price)
    result = plan(make_problem([visit]))
    assert order(result.solution) == planned
    assert result.solution.cost_by_term["promise_dropped"] == (0 if planned else drop_price)
    assert [codes(result, v) for v in result.why] == ([] if planned else [["price"]])


def test_the_visit_without_a_promise_is_dropped_where_one_has_to_be() -> None:
    visits = [Visit(), Visit(place=1, promised_technician=0, promise_drop_ticks=1)]
    assert order(plan(make_problem(visits, shifts=[Shift(max_visits=1)])).solution) == (1,)
