"""Ledgers: what a route has taken is given back to the piece, and can be taken again."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.columns import TOTAL
from solver.problem import Ints
from solver.routing import VAN
from solver.search import ledger
from solver.search.state import ENTRIES, van_items
from solver.search.worker import Search
from tests.solver.builder import Location, Technician, Visit, make_problem
from tests.solver.search.calling import from_python
from tests.solver.search.standing import ledger_of, parts_problems, row_of, started
from tests.solver.search.supplied import Standing

available, enter = from_python(ledger.available), from_python(ledger.enter)
strike, take_again = from_python(ledger.strike), from_python(ledger.take_again)

PARTS_CASES = parts_problems(51, 60)


def left(search: Search) -> tuple[Ints, Ints]:
    return search.state.left.copy(), search.state.supply_left.copy()


def same(one: tuple[Ints, Ints], other: tuple[Ints, Ints]) -> bool:
    return all(bool((a == b).all()) for a, b in zip(one, other, strict=True))


@settings(max_examples=60)
@given(number=st.integers(0, len(PARTS_CASES) - 1), seed=st.integers(0, 99), steps=st.integers(0, 20))
def test_what_is_struck_and_taken_again_is_as_before(number: int, seed: int, steps: int) -> None:
    search = started(PARTS_CASES[number], seed)
    search.step(max(1, steps), 0.0, 1.0)
    tables, state = search.ground.tables, search.state
    before = left(search)
    for s in range(len(tables.shift)):
        lines = ledger_of(state, s)
        strike(tables, state, s, row_of(state, s))
        assert same(left(search), before) == (not lines)
        take_again(tables, state, s, row_of(state, s))
        assert same(left(search), before)
        assert ledger_of(state, s) == lines


def test_when_all_is_struck_nothing_is_missing_anywhere() -> None:
    for problem in PARTS_CASES:
        search = started(problem)
        search.step(20, 0.0, 1.0)
        tables, state = search.ground.tables, search.state
        for s in range(len(tables.shift)):
            strike(tables, state, s, row_of(state, s))
        assert same(left(search), (van_items(problem), tables.supply[:, TOTAL]))


def two_steps() -> Standing:
    """Return a van that stands idle, and a place with one piece at first and three from a delivery on."""
    location = Location(supplies=[(0, 0, 1), (0, 3000, 2)])
    return Standing(make_problem([Visit(parts={0: 1})], [Technician(stock={0: 1})], locations=[location]), [[]])


def test_what_is_taken_at_a_step_is_missing_there_and_later_but_not_before() -> None:
    standing = two_steps()
    assert enter(standing.tables, standing.state, 0, row_of(standing.state, 0), 0, 0, 2, 1, 2)
    assert standing.state.supply_left.tolist() == [1, 1]
    assert standing.state.left.tolist() == [[1]]


def test_as_many_are_available_as_are_left_at_every_later_step() -> None:
    state = two_steps().state
    assert [int(available(state.supply_left, step, 2)) for step in (0, 1)] == [1, 3]
    state.supply_left[1] = 0
    assert [int(available(state.supply_left, step, 2)) for step in (0, 1)] == [0, 0]


def test_a_full_ledger_takes_no_more_lines() -> None:
    standing = two_steps()
    state, r = standing.state, row_of(standing.state, 0)
    state.row[r, ENTRIES] = state.ledger.shape[1]
    before = np.concatenate([state.left.ravel(), state.supply_left])
    assert not enter(standing.tables, state, 0, r, VAN, 0, 1, -1, -1)
    assert (np.concatenate([state.left.ravel(), state.supply_left]) == before).all()
