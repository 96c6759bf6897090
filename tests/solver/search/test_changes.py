"""Changes of one route: books and timing are right after them, and nothing that a route lacks is left in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from solver.columns import DROP, OTHER_SIDE, VISIT
from solver.money import FORBIDDEN
from solver.problem import Problem
from solver.routing import VAN
from solver.search import changes, moves, ruin, ways
from solver.search.state import ABSENT, ABSENT_AS, CURRENT_TICKS, SIDE, STAMP, State
from solver.search.worker import Search
from tests.solver.builder import Location, Shift, Technician, Visit, make_problem
from tests.solver.search.calling import from_python, insertion_of
from tests.solver.search.standing import absent, content, contradictions, parts_problems, started
from tests.solver.search.supplied import Standing

take_out, settle = from_python(changes.take_out), from_python(changes.settle)
put_in, touch = from_python(changes.put_in), from_python(changes.touch)
mark_absent, undo = from_python(moves.mark_absent), from_python(moves.undo)
ruin_some, accept = from_python(ruin.ruin), from_python(moves.accept)
may_take = from_python(ways.may_take)

NO_RESTOCK = -1
WANTS = Visit(parts={0: 1})


def without(standing: Standing, at: int, shift: int = 0) -> Standing:
    """Take a stop out of a route."""
    take_out(standing.tables, standing.state, shift, at)
    settle(standing.tables, standing.state, shift, at)
    standing.hold()
    return standing


def list_absent(state: State, visits: list[int]) -> None:
    state.whereabouts[: len(visits), ABSENT_AS] = visits
    state.counter[ABSENT] = len(visits)


def stamp(state: State) -> int:
    """Return the number that tells contents of the first shift's route apart."""
    return int(state.row[state.side[0, SIDE], STAMP])


def put(standing: Standing, x: int, at: int, d: int = NO_RESTOCK, d_at: int = 0) -> bool:
    """Put an absent visit in, and take it off the list of the absent."""
    state, v = standing.state, int(standing.tables.stop[x, VISIT])
    done = bool(put_in(standing.tables, state, 0, x, at, d, d_at))
    if done:
        list_absent(state, [u for u in absent(state) if u != v])
    standing.hold()
    return done


def stood(standing: Standing) -> dict[str, Any]:
    """Return what stands but for the marks of a change that is under way."""
    everything = content(standing.state)
    return {name: everything[name] for name in everything if name not in ("touched", "rows")}


def test_a_restock_that_nobody_needs_any_more_is_dropped() -> None:
    problem = make_problem([WANTS, Visit()], locations=[Location(supplies=[(0, 0, 9)])])
    assert without(Standing(problem, [[2, 0, 1]]), 1).stops == [[1]]


def test_a_restock_that_others_need_still_takes_on_less() -> None:
    location = Location(handling_s=100, line_s=10, supplies=[(0, 0, 9), (1, 0, 9)])
    problem = make_problem([WANTS, Visit(parts={0: 2, 1: 1})], locations=[location])
    standing = without(Standing(problem, [[2, 0, 1]]), 2)
    assert (standing.stops, standing.taken()) == ([[2, 0]], {(0, 0, 1)})
    assert standing.timed().stops[0].end_s == 110


def test_without_its_restock_a_visit_becomes_absent() -> None:
    problem = make_problem([Visit(), WANTS], locations=[Location(supplies=[(0, 0, 9)])])
    standing = without(Standing(problem, [[0, 2, 1]]), 1)
    assert (standing.stops, standing.absent) == ([[0]], [1])


def test_without_its_restock_a_visit_takes_on_what_it_needs_at_an_earlier_one() -> None:
    locations = [Location(supplies=[(0, 0, 9), (1, 0, 9)]), Location(supplies=[(1, 0, 9)])]
    problem = make_problem([WANTS, Visit(parts={1: 1})], locations=locations)
    standing = without(Standing(problem, [[2, 0, 3, 1]]), 2)
    assert (standing.stops, standing.taken()) == ([[2, 0, 1]], {(0, 0, 1), (0, 1, 1)})


def test_what_a_visit_leaves_in_the_van_spares_others_their_restock() -> None:
    crew, location = [Technician(stock={0: 1})], Location(supplies=[(0, 0, 9)])
    standing = Standing(make_problem([WANTS, WANTS], crew, locations=[location]), [[0, 2, 1]])
    assert standing.taken() == {(VAN, 0, 1), (1, 0, 1)}
    assert without(standing, 0).stops == [[1]]
    assert standing.taken() == {(VAN, 0, 1)}


