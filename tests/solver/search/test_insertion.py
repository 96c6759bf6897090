"""The cheapest place of a visit in a route is what trying all positions finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from solver.money import FORBIDDEN
from solver.problem import Problem
from solver.search.insertion import best_insertion, may_take
from solver.search.state import TICKS, State, standing_row
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.planning import at_position
from tests.solver.search.standing import loaded, problems, standing, started


class Trial(NamedTuple):
    """A visit that is to be put into the route of a shift."""

    tables: Tables
    state: State
    visit: int
    shift: int

    def by_trying(self) -> list[int]:
        """Return what the route costs with the visit at each position."""
        visits = standing(self.state)[self.shift]
        every = range(len(visits) + 1)
        return [route_ticks(self.tables, self.shift, at_position(visits, at, self.visit)) for at in every]

    def by_insertion(self) -> tuple[int, int]:
        """Return what the route costs with the visit at its best position, and the position."""
        added, at = best_insertion(self.tables, self.state, self.visit, self.shift)
        before = self.state.row[standing_row(self.state, self.shift), TICKS]
        return (FORBIDDEN, 0) if added >= FORBIDDEN else (int(added + before), int(at))


def trials(problem: Problem) -> Iterator[Trial]:
    """Take each visit out of a good plan and try it on each shift that may take it."""
    search = started(problem)
    search.step(40, 0.0, 1.0)
    tables, routes = search.ground.tables, search.best_routes()
    for v in set(range(problem.n_visits)) - problem.fact_visits:
        state = loaded(problem, tables, [[u for u in visits if u != v] for visits in routes])
        for s in range(problem.n_shifts):
            if may_take(tables, state, v, s):
                yield Trial(tables, state, v, s)


@pytest.fixture(scope="module")
def all_trials() -> list[Trial]:
    return [trial for problem in problems(21, 50) for trial in trials(problem)]


def test_the_cheapest_insertion_is_what_trying_all_positions_finds(all_trials: list[Trial]) -> None:
    assert len(all_trials) > 500
    assert [t.by_insertion()[0] - min(t.by_trying()) for t in all_trials] == [0] * len(all_trials)


def test_the_position_given_is_one_that_costs_no_more_than_any_other(all_trials: list[Trial]) -> None:
    fitting = [trial for trial in all_trials if trial.by_insertion()[0] < FORBIDDEN]
    assert 200 < len(fitting) < len(all_trials)
    for trial in fitting:
        ticks, at = trial.by_insertion()
        assert trial.by_trying()[at] == ticks


def test_a_visit_goes_between_the_two_that_it_lies_between() -> None:
    problem = make_problem([Visit(), Visit(), Visit()], shifts=[Shift(end_place=3)])
    tables = build_tables(problem)
    assert best_insertion(tables, loaded(problem, tables, [[0, 2]]), 1, 0) == (600, 1)


def test_a_full_route_takes_no_more_visits() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(max_visits=1)])
    tables = build_tables(problem)
    assert best_insertion(tables, loaded(problem, tables, [[0]]), 1, 0)[0] == FORBIDDEN


@pytest.mark.parametrize("stock", [2, 1])
def test_a_van_takes_no_visit_that_it_has_no_parts_left_for(stock: int) -> None:
    problem = make_problem([Visit(parts={0: 1}), Visit(parts={0: 1})], [Technician(stock={0: stock})])
    tables = build_tables(problem)
    assert may_take(tables, loaded(problem, tables, [[0]]), 1, 0) == (stock == 2)


def test_looking_for_a_place_changes_nothing(all_trials: list[Trial]) -> None:
    for trial in all_trials[::7]:
        route, row, counter = (np.copy(part) for part in (trial.state.route, trial.state.row, trial.state.counter))
        trial.by_insertion()
        assert (trial.state.route == route).all()
        assert (trial.state.row == row).all()
        assert (trial.state.counter == counter).all()
