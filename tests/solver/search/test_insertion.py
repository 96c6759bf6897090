"""The cheapest place of a visit in a route is what trying all positions finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from solver.columns import TECHNICIAN
from solver.money import FORBIDDEN
from solver.problem import Problem
from solver.search import ways
from solver.search.state import CURRENT_TICKS, TICKS, State
from solver.tables import Tables, build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.planning import at_position
from tests.solver.search.calling import Insertion, from_python, insertion_of
from tests.solver.search.standing import loaded, problems, row_of, standing, started

may_take = from_python(ways.may_take)


class Trial(NamedTuple):
    """A visit that is to be put into the route of a shift."""

    problem: Problem
    tables: Tables
    state: State
    visit: int
    shift: int

    def by_trying(self) -> list[int]:
        """Return what the route costs with the visit at each position."""
        stops = standing(self.state)[self.shift]
        every = range(len(stops) + 1) if self.has_parts() else ()
        return [route_ticks(self.tables, self.shift, at_position(stops, at, self.visit)) for at in every]

    def has_parts(self) -> bool:
        """Whether the van has enough left."""
        parts = self.problem.visits.parts[self.visit]
        return bool((self.state.left[self.tables.shift[self.shift, TECHNICIAN], : len(parts)] >= parts).all())

    def by_insertion(self) -> tuple[int, int]:
        """Return what the route costs with the visit at its best position, and the position."""
        added, _, at, _, _ = insertion_of(self.tables, self.state, self.visit, self.shift)
        before = self.state.row[row_of(self.state, self.shift), TICKS]
        return (FORBIDDEN, 0) if added >= FORBIDDEN else (int(added + before), int(at))


def trials(problem: Problem) -> Iterator[Trial]:
    """Take each visit out of a good plan and try it on each shift that may take it."""
    search = started(problem)
    search.step(40, 0.0, 1.0)
    tables, routes = search.ground.tables, [routing.stops for routing in search.best_routes()]
    for v in set(range(problem.n_visits)) - problem.fact_visits:
        state = loaded(problem, tables, [[u for u in visits if u != v] for visits in routes])
        for s in range(problem.n_shifts):
            if may_take(tables, v, s):
                yield Trial(problem, tables, state, v, s)


@pytest.fixture(scope="module")
def all_trials() -> list[Trial]:
    return [trial for problem in problems(21, 50) for trial in trials(problem)]


def test_the_cheapest_insertion_is_what_trying_all_positions_finds(all_trials: list[Trial]) -> None:
    assert len(all_trials) > 500
    for trial in all_trials:
        assert trial.by_insertion()[0] == min(trial.by_trying(), default=FORBIDDEN)


def test_the_position_given_is_one_that_costs_no_more_than_any_other(all_trials: list[Trial]) -> None:
    fitting = [trial for trial in all_trials if trial.by_insertion()[0] < FORBIDDEN]
    assert 200 < len(fitting) < len(all_trials)
    for trial in fitting:
        ticks, at = trial.by_insertion()
        assert trial.by_trying()[at] == ticks


def inserted(problem: Problem, routes: list[list[int]], visit: int) -> Insertion:
    """Return the best insertion of a visit into the first of the routes."""
    tables = build_tables(problem)
    return insertion_of(tables, loaded(problem, tables, routes), visit, 0)


def test_a_visit_goes_between_the_two_that_it_lies_between() -> None:
    problem = make_problem([Visit(), Visit(), Visit()], shifts=[Shift(end_place=3)])
    assert inserted(problem, [[0, 2]], 1)[:3] == (600, 1, 1)


def test_a_full_route_takes_no_more_visits() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(max_visits=1)])
    assert inserted(problem, [[0]], 1)[0] == FORBIDDEN


@pytest.mark.parametrize("stock", [2, 1])
def test_a_van_takes_no_visit_that_it_has_no_parts_left_for(stock: int) -> None:
    problem = make_problem([Visit(parts={0: 1}), Visit(parts={0: 1})], [Technician(stock={0: stock})])
    assert (inserted(problem, [[0]], 1)[0] < FORBIDDEN) == (stock == 2)


def test_a_shift_may_take_what_no_rule_on_the_pair_forbids() -> None:
    visits = [Visit(), Visit(excluded={0}), Visit(pin_level=1, pin_technician=0, pin_shift=1)]
    tables = build_tables(make_problem(visits, shifts=[Shift(), Shift(start_s=50_000, regular_end_s=90_000)]))
    allowed = [[bool(may_take(tables, v, s)) for s in range(2)] for v in range(3)]
    assert allowed == [[True, True], [False, False], [False, True]]


def test_looking_for_a_place_changes_nothing(all_trials: list[Trial]) -> None:
    for trial in all_trials[::7]:
        state = trial.state
        before = [np.copy(part) for part in (state.route[:-1], state.row[:-1], state.left, state.supply_left)]
        ticks = int(state.counter[CURRENT_TICKS])
        trial.by_insertion()
        after = (state.route[:-1], state.row[:-1], state.left, state.supply_left)
        assert all((one == other).all() for one, other in zip(before, after, strict=True))
        assert state.counter[CURRENT_TICKS] == ticks
