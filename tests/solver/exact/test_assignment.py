"""Who may serve a visit."""

from typing import Any

import pytest

from solver.problem import (
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    TERRITORY_PREFERRED,
    TERRITORY_REQUIRED,
)
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost
from tests.solver.planning import order

NEAR, FAR = Shift(technician=0), Shift(technician=1, start_place=2, end_place=2)
LINE = (0, 600, 3000)
"""The visit is at place 1: 600 s away from one technician, 2,400 s from the other."""
FURTHER_TICKS = 2 * (2400 - 600) * (10 + 1)
"""What the longer way costs, there and back: ten metres and one paid second for each second."""


def in_order(**fields: Any) -> Visit:
    """Return a visit pinned into the order of the first shift."""
    return Visit(pin_level=ORDER_FIXED, pin_shift=0, **fields)


def test_a_skill_at_exactly_the_level_needed_is_enough() -> None:
    solution = best_plan(make_problem([Visit(skills={0: 2})], [Technician(skills={0: 2})]))
    assert order(solution) == (0,)


def test_a_skill_one_level_too_low_leaves_the_visit_unplanned() -> None:
    solution = best_plan(make_problem([Visit(skills={0: 2})], [Technician(skills={0: 1})]))
    assert solution.unplanned == (0,)
    assert solution.routes == ()


def test_the_technician_with_the_skill_goes_though_further_away() -> None:
    crew = [Technician(skills={0: 1}), Technician(skills={0: 3})]
    solution = best_plan(make_problem([Visit(skills={0: 2})], crew, [NEAR, FAR], line_s=LINE))
    assert order(solution, 1) == (0,)


def test_a_missing_tool_leaves_the_visit_unplanned() -> None:
    solution = best_plan(make_problem([Visit(tools={0, 1})], [Technician(tools={0})]))
    assert solution.unplanned == (0,)


def test_all_tools_needed_are_enough() -> None:
    assert order(best_plan(make_problem([Visit(tools={0})], [Technician(tools={0, 1})]))) == (0,)


def test_an_excluded_technician_never_goes() -> None:
    solution = best_plan(make_problem([Visit(excluded={0})], shifts=[NEAR, FAR], line_s=LINE))
    assert order(solution, 1) == (0,)


def test_if_some_technicians_are_required_only_those_go() -> None:
    solution = best_plan(make_problem([Visit(required={1})], shifts=[NEAR, FAR], line_s=LINE))
    assert order(solution, 1) == (0,)


def test_a_technician_required_and_excluded_does_not_go() -> None:
    assert best_plan(make_problem([Visit(required={0}, excluded={0})])).unplanned == (0,)


@pytest.mark.parametrize(("bonus", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_bonus_sends_the_preferred_technician_if_it_outweighs_the_way(bonus: int, shift: int) -> None:
    visit = Visit(preferred={1}, preference_ticks=bonus)
    solution = best_plan(make_problem([visit], shifts=[NEAR, FAR], line_s=LINE))
    assert order(solution, shift) == (0,)
    assert cost(solution, "preference") == (-bonus if shift else 0)


def test_a_required_territory_is_served_from_home_only() -> None:
    crew = [Technician(territories={0}), Technician(territories={1})]
    visit = Visit(territory=1, territory_rule=TERRITORY_REQUIRED)
    assert order(best_plan(make_problem([visit], crew, [NEAR, FAR], line_s=LINE)), 1) == (0,)


@pytest.mark.parametrize(("ticks", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_preferred_territory_is_left_at_its_price(ticks: int, shift: int) -> None:
    crew = [Technician(territories={0}), Technician(territories={1})]
    visit = Visit(territory=1, territory_rule=TERRITORY_PREFERRED, territory_ticks=ticks)
    solution = best_plan(make_problem([visit], crew, [NEAR, FAR], line_s=LINE))
    assert order(solution, shift) == (0,)
    assert cost(solution, "territory") == (0 if shift else ticks)


@pytest.mark.parametrize(("stock", "planned"), [(3, 2), (2, 1)])
def test_a_van_serves_as_many_visits_as_it_has_parts_for(stock: int, planned: int) -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 2})]
    solution = best_plan(make_problem(visits, [Technician(stock={0: stock})]))
    assert len(order(solution)) == planned


def test_two_shifts_of_a_technician_share_one_van() -> None:
    visits = [Visit(parts={0: 1}, windows=[(0, 10_000)]), Visit(parts={0: 1}, windows=[(90_000, 99_000)])]
    shifts = [Shift(), Shift(start_s=86_400, regular_end_s=120_000)]
    assert len(best_plan(make_problem(visits, [Technician(stock={0: 1})], shifts)).unplanned) == 1
    assert best_plan(make_problem(visits, [Technician(stock={0: 2})], shifts)).unplanned == ()


def test_a_pinned_technician_is_kept_though_another_is_nearer() -> None:
    visit = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=1)
    assert order(best_plan(make_problem([visit], shifts=[NEAR, FAR], line_s=LINE)), 1) == (0,)


def test_a_pinned_technician_may_use_any_of_his_shifts_unless_one_is_named() -> None:
    shifts = [Shift(regular_end_s=1000), Shift(start_s=2000)]
    free = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0)
    named = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, pin_shift=0)
    assert order(best_plan(make_problem([free], shifts=shifts)), 1) == (0,)
    assert best_plan(make_problem([named], shifts=shifts)).unplanned == (0,)


def test_pinned_ranks_are_kept_though_the_other_order_is_shorter() -> None:
    visits = [in_order(pin_rank=2), Visit(), in_order(pin_rank=1)]
    shift = Shift(end_place=3)
    assert order(best_plan(make_problem([Visit(), Visit(), Visit()], shifts=[shift]))) == (0, 1, 2)
    pinned = order(best_plan(make_problem(visits, shifts=[shift])))
    assert pinned.index(2) < pinned.index(0)


def test_ranks_are_kept_even_where_nothing_takes_time() -> None:
    visits = [in_order(place=1, service_s=0, pin_rank=rank) for rank in (1, 0)]
    assert order(best_plan(make_problem(visits))) == (1, 0)


def test_a_pinned_start_is_exact_and_replaces_windows_and_release() -> None:
    visit = Visit(windows=[(0, 700)], release_s=650, pin_level=START_FIXED, pin_shift=0, pin_start_s=5000)
    solution = best_plan(make_problem([visit]))
    assert solution.routes[0].stops[0].start_s == 5000


def test_a_pinned_start_that_cannot_be_reached_leaves_the_visit_unplanned() -> None:
    reached, missed = (Visit(pin_level=START_FIXED, pin_shift=0, pin_start_s=start_s) for start_s in (600, 599))
    assert order(best_plan(make_problem([reached]))) == (0,)
    assert best_plan(make_problem([missed])).unplanned == (0,)
