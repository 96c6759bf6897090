"""Leaving a visit out: its drop price, and the lateness it runs up until the horizon's end."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan

SERVING_TICKS = 1800 + 12_000
"""What driving to visit 0 and back costs, with its service."""


@pytest.mark.parametrize(("drop_ticks", "planned"), [(SERVING_TICKS + 1, (0,)), (SERVING_TICKS - 1, ())])
def test_a_visit_is_served_if_that_is_cheaper_than_leaving_it_out(drop_ticks: int, planned: tuple[int, ...]) -> None:
    result = plan(make_problem([Visit(drop_ticks=drop_ticks)]))
    assert order(result.solution) == planned
    assert result.solution.cost_ticks == min(drop_ticks, SERVING_TICKS)
    assert [codes(result, v) for v in result.why] == ([] if planned else [["price"]])


def test_where_not_all_fit_the_one_with_the_lowest_drop_price_is_left_out() -> None:
    visits = [Visit(drop_ticks=500_000), Visit(drop_ticks=400_000), Visit(drop_ticks=600_000)]
    result = plan(make_problem(visits, shifts=[Shift(max_visits=2)]))
    assert result.solution.unplanned == (1,)
    assert codes(result, 1) == ["capacity"]


def test_two_visits_nearby_are_worth_a_way_that_neither_is_worth_alone() -> None:
    worth = SERVING_TICKS - 1
    assert plan(make_problem([Visit(drop_ticks=worth)])).solution.unplanned == (0,)
    together = [Visit(drop_ticks=worth), Visit(place=1, drop_ticks=worth)]
    started = plan(make_problem(together), start=[[0, 1]])
    assert order(started.solution) in {(0, 1), (1, 0)}


@pytest.mark.parametrize(("horizon_s", "deferred"), [(500, 0), (600, 0), (601, 7), (1000, 2800)])
def test_deferred_lateness_is_counted_up_to_the_horizon(horizon_s: int, deferred: int) -> None:
    visit = Visit(response=[(600, 7)], drop_ticks=5, excluded={0})
    cost = plan(make_problem([visit], horizon_s=horizon_s)).solution.cost_by_term
    assert (cost["unplanned"], cost["deferred"], cost["response"]) == (5, deferred, 0)


def test_response_restore_and_downtime_are_all_deferred() -> None:
    visit = Visit(
        response=[(100, 1), (200, 1)], restore=[(300, 10)], downtime_from_s=400, downtime_ticks_per_s=100, excluded={0}
    )
    cost = plan(make_problem([visit], horizon_s=1000)).solution.cost_by_term
    assert cost["deferred"] == 900 + 800 + 10 * 700 + 100 * 600
