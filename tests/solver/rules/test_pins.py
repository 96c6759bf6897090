"""Pins, a ladder: free, technician fixed, order fixed, start fixed."""

from typing import Any

import pytest

from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.planning import codes, near_and_far, order, plan, starts

THERE = Shift(end_place=3)
"""A shift that passes the visits 0, 1, 2 on its way in this order."""


def ranked(rank: int, **fields: Any) -> Visit:
    """Return a visit pinned into the order of the first shift."""
    return Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank, **fields)


def started(at_s: int, **fields: Any) -> Visit:
    """Return a visit pinned to a start on the first shift."""
    return Visit(pin_level=START_FIXED, pin_shift=0, pin_start_s=at_s, **fields)


@pytest.mark.parametrize(("level", "shift"), [(FREE, 0), (TECHNICIAN_FIXED, 1)])
def test_a_fixed_technician_goes_though_another_is_nearer_and_a_free_visit_takes_the_nearest(
    level: int, shift: int
) -> None:
    visit = Visit(pin_level=level, pin_technician=1 if level else NONE)
    assert order(plan(near_and_far(visit)).solution, shift) == (0,)


@pytest.mark.parametrize("shift", [0, 1])
def test_a_fixed_technician_takes_the_shift_that_is_named(shift: int) -> None:
    visit = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, pin_shift=shift)
    assert order(
        plan(make_problem([visit], shifts=[Shift(), Shift(start_s=50_000, regular_end_s=90_000)])).solution, shift
    ) == (0,)


def test_a_fixed_technician_may_use_any_of_his_shifts_where_none_is_named() -> None:
    visit = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0)
    assert order(plan(make_problem([visit], shifts=[Shift(regular_end_s=1000), Shift(start_s=2000)])).solution, 1) == (
        0,
    )


def test_a_visit_whose_fixed_technician_cannot_do_it_names_his_rule_and_the_pin_for_the_others() -> None:
    visit = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, tools={0})
    assert codes(plan(near_and_far(visit))) == ["tool", "tool"]
    barred = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, windows=[(0, 599)])
    assert codes(plan(near_and_far(barred))) == ["window", "pin"]


def test_fixed_ranks_are_kept_though_another_order_is_shorter() -> None:
    assert order(plan(make_problem([Visit(), Visit(), Visit()], shifts=[THERE])).solution) == (0, 1, 2)
    visits = [ranked(2), Visit(), ranked(1)]
    pinned = order(plan(make_problem(visits, shifts=[THERE])).solution)
    assert pinned.index(2) < pinned.index(0)


def test_other_visits_may_stand_between_two_ranks() -> None:
    visits = [ranked(4), Visit(), ranked(5)]
    assert order(plan(make_problem(visits, shifts=[THERE])).solution) == (0, 1, 2)


def test_ranks_are_kept_even_where_nothing_takes_time() -> None:
    visits = [ranked(rank, place=1, service_s=0) for rank in (1, 0)]
    assert order(plan(make_problem(visits)).solution) == (1, 0)


@pytest.mark.parametrize(("latest_s", "unplanned"), [(2400, ()), (2399, (0,))])
def test_a_visit_behind_its_rank_is_left_out_if_it_comes_too_late_there(
    latest_s: int, unplanned: tuple[int, ...]
) -> None:
    visits = [ranked(2, windows=[(0, latest_s)], drop_ticks=50_000), ranked(1)]
    result = plan(make_problem(visits))
    assert result.solution.unplanned == unplanned
    assert [codes(result, v) for v in result.why] == [["capacity"]] * len(unplanned)


def test_a_fixed_start_is_exact_and_replaces_windows_and_release() -> None:
    visit = started(5000, windows=[(0, 700)], release_s=6000)
    assert starts(plan(make_problem([visit])).solution) == {0: 5000}


@pytest.mark.parametrize(("start_s", "planned"), [(600, (0,)), (599, ())])
def test_a_fixed_start_that_can_just_be_reached_holds_and_a_second_earlier_is_left_out_for_its_pin(
    start_s: int, planned: tuple[int, ...]
) -> None:
    result = plan(make_problem([started(start_s)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["pin"]])


def test_a_fixed_start_inside_a_break_is_left_out_for_the_break() -> None:
    problem = make_problem([started(1000)], shifts=[Shift(breaks=[Break(900, 1000, 300)])])
    assert codes(plan(problem)) == ["break"]


def test_a_fixed_start_keeps_its_rank_too() -> None:
    visits = [ranked(2), started(2400, pin_rank=1)]
    assert order(plan(make_problem(visits)).solution) == (1, 0)
