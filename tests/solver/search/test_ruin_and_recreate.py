"""Ruin takes strings of visits out of neighbouring routes; recreate puts back what is cheaper to serve."""

from __future__ import annotations

import pytest

from solver.money import FORBIDDEN
from solver.problem import Csr
from solver.search import changes, entry, moves, recreate, ruin
from solver.search.order import WEIGHTS
from solver.search.rng import new_rng
from solver.search.state import CURRENT_TICKS, State, van_items
from solver.search.worker import Ground
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.search.calling import from_python
from tests.solver.search.standing import absent, ground_of, loaded, problems, standing, started

ruin_some, cheapest_route = from_python(ruin.ruin), from_python(recreate.cheapest_route)
take_out, settle = from_python(changes.take_out), from_python(changes.settle)


def line(n: int, shifts: int = 1) -> tuple[Ground, State]:
    """Return ``n`` visits along a road, planned in turn on ``shifts`` routes."""
    problem = make_problem([Visit(service_s=60) for _ in range(n)], shifts=[Shift(technician=s) for s in range(shifts)])
    ground = ground_of(problem)
    return ground, loaded(problem, ground.tables, [list(range(s, n, shifts)) for s in range(shifts)])


@pytest.mark.parametrize("seed", range(30))
def test_ruin_leaves_the_rest_in_its_order(seed: int) -> None:
    ground, state = line(12, shifts=2)
    before = standing(state)
    ruin_some(ground.tables, state, new_rng(seed), ground.neighbours, 6.0, 4, 0.5)
    out = absent(state)
    assert standing(state) == [[v for v in visits if v not in out] for visits in before]
    assert out


@pytest.mark.parametrize("seed", range(30))
def test_without_a_split_a_string_is_unbroken_and_no_longer_than_the_longest(seed: int) -> None:
    ground, state = line(12, shifts=2)
    ruin_some(ground.tables, state, new_rng(seed), ground.neighbours, 6.0, 3, 0.0)
    for s in range(2):
        places = [v // 2 for v in sorted(absent(state)) if v % 2 == s]
        assert places == list(range(places[0], places[0] + len(places))) if places else True
        assert len(places) <= 3


def test_a_split_string_leaves_stops_standing_in_its_midst() -> None:
    gaps = []
    for seed in range(60):
        ground, state = line(12)
        ruin_some(ground.tables, state, new_rng(seed), ground.neighbours, 6.0, 5, 1.0)
        out = sorted(absent(state))
        gaps.append(out[-1] - out[0] + 1 - len(out))
    assert max(gaps) >= 1


def test_a_plan_without_visits_has_nothing_to_ruin() -> None:
    ground, state = line(0)
    ruin_some(ground.tables, state, new_rng(0), ground.neighbours, 6.0, 3, 0.5)
    assert (standing(state), absent(state)) == ([[]], [])


def test_recreate_puts_back_all_that_is_worth_it() -> None:
    ground, state = line(8, shifts=2)
    begin = Csr.of([[]] * ground.problem.n_shifts)
    entry.load(ground.tables, state, van_items(ground.problem), begin)
    from_python(recreate.recreate)(ground.tables, state, new_rng(1), ground.keys, WEIGHTS, 0.0)
    assert absent(state) == []


@pytest.mark.parametrize(("drop_ticks", "out"), [(13_260, [0]), (13_261, [])])
def test_a_visit_that_costs_as_much_to_serve_as_to_leave_out_stays_absent(drop_ticks: int, out: list[int]) -> None:
    problem = make_problem([Visit(service_s=60, drop_ticks=drop_ticks)])
    search = started(problem)
    assert absent(search.state) == out


def test_with_certain_blinks_no_route_is_seen() -> None:
    ground, state = line(2)
    take_out(ground.tables, state, 0, 1)
    settle(ground.tables, state, 0, 1)
    assert cheapest_route(ground.tables, state, new_rng(1), 1, 1.0, FORBIDDEN)[0] == FORBIDDEN
    assert cheapest_route(ground.tables, state, new_rng(1), 1, 0.0, FORBIDDEN)[:2] == (1200 + 60 + 12_000, 0)


def test_recreate_never_makes_a_plan_dearer_than_the_ruin_left_it() -> None:
    for problem in problems(24, 10):
        search = started(problem)
        ground, state = search.ground, search.state
        for _ in range(20):
            ruin_some(ground.tables, state, search.rng, ground.neighbours, 4.0, 5, 0.5)
            ruined = int(state.counter[CURRENT_TICKS])
            from_python(recreate.recreate)(ground.tables, state, search.rng, ground.keys, WEIGHTS, 0.1)
            assert state.counter[CURRENT_TICKS] <= ruined
            from_python(moves.accept)(state)
