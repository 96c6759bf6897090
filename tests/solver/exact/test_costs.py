"""Each term of the cost, against sums made by hand."""

from typing import Any

import pytest

from solver.problem import NONE
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.exact.planning import best_plan, cost, stop
from tests.solver.planning import order


def test_wage_and_distance_of_one_visit() -> None:
    solution = best_plan(make_problem([Visit()], shifts=[Shift(wage_ticks_per_s=5, distance_ticks_per_m=18)]))
    assert (cost(solution, "wage"), cost(solution, "distance")) == (5 * 1800, 18 * 12_000)


def test_a_callout_costs_a_fixed_price_and_one_for_each_visit() -> None:
    solution = best_plan(make_problem([Visit(), Visit()], shifts=[Shift(fixed_ticks=1000, visit_ticks=70)]))
    assert cost(solution, "callout") == 1140


def test_a_dear_provider_is_not_sent() -> None:
    own, provider = Shift(technician=0), Shift(technician=1, fixed_ticks=1_000_000)
    assert order(best_plan(make_problem([Visit()], shifts=[provider, own])), 1) == (0,)


def test_steps_of_lateness_add_up() -> None:
    visit = Visit(windows=[(1000, 1000)], response=[(500, 2), (900, 3)], restore=[(1500, 7)])
    solution = best_plan(make_problem([visit]))
    assert (cost(solution, "response"), cost(solution, "restore")) == (2 * 500 + 3 * 100, 7 * 100)


def test_lateness_can_be_capped_by_a_slope_that_ends() -> None:
    visit = Visit(windows=[(5000, 5000)], response=[(1000, 2), (2000, -2)])
    assert cost(best_plan(make_problem([visit])), "response") == 2000


def test_being_on_time_to_the_second_costs_nothing() -> None:
    visit = Visit(response=[(600, 9)], restore=[(1200, 9)])
    assert cost(best_plan(make_problem([visit])), "response") == 0


def test_the_dearer_lateness_goes_first() -> None:
    visits = [Visit(response=[(0, 1)]), Visit(response=[(0, 100)])]
    assert order(best_plan(make_problem(visits))) == (1, 0)


def test_downtime_runs_until_completion() -> None:
    visit = Visit(downtime_from_s=200, downtime_ticks_per_s=3)
    assert cost(best_plan(make_problem([visit])), "downtime") == 3 * 1000


def test_a_visit_cheaper_to_drop_than_to_serve_is_dropped() -> None:
    served_ticks = 1800 + 12_000
    assert best_plan(make_problem([Visit(drop_ticks=served_ticks - 1)])).unplanned == (0,)
    assert best_plan(make_problem([Visit(drop_ticks=served_ticks + 1)])).unplanned == ()


def test_a_dropped_visit_costs_the_lateness_that_it_runs_up_to_the_horizon() -> None:
    visit = Visit(excluded={0}, drop_ticks=10, response=[(900, 1)], restore=[(500, 2)], downtime_ticks_per_s=3)
    solution = best_plan(make_problem([visit], horizon_s=1000))
    assert (cost(solution, "unplanned"), cost(solution, "deferred")) == (10, 100 + 1000 + 3000)


def test_lateness_since_before_the_start_of_time_is_not_charged_twice_when_dropped() -> None:
    visit = Visit(excluded={0}, drop_ticks=10, downtime_from_s=-500, downtime_ticks_per_s=2)
    solution = best_plan(make_problem([visit], horizon_s=1000))
    assert (cost(solution, "downtime"), cost(solution, "deferred")) == (0, 3000)


def test_dropping_a_promised_visit_has_its_own_price() -> None:
    visit = Visit(excluded={0}, promised_technician=0, promise_drop_ticks=42)
    assert cost(best_plan(make_problem([visit])), "promise_dropped") == 42


@pytest.mark.parametrize(("ticks", "shift"), [(1, 0), (1_000_000, 1)])
def test_a_promised_technician_is_kept_unless_another_is_cheaper_by_the_price(ticks: int, shift: int) -> None:
    shifts = [Shift(technician=0), Shift(technician=1, wage_ticks_per_s=100)]
    solution = best_plan(make_problem([Visit(promised_technician=1, reassign_ticks=ticks)], shifts=shifts))
    assert order(solution, shift) == (0,)
    assert cost(solution, "reassigned") == (0 if shift else ticks)


@pytest.mark.parametrize(("ticks", "start_s"), [(399, 600), (401, 1000)])
def test_a_promised_interval_is_waited_for_if_waiting_is_cheaper(ticks: int, start_s: int) -> None:
    solution = best_plan(make_problem([Visit(promised=(1000, 1100), retime_ticks=ticks)]))
    assert stop(solution, 0).start_s == start_s
    assert cost(solution, "retimed") == (ticks if start_s == 600 else 0)


def test_a_promised_interval_is_inclusive() -> None:
    visit = Visit(promised=(0, 600), retime_ticks=5)
    assert cost(best_plan(make_problem([visit])), "retimed") == 0


def test_fairness_prices_the_deviation_beyond_each_step_both_ways() -> None:
    shifts = [Shift(workload_target_s=1000), Shift(technician=1, workload_target_s=1000, fixed_ticks=10**6)]
    solution = best_plan(make_problem([Visit()], shifts=shifts, fairness=[(100, 2), (900, 3)]))
    assert cost(solution, "fairness") == 2 * (800 - 100) + 2 * (1000 - 100) + 3 * (1000 - 900)


def test_fairness_spreads_work_where_it_outweighs_the_driving() -> None:
    shifts = [Shift(workload_target_s=1800), Shift(technician=1, workload_target_s=1800)]
    visits = [Visit(place=1), Visit(place=1)]
    assert len(best_plan(make_problem(visits, shifts=shifts, fairness=[(0, 100)])).routes) == 2
    assert len(best_plan(make_problem(visits, shifts=shifts)).routes) == 1


@pytest.mark.parametrize(("limit", "value"), [("max_visits", 2), ("max_driving_s", 2400), ("max_distance_m", 24_000)])
def test_limits_of_a_shift_are_inclusive(limit: str, value: int) -> None:
    for allowed, unplanned in ((value, 0), (value - 1, 1)):
        limits: dict[str, Any] = {limit: allowed}
        problem = make_problem([Visit(), Visit()], shifts=[Shift(**limits)])
        assert len(best_plan(problem).unplanned) == unplanned


def test_service_takes_as_long_as_this_technician_needs() -> None:
    shifts = [Shift(technician=0, end_place=NONE), Shift(technician=1, end_place=NONE)]
    solution = best_plan(make_problem([Visit(service_s=(900, 300))], shifts=shifts))
    assert order(solution, 1) == (0,)
    assert stop(solution, 0).end_s - stop(solution, 0).start_s == 300
