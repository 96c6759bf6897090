"""Fairness: a convex price on how far a shift's workload (driving and service) is from its target."""

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, plan

WORKLOAD_S = 600 + 600 + 600
"""Out, service and back of visit 0."""


def test_a_steep_price_spreads_the_work_over_both_technicians() -> None:
    visits = [Visit(), Visit()]
    shifts = [Shift(workload_target_s=2000), Shift(technician=1, workload_target_s=2000)]
    alone = plan(make_problem(visits, shifts=shifts, fairness=[])).solution
    assert len(alone.routes) == 1
    fair = plan(make_problem(visits, shifts=shifts, fairness=[(0, 1000)])).solution
    assert len(fair.routes) == 2


@pytest.mark.parametrize("target_s", [WORKLOAD_S - 100, WORKLOAD_S + 100])
@pytest.mark.parametrize(("beyond_s", "charged_s"), [(100, 0), (99, 1), (0, 100)])
def test_a_deviation_within_the_tolerance_is_free_and_each_second_beyond_costs(
    target_s: int, beyond_s: int, charged_s: int
) -> None:
    shift = Shift(workload_target_s=target_s)
    solution = plan(make_problem([Visit()], shifts=[shift], fairness=[(beyond_s, 7)])).solution
    assert solution.cost_by_term["fairness"] == 7 * charged_s


def test_the_steps_add_up() -> None:
    problem = make_problem([Visit()], shifts=[Shift(workload_target_s=1000)], fairness=[(0, 1), (500, 10), (900, 100)])
    assert plan(problem).solution.cost_by_term["fairness"] == 800 + 10 * 300


def test_an_unused_shift_has_no_workload() -> None:
    idle = Shift(technician=1, workload_target_s=900)
    solution = plan(make_problem([Visit()], shifts=[Shift(), idle], fairness=[(0, 1)])).solution
    assert len(solution.routes) == 1
    assert solution.cost_by_term["fairness"] == 900


def test_a_shift_without_a_target_does_not_count() -> None:
    assert plan(make_problem([Visit()], fairness=[(0, 10**6)])).solution.cost_by_term["fairness"] == 0


def test_a_visit_that_overworks_its_only_technician_is_left_out_for_its_price() -> None:
    shift = Shift(workload_target_s=0)
    result = plan(make_problem([Visit(drop_ticks=50_000)], shifts=[shift], fairness=[(0, 1000)]))
    assert codes(result) == ["price"]
    assert result.why[0][0].shortfall == 13_800 + 1000 * WORKLOAD_S - 50_000
