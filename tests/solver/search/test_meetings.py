"""Meetings: one van gives pieces of its stock, another takes them, and both routes stand and fall with the deal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solver.exact import solve_exact
from solver.master import Columns, MasterLimits, incumbent_columns, recombine
from solver.problem import Problem
from solver.routing import Routing
from solver.search import changes, deals
from solver.solution import Solution
from solver.stops import StopNumbers
from tests.properties.problems import random_problem
from tests.solver.builder import Location, Meeting, Shift, Technician, Visit, make_problem
from tests.solver.planning import plan
from tests.solver.search.calling import from_python
from tests.solver.search.standing import (
    absent,
    contradictions,
    ground_of,
    ledger_of,
    loaded,
    routings,
    standing,
    started,
)

take_out, settle = from_python(changes.take_out), from_python(changes.settle)
balance = from_python(deals.balance)
LIMITS = MasterLimits(None, 1.0, 1, 1)
GIVE, TAKE = 2, 3
"""The stop numbers of the only meeting of two visits."""


def two_vans(meeting: Meeting | None = None, stock: int = 1, **more: Any) -> Problem:
    """Return a visit near each of two technicians; the first needs a part that only the other's van holds."""
    shifts = [Shift(), Shift(technician=1, start_place=3, end_place=3)]
    visits = [Visit(place=1, parts={0: 1}, required=[0]), Visit(place=2, required=[1])]
    meetings = [meeting or Meeting(place=2, at_s=3000, handling_s=120)]
    crew = [Technician(), Technician(stock={0: stock})]
    return make_problem(visits, crew, shifts, meetings=meetings, **more)


def given_and_taken(solution: Solution) -> list[tuple[int, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]]:
    stops = [(route.shift, stop) for route in solution.routes for stop in route.stops]
    return [(s, stop.gives, stop.loads) for s, stop in stops if stop.gives or stop.loads]


def test_a_van_hands_over_what_another_lacks() -> None:
    result = plan(two_vans())
    assert result.solution.unplanned == ()
    assert given_and_taken(result.solution) == [(0, (), ((0, 1),)), (1, ((0, 1),), ())]


@pytest.mark.parametrize(
    "problem",
    [
        two_vans(Meeting(place=2, at_s=3000, technicians=[0])),
        two_vans(Meeting(place=2, at_s=3000, technicians=[1])),
        two_vans(Meeting(place=2, at_s=1199)),
        two_vans(stock=0),
    ],
    ids=["not open to the giver", "not open to the taker", "too early for the taker", "nobody has it"],
)
def test_without_a_meeting_that_both_can_reach_the_visit_is_left_out(problem: Problem) -> None:
    assert plan(problem).solution.unplanned == (0,)


def test_a_place_that_keeps_stock_on_the_way_is_cheaper_than_a_meeting() -> None:
    solution = plan(two_vans(locations=[Location(place=1, supplies=[(0, 0, 1)])])).solution
    assert given_and_taken(solution) == [(0, (), ((0, 1),))]


def test_a_route_takes_for_all_its_visits_at_one_stop_and_one_van_gives_it_all() -> None:
    visits = [Visit(place=1, parts={0: 1}, required=[0]) for _ in range(3)]
    shifts = [Shift(), Shift(technician=1, start_place=2, end_place=2)]
    crew = [Technician(), Technician(stock={0: 3})]
    problem = make_problem(visits, crew, shifts, meetings=[Meeting(place=2, at_s=3000)])
    assert given_and_taken(plan(problem).solution) == [(0, (), ((0, 3),)), (1, ((0, 3),), ())]


def test_what_a_van_needs_itself_is_not_given() -> None:
    problem = two_vans()
    problem = replace(problem, visits=replace(problem.visits, parts=np.array([[1], [1]])))
    assert len(plan(problem).solution.unplanned) == 1


def test_routes_that_meet_are_loaded_without_loss() -> None:
    problem = two_vans()
    ground = ground_of(problem)
    state = loaded(problem, ground.tables, [[TAKE, 0], [1, GIVE]])
    assert standing(state) == [[TAKE, 0], [1, GIVE]]
    assert [line.pieces for line in ledger_of(state, 1)] == [-1]
    assert contradictions(problem, ground.tables, state) == []


def test_a_take_without_a_give_and_a_give_without_a_take_are_dropped() -> None:
    problem = two_vans()
    ground = ground_of(problem)
    for routes, kept in (([[TAKE, 0], [1]], [[], [1]]), ([[], [1, GIVE]], [[], [1]])):
        state = loaded(problem, ground.tables, routes)
        assert standing(state) == kept
        assert contradictions(problem, ground.tables, state) == []


@pytest.mark.parametrize(
    ("shift", "at", "out"), [(0, 1, [0]), (0, 0, [0]), (1, 1, [0])], ids=["the visit", "the take", "the give"]
)
def test_a_deal_of_which_one_side_goes_is_dissolved(shift: int, at: int, out: list[int]) -> None:
    problem = two_vans()
    ground = ground_of(problem)
    state = loaded(problem, ground.tables, [[TAKE, 0], [1, GIVE]])
    take_out(ground.tables, state, shift, at)
    settle(ground.tables, state, shift, at)
    balance(ground.tables, state)
    assert (standing(state), absent(state)) == ([[], [1]], out)
    assert contradictions(problem, ground.tables, state) == []


def test_the_best_plan_and_the_columns_of_a_search_keep_their_deals() -> None:
    search = started(two_vans())
    search.step(100, 0.0, 1.0)
    assert [[line.pieces for line in routing.ledger if line.at >= 0] for routing in search.best_routes()] == [[1], [-1]]
    assert {line.pieces for column in search.take_columns() for line in column.ledger} == {1, -1}


def test_the_master_chooses_a_take_only_with_its_give() -> None:
    problem = two_vans()
    search = started(problem)
    search.step(100, 0.0, 1.0)
    routes, tables = search.best_routes(), search.ground.tables
    both = incumbent_columns(problem, tables, routes)
    for known, planned in ((both, 2), (both[:1], 0), (both[1:], 0)):
        columns = Columns(problem, tables)
        columns.add(known)
        found = recombine(columns, [Routing()] * 2, 1000, LIMITS)
        assert found is not None
        assert sum(bool(routing.stops) for routing in found) == planned


def test_what_the_master_found_is_adopted_with_its_deals() -> None:
    problem = two_vans()
    search, other = started(problem), started(problem)
    search.step(100, 0.0, 1.0)
    other.adopt([routing.stops for routing in search.best_routes()])
    assert other.best_ticks == search.best_ticks
    assert routings(other.state) == search.best_routes()


def test_the_numbers_of_giving_and_taking_are_those_of_the_tests() -> None:
    numbers = StopNumbers.of(two_vans())
    assert (numbers.give(0), numbers.take(0)) == (GIVE, TAKE)


@pytest.mark.parametrize("number", [3, 4, 17, 27, 33, 46])
def test_the_proven_optimum_with_a_meeting_is_reached(number: int) -> None:
    problem = random_problem(np.random.default_rng([9, number]), 4, 2, {"meetings"})
    exact = solve_exact(problem).solution
    found = plan(problem, iterations=1000).solution
    assert any(stop.gives for route in exact.routes for stop in route.stops)
    assert found.cost_ticks == exact.cost_ticks
