"""Lateness against response (start) and restore (completion), and downtime."""

from typing import Any

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan

LATE_BY_TERM: list[tuple[str, dict[str, Any]]] = [
    ("response", {"response": [(600, 1000)]}),
    ("restore", {"restore": [(1200, 1000)]}),
    ("downtime", {"downtime_from_s": 1200, "downtime_ticks_per_s": 1000}),
]
"""Visit 0 starts at 600 and is completed at 1,200 if it comes first; each second later costs 1,000 ticks."""


@pytest.mark.parametrize(("term", "late"), LATE_BY_TERM)
def test_what_gets_expensive_is_served_first_though_the_way_is_longer(term: str, late: dict[str, Any]) -> None:
    shift = Shift(start_place=3, end_place=0)
    assert order(plan(make_problem([Visit(), Visit()], shifts=[shift])).solution) == (1, 0)
    hurried = plan(make_problem([Visit(**late), Visit()], shifts=[shift])).solution
    assert order(hurried) == (0, 1)
    assert hurried.cost_by_term[term] == 1000 * 600


@pytest.mark.parametrize(("term", "late"), LATE_BY_TERM)
@pytest.mark.parametrize("late_s", [0, 1])
def test_the_deadline_itself_is_free_and_each_second_after_it_costs(
    term: str, late: dict[str, Any], late_s: int
) -> None:
    solution = plan(make_problem([Visit(**late, release_s=600 + late_s)])).solution
    assert solution.cost_by_term[term] == 1000 * late_s


def test_the_steps_of_a_deadline_add_up() -> None:
    visit = Visit(response=[(100, 1), (200, 10), (600, 100)], restore=[(1000, 7), (1100, -7)])
    cost = plan(make_problem([visit])).solution.cost_by_term
    assert (cost["response"], cost["restore"]) == (500 + 10 * 400, 7 * 200 - 7 * 100)


@pytest.mark.parametrize(("term", "late"), LATE_BY_TERM)
def test_leaving_a_late_visit_out_costs_its_lateness_up_to_the_horizon(term: str, late: dict[str, Any]) -> None:
    result = plan(make_problem([Visit(**late)], shifts=[Shift(regular_end_s=1799)], horizon_s=50_000))
    assert codes(result) == ["shift"]
    assert result.solution.cost_by_term["deferred"] == 1000 * (50_000 - (600 if term == "response" else 1200))
    assert result.solution.cost_by_term[term] == 0


def test_a_visit_is_never_left_out_to_save_its_lateness() -> None:
    result = plan(make_problem([Visit(response=[(0, 10**6)], drop_ticks=0)], horizon_s=36_000))
    assert result.solution.unplanned == ()
