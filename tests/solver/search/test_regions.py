"""Regions: they share nothing, hold whole routes, and what is out of focus stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

from solver.problem import NONE, Problem
from solver.search.regions import divide
from solver.search.state import CURRENT_TICKS, WHERE
from solver.search.worker import Search
from tests.solver.search.standing import parts_problems, problems, standing, started

CASES = (*problems(41, 12, n_visits=12, n_shifts=5), *parts_problems(41, 12, 8, 4))
WITHOUT_MEETINGS = [problem for problem in CASES if not len(problem.meetings)]


def planned_somewhere(problem: Problem, search: Search) -> list[int]:
    return [int(s) for s in search.state.whereabouts[: problem.n_visits, WHERE]]


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("number", range(len(CASES)))
def test_regions_share_no_shift_and_no_visit(number: int, parts: int) -> None:
    problem, search = CASES[number], started(CASES[number])
    regions = divide(search.ground, search.state, parts, 2, np.random.default_rng(number))
    shifts = [s for region in regions for s in region.shifts.tolist()]
    visits = [v for region in regions for v in region.visits.tolist()]
    assert len(set(shifts)) == len(shifts) == min(problem.n_shifts, 2 * parts)
    assert len(set(visits)) == len(visits)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_region_holds_all_visits_of_its_routes_and_no_others_that_are_planned(number: int) -> None:
    search = started(CASES[number])
    where = planned_somewhere(CASES[number], search)
    for region in divide(search.ground, search.state, 2, 2, np.random.default_rng(number)):
        on_its_routes = {v for v, s in enumerate(where) if s in region.shifts.tolist()}
        assert {v for v in region.visits.tolist() if where[v] != NONE} == on_its_routes


@pytest.mark.parametrize("number", range(len(CASES)))
def test_where_regions_have_room_for_all_shifts_all_visits_that_may_be_planned_are_in_one(number: int) -> None:
    problem, search = CASES[number], started(CASES[number])
    regions = divide(search.ground, search.state, 2, problem.n_shifts, np.random.default_rng(number))
    visits = {v for region in regions for v in region.visits.tolist()}
    assert visits == set(range(problem.n_visits)) - set(problem.fact_visits)


@pytest.mark.parametrize("number", range(len(WITHOUT_MEETINGS)))
def test_a_search_changes_nothing_out_of_focus(number: int) -> None:
    problem, search = WITHOUT_MEETINGS[number], started(WITHOUT_MEETINGS[number])
    (region,) = divide(search.ground, search.state, 1, 2, np.random.default_rng(number))
    before = search.standing_routes()
    search.focus(region.shifts, region.visits)
    search.step(100, 0.0, 1.0)
    after = search.standing_routes()
    others = set(range(problem.n_shifts)) - set(region.shifts.tolist())
    assert [after[s] for s in sorted(others)] == [before[s] for s in sorted(others)]


@pytest.mark.parametrize("number", range(len(WITHOUT_MEETINGS)))
def test_a_plan_that_is_taken_over_stands_and_costs_what_it_did(number: int) -> None:
    problem = WITHOUT_MEETINGS[number]
    one, other = started(problem, seed=1), started(problem, seed=2)
    other.step(100, 0.0, 1.0)
    one.take_over(other.standing_routes())
    assert standing(one.state) == other.standing_routes()
    assert one.best_ticks == one.current_ticks == other.current_ticks
    one.step(50, 0.0, 1.0)
    assert int(one.state.counter[CURRENT_TICKS]) >= one.best_ticks
