"""Changes of the standing routes: they are consistent, and can be taken back to the last label."""

from __future__ import annotations

import numpy as np
import pytest

from solver.problem import UNREACHABLE, Problem
from solver.search import moves
from solver.search.insertion import best_insertion, may_take
from solver.search.order import WEIGHTS
from solver.search.recreate import cached_insertion, recreate
from solver.search.ruin import ruin
from solver.search.state import BEST_TICKS, CURRENT_TICKS
from solver.search.worker import Search
from solver.tables import build_tables
from tests.solver.builder import Technician, Visit, make_problem
from tests.solver.search.standing import absent, content, contradictions, loaded, problems, standing, started

CASES = problems(22, 25)


def ruin_and_recreate(search: Search, blink: float = 0.2) -> tuple[int, int]:
    """Do one step without a decision on it; return what ``undo`` wants to know."""
    ground, state = search.ground, search.state
    n_before, ticks_before = moves.mark_absent(state)
    ruin(ground.tables, state, search.rng, ground.neighbours, 4.0, 5, 0.5)
    recreate(ground.tables, state, search.rng, ground.keys, WEIGHTS, blink)
    return int(n_before), int(ticks_before)


def decide(search: Search, before: tuple[int, int], *, accepts: bool) -> None:
    if accepts:
        moves.accept(search.state)
    else:
        moves.undo(search.ground.tables, search.state, *before)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_undo_restores_everything_to_the_last_label(number: int) -> None:
    search, changed = started(CASES[number]), 0
    for step in range(30):
        before = content(search.state)
        mark = ruin_and_recreate(search)
        changed += content(search.state) != before
        decide(search, mark, accepts=step % 3 == 0)
        assert step % 3 == 0 or content(search.state) == before
    assert changed > 0 or not any(standing(search.state))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_the_state_holds_follows_from_its_routes_whatever_is_decided(number: int) -> None:
    search, coin = started(CASES[number]), np.random.default_rng(number)
    tables = search.ground.tables
    for _ in range(30):
        mark = ruin_and_recreate(search)
        assert contradictions(CASES[number], tables, search.state) == []
        decide(search, mark, accepts=bool(coin.random() < 0.5))
        assert contradictions(CASES[number], tables, search.state) == []


def lies(search: Search) -> list[tuple[int, int]]:
    """Return the absent visits and shifts whose remembered insertion is not what a fresh look finds."""
    tables, state = search.ground.tables, search.state
    pairs = [(v, s) for v in absent(state) for s in range(len(tables.shift)) if may_take(tables, state, v, s)]
    return [p for p in pairs if cached_insertion(tables, state, *p) != best_insertion(tables, state, *p)]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_remembered_insertion_is_what_a_fresh_look_finds_after_any_moves(number: int) -> None:
    search, coin = started(CASES[number]), np.random.default_rng(number)
    for _ in range(30):
        mark = moves.mark_absent(search.state)
        ground, state = search.ground, search.state
        ruin(ground.tables, state, search.rng, ground.neighbours, 4.0, 5, 0.5)
        assert lies(search) == []
        recreate(ground.tables, state, search.rng, ground.keys, WEIGHTS, 0.2)
        assert lies(search) == []
        decide(search, mark, accepts=bool(coin.random() < 0.5))
        assert lies(search) == []


def pair() -> Problem:
    return make_problem([Visit(parts={0: 1}), Visit(parts={0: 2})], [Technician(stock={0: 3})])


def test_loading_leaves_out_what_cannot_be_where_it_is_said_to_be() -> None:
    problem = make_problem([Visit(), Visit(windows=[(0, 1799)]), Visit(excluded={0})])
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0, 1, 2, 0]])
    assert standing(state) == [[0]]
    assert absent(state) == [1, 2]
    assert contradictions(problem, tables, state) == []


def test_a_route_is_loaded_whole_though_its_beginning_alone_has_no_way_home() -> None:
    problem = make_problem([Visit(), Visit(), Visit(excluded={0})], travel_s={(1, 0): UNREACHABLE})
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0, 2, 1]])
    assert standing(state) == [[0, 1]]
    assert contradictions(problem, tables, state) == []


def test_taking_a_visit_out_puts_its_parts_back() -> None:
    problem = pair()
    tables = build_tables(problem)
    state = loaded(problem, tables, [[0, 1]])
    assert state.left.tolist() == [[0]]
    moves.take_out(tables, state, 0, 1)
    moves.refresh(tables, state, 0, 1)
    assert (standing(state), absent(state), state.left.tolist()) == ([[0]], [1], [[2]])
    assert contradictions(problem, tables, state) == []


def test_the_best_routes_stay_while_others_are_tried() -> None:
    search = started(CASES[3])
    best = search.best_routes()
    for _ in range(10):
        ruin_and_recreate(search)
        moves.accept(search.state)
    assert search.best_routes() == best
    moves.remember_best(search.state)
    assert search.best_routes() == standing(search.state)
    assert search.state.counter[BEST_TICKS] == search.state.counter[CURRENT_TICKS]