def test_a_visit_and_its_restock_are_put_in_together() -> None:
    standing = Standing(make_problem([Visit(), WANTS], locations=[Location(supplies=[(0, 0, 9)])]), [[0]])
    assert put(standing, 1, 2, d=2, d_at=1)
    assert (standing.stops, standing.taken(), standing.absent) == ([[0, 2, 1]], {(1, 0, 1)}, [])


def test_a_new_restock_ahead_of_one_that_gives_as_much_leaves_that_idle_or_is_idle_itself() -> None:
    problem = make_problem([WANTS, WANTS], locations=[Location(supplies=[(0, 0, 9)])])
    standing = Standing(problem, [[2, 0]])
    assert put(standing, 1, 2, d=2, d_at=0)
    assert standing.stops == [[2, 1, 0]]


@pytest.mark.parametrize("restock", [NO_RESTOCK, 2])
def test_putting_in_a_visit_that_would_lack_something_changes_nothing(restock: int) -> None:
    problem = make_problem([WANTS, Visit(parts={0: 2})], locations=[Location(supplies=[(0, 0, 2)])])
    standing = Standing(problem, [[2, 0]])
    before = stood(standing)
    assert not put(standing, 1, 3 if restock >= 0 else 2, d=restock, d_at=2)
    assert stood(standing) == before


def test_putting_in_a_visit_that_would_rob_another_changes_nothing() -> None:
    crew = [Technician(stock={0: 1})]
    standing = Standing(make_problem([WANTS, WANTS], crew), [[0]])
    before = stood(standing)
    assert not put(standing, 1, 0)
    assert stood(standing) == before


def test_a_shift_is_made_ready_once_and_its_earlier_route_stays_for_undo() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift()])
    standing = Standing(problem, [[0, 1]])
    before = content(standing.state)
    mark = mark_absent(standing.state)
    rows = {int(touch(standing.state, 0)) for _ in range(2)}
    assert len(rows) == 1
    without(standing, 0)
    undo(standing.tables, standing.state, *mark)
    assert content(standing.state) == before


@pytest.mark.parametrize("routes", [[0, 1, 2], [3, 0, 1, 2]])
@pytest.mark.parametrize("is_as_before", [True, False])
def test_a_route_has_its_stamp_again_once_it_is_what_it_was_before(*, routes: list[int], is_as_before: bool) -> None:
    crew = [Technician(stock={0: 4 - len(routes)})]
    standing = Standing(
        make_problem([WANTS, Visit(), Visit()], crew, locations=[Location(supplies=[(0, 0, 9)])]), [routes]
    )
    accept(standing.state)
    before = stamp(standing.state)
    at = routes.index(1)
    assert stamp(without(standing, at).state) != before
    assert put(standing, 1, at if is_as_before else at + 1)
    assert (stamp(standing.state) == before) == is_as_before


class Try(NamedTuple):
    """A visit put in where its best insertion says: whether that was possible, and at the price that was said."""

    is_done: bool
    is_as_said: bool


def tries(problem: Problem) -> Iterator[Try]:
    """Ruin a plan and put each absent visit into each route, one at a time."""
    search = started(problem)
    search.step(20, 0.0, 1.0)
    ground, state = search.ground, search.state
    ruin_some(ground.tables, state, search.rng, ground.neighbours, 4.0, 5, 0.5)
    accept(state)
    for v in absent(state):
        for s in range(problem.n_shifts):
            if may_take(ground.tables, v, s):
                yield from tried(problem, search, v, s)


def tried(problem: Problem, search: Search, v: int, s: int) -> Iterator[Try]:
    tables, state = search.ground.tables, search.state
    ticks, way, at, d, d_at = insertion_of(tables, state, v, s)
    if ticks >= FORBIDDEN or (d >= 0 and tables.stop[d, OTHER_SIDE] >= 0):
        return  # a deal changes another route too: tests of meetings look at those
    mark, others = mark_absent(state), [u for u in absent(state) if u != v]
    done = bool(put_in(tables, state, s, way, at, d, d_at))
    added = int(state.counter[CURRENT_TICKS]) + int(tables.stop[v, DROP]) - int(mark[1])
    if done:
        list_absent(state, others)
    assert contradictions(problem, tables, state) == []
    undo(tables, state, *mark)
    yield Try(done, done and added == ticks)


def test_where_an_insertion_says_a_visit_can_be_put_in_and_nearly_always_at_its_price() -> None:
    made = [each for problem in parts_problems(52, 300) for each in tries(problem)]
    assert len(made) > 300
    assert sum(each.is_done for each in made) == len(made)
    assert sum(each.is_as_said for each in made) >= 0.98 * len(made)
