"""What a plan costs by term, with each term alone and all together."""

from typing import Any

import pytest

from solver.objective import Objective, driving_s, workload_s
from solver.problem import TERRITORY_PREFERRED, Problem
from solver.solution import TERMS
from solver.tables import build_tables
from tests.properties.planned import planned_cases
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem
from tests.solver.planning import timed

TERM_OF: list[tuple[str, int, dict[str, Any], dict[str, Any]]] = [
    ("wage", 7 * 1800, {}, {"wage_ticks_per_s": 7}),
    ("wage", 1500 - 300, {}, {"breaks": [Break(0, 1000, 300)], "end_place": 1}),
    ("overtime", 3 * 800, {}, {"regular_end_s": 1000, "overtime_cap_s": 900, "overtime_ticks_per_s": 3}),
    ("distance", 5 * 12_000, {}, {"distance_ticks_per_m": 5}),
    ("callout", 40 + 2, {}, {"fixed_ticks": 40, "visit_ticks": 2}),
    ("response", 2 * 100, {"response": [(500, 2)]}, {}),
    ("restore", 2 * 200, {"restore": [(1000, 2)]}, {}),
    ("downtime", 2 * 1100, {"downtime_from_s": 100, "downtime_ticks_per_s": 2}, {}),
    ("preference", -8, {"preferred": {0}, "preference_ticks": 8}, {}),
    ("territory", 8, {"territory": 0, "territory_rule": TERRITORY_PREFERRED, "territory_ticks": 8}, {}),
    ("reassigned", 8, {"promised_technician": 1, "reassign_ticks": 8}, {}),
    ("retimed", 8, {"promised": (0, 10), "retime_ticks": 8}, {}),
    ("fairness", 3 * 200, {}, {"workload_target_s": 2000}),
]


def problem_of(visit: dict[str, Any], shift: dict[str, Any]) -> Problem:
    return make_problem([Visit(**visit)], [Technician(), Technician()], [Shift(**shift)], fairness=[(0, 3)])


@pytest.mark.parametrize(("term", "ticks", "visit", "shift"), TERM_OF)
def test_each_term_is_priced_as_the_model_says(
    term: str, ticks: int, visit: dict[str, Any], shift: dict[str, Any]
) -> None:
    problem = problem_of(visit, shift)
    by_term = Objective(problem, build_tables(problem)).route_by_term(timed(problem, [0]))
    assert by_term[term] == ticks
    paid_anyway = {"wage", "distance", term}
    assert {name for name, value in by_term.items() if value} <= paid_anyway


def test_restore_and_downtime_are_kept_apart() -> None:
    visit = {"restore": [(1000, 2)], "downtime_from_s": 900, "downtime_ticks_per_s": 10}
    problem = problem_of(visit, {})
    by_term = Objective(problem, build_tables(problem)).route_by_term(timed(problem, [0]))
    assert (by_term["restore"], by_term["downtime"]) == (400, 3000)


def test_visits_left_out_cost_drop_promise_and_what_they_run_up_until_the_horizon() -> None:
    visits = [Visit(drop_ticks=5), Visit(drop_ticks=7, promised_technician=0, promise_drop_ticks=11, response=[(0, 1)])]
    problem = make_problem(visits, horizon_s=1000)
    cost = Objective(problem, build_tables(problem)).cost_by_term([], [0, 1])
    assert {name: ticks for name, ticks in cost.items() if ticks} == {
        "unplanned": 12,
        "promise_dropped": 11,
        "deferred": 1000,
    }


def test_unused_shifts_count_for_fairness_only() -> None:
    shifts = [Shift(fixed_ticks=50, workload_target_s=100), Shift(technician=1, fixed_ticks=50)]
    problem = make_problem(shifts=shifts, fairness=[(0, 2)])
    cost = Objective(problem, build_tables(problem)).cost_by_term([], [])
    assert tuple(cost) == TERMS
    assert {name: ticks for name, ticks in cost.items() if ticks} == {"fairness": 200}


def test_driving_and_workload_include_the_way_to_a_resume_point() -> None:
    shift = Shift(facts=[Fact(0, 600, 1300)], departed_s=0, resume_place=3, resume_s=3000)
    problem = make_problem([Visit(), Visit()], shifts=[shift])
    route = timed(problem, [1])
    assert driving_s(problem, route) == 600 + 1200 + 600 + 1200
    assert workload_s(problem, route) == 3600 + 700 + 600


def test_the_cost_of_random_plans_is_what_the_checker_derives() -> None:
    for case in planned_cases(4, 150):
        assert case.report.accepted
        assert dict(case.solution.cost_by_term) == dict(case.report.cost_by_term)
