"""Required, excluded and preferred technicians."""

import pytest

from tests.solver.builder import Visit, make_problem
from tests.solver.planning import FURTHER_TICKS, codes, near_and_far, order, plan


def test_an_excluded_technician_does_not_go_though_nearer() -> None:
    assert order(plan(near_and_far(Visit(excluded={0}))).solution, 1) == (0,)


def test_if_some_technicians_are_required_only_those_go() -> None:
    assert order(plan(near_and_far(Visit(required={1}))).solution, 1) == (0,)


def test_of_several_required_technicians_the_cheapest_goes() -> None:
    assert order(plan(near_and_far(Visit(required={0, 1}))).solution, 0) == (0,)


def test_a_visit_whose_technicians_are_all_ruled_out_says_so() -> None:
    assert codes(plan(near_and_far(Visit(required={0}, excluded={0})))) == ["technician", "technician"]


@pytest.mark.parametrize(("bonus", "shift"), [(FURTHER_TICKS - 1, 0), (FURTHER_TICKS + 1, 1)])
def test_a_preferred_technician_goes_if_the_bonus_outweighs_the_way(bonus: int, shift: int) -> None:
    solution = plan(near_and_far(Visit(preferred={1}, preference_ticks=bonus))).solution
    assert order(solution, shift) == (0,)
    assert solution.cost_by_term["preference"] == (-bonus if shift else 0)


@pytest.mark.parametrize(("bonus", "planned"), [(1, ()), (2, (0,))])
def test_a_bonus_counts_against_the_price_of_leaving_the_visit_out(bonus: int, planned: tuple[int, ...]) -> None:
    serving_ticks = 1200 + 600 + 12_000
    visit = Visit(preferred={0}, preference_ticks=bonus, drop_ticks=serving_ticks - 1)
    result = plan(make_problem([visit]))
    assert order(result.solution) == planned
    assert {v: codes(result, v) for v in result.why} == ({} if planned else {0: ["price"]})
