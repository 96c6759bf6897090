"""Changes of the standing routes: they are consistent, and can be taken back to the last label."""

from __future__ import annotations

import numpy as np
import pytest

from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE, Csr, Problem
from solver.search import changes, entry, moves, recreate, ruin, ways
from solver.search.order import WEIGHTS
from solver.search.state import (
    ABSENT_AS,
    BEST_TICKS,
    CURRENT_TICKS,
    VISIT_STATE_COLUMNS,
    new_state,
    van_items,
)
from solver.search.worker import Search
from solver.tables import build_tables
from tests.solver.builder import Technician, Visit, make_problem
from tests.solver.search.calling import from_python, insertion_of
from tests.solver.search.standing import (
    absent,
    content,
    contradictions,
    loaded,
    parts_problems,
    problems,
    routings,
    standing,
    started,
)

CASES = problems(22, 25)
PARTS_CASES = parts_problems(22, 60)

mark_absent, undo = from_python(moves.mark_absent), from_python(moves.undo)
take_out, settle = from_python(changes.take_out), from_python(changes.settle)
ruin_some, cheapest_route = from_python(ruin.ruin), from_python(recreate.cheapest_route)
may_take = from_python(ways.may_take)


def ruin_only(search: Search) -> tuple[int, int]:
    """Take some visits out; return what ``undo`` wants to know."""
    ground, state = search.ground, search.state
    n_before, ticks_before = mark_absent(state)
    ruin_some(ground.tables, state, search.rng, ground.neighbours, 4.0, 5, 0.5)
    return int(n_before), int(ticks_before)


def recreate_only(search: Search, blink: float) -> None:
    ground, state = search.ground, search.state
    from_python(recreate.recreate)(ground.tables, state, search.rng, ground.keys, WEIGHTS, blink)


def ruin_and_recreate(search: Search, blink: float = 0.2) -> tuple[int, int]:
    """Do one step without a decision on it; return what ``undo`` wants to know."""
    before = ruin_only(search)
    recreate_only(search, blink)
    return before


def decide(search: Search, before: tuple[int, int], *, accepts: bool) -> None:
    if accepts:
        from_python(moves.accept)(search.state)
    else:
        undo(search.ground.tables, search.state, *before)


@pytest.mark.parametrize("problem", [*CASES, *PARTS_CASES], ids=lambda _: "")
def test_undo_restores_everything_to_the_last_label_and_line(problem: Problem) -> None:
    search, changed = started(problem), 0
    for step in range(30):
        before = content(search.state)
        mark = ruin_and_recreate(search)
        changed += content(search.state) != before
        decide(search, mark, accepts=step % 3 == 0)
        assert step % 3 == 0 or content(search.state) == before
    assert changed > 0 or not any(standing(search.state))


@pytest.mark.parametrize("problem", [*CASES, *PARTS_CASES], ids=lambda _: "")
def test_what_the_state_holds_follows_from_its_routes_whatever_is_decided(problem: Problem) -> None:
    search, coin = started(problem), np.random.default_rng(1)
    tables = search.ground.tables
    for _ in range(30):
        mark = ruin_only(search)
        assert contradictions(problem, tables, search.state) == []
        recreate_only(search, 0.2)
        assert contradictions(problem, tables, search.state) == []
        decide(search, mark, accepts=bool(coin.random() < 0.5))
        assert contradictions(problem, tables, search.state) == []


def lies(search: Search) -> list[int]:
    """Return the absent visits whose cheapest route, by what is remembered, is not what a fresh look finds."""
    tables, state = search.ground.tables, search.state
    wrong = []
    for v in absent(state):
        shifts = [s for s in range(len(tables.shift)) if may_take(tables, v, s)]
        fresh = [insertion_of(tables, state, v, s).ticks for s in shifts]
        if int(cheapest_route(tables, state, search.rng, v, 0.0, FORBIDDEN)[0]) != min(fresh, default=FORBIDDEN):
            wrong.append(v)
    return wrong


@pytest.mark.parametrize("problem", CASES, ids=lambda _: "")
def test_what_is_remembered_of_insertions_is_what_a_fresh_look_finds_after_any_moves(problem: Problem) -> None:
    search, coin = started(problem), np.random.default_rng(1)
    for _ in range(30):
        mark = ruin_only(search)
        assert lies(search) == []
        recreate_only(search, 0.2)
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


@pytest.mark.parametrize("n", [1, 4])
def test_however_many_visits_cannot_stand_where_they_are_loaded_their_list_keeps_to_its_room(n: int) -> None:
    problem = make_problem([Visit(windows=[(0, 1)]) for _ in range(n)])
    tables, begin = build_tables(problem), Csr.of([list(range(n))])
    state = new_state(problem, tables)
    room = len(state.whereabouts)
    state = state._replace(whereabouts=np.zeros((9 * room, VISIT_STATE_COLUMNS), np.int64))
    entry.load(tables, state, van_items(problem), begin)
    assert absent(state) == list(range(n))
    assert (state.whereabouts[room:, ABSENT_AS] == -1).all()


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
    take_out(tables, state, 0, 1)
    settle(tables, state, 0, 1)
    assert (standing(state), absent(state), state.left.tolist()) == ([[0]], [1], [[2]])
    assert contradictions(problem, tables, state) == []


def test_the_best_routes_stay_while_others_are_tried() -> None:
    search = started(CASES[3])
    best = search.best_routes()
    for _ in range(10):
        ruin_and_recreate(search)
        from_python(moves.accept)(search.state)
    assert search.best_routes() == best
    from_python(moves.remember_best)(search.state)
    assert search.best_routes() == routings(search.state)
    assert search.state.counter[BEST_TICKS] == search.state.counter[CURRENT_TICKS]
