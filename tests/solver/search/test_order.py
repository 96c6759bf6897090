"""The orders in which absent visits are put back, and who is near whom."""

import numpy as np
import pytest

from solver.problem import Problem
from solver.search import order
from solver.search.order import WEIGHTS, neighbour_lists, sort_keys
from solver.search.rng import new_rng
from solver.search.state import ABSENT_AS, VISIT_STATE_COLUMNS
from solver.tables import build_tables
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.search.calling import from_python

shuffle, sort_by_key = from_python(order.shuffle), from_python(order.sort_by_key)

RANDOM, LONGEST, FARTHEST, NEAREST, FIRST_TO_CLOSE, FEWEST, DEAREST = range(7)
"""The rows of the keys."""


def varied() -> Problem:
    """Return three visits whose order differs by each key."""
    visits = [
        Visit(service_s=300, windows=[(0, 9000)], drop_ticks=2_000_000),
        Visit(service_s=900, restore=[(4000, 1)], skills={0: 1}, drop_ticks=1_000_000),
        Visit(service_s=600, drop_ticks=3_000_000),
    ]
    shifts = [Shift(), Shift(technician=1)]
    return make_problem(visits, [Technician(), Technician(skills={0: 1})], shifts, horizon_s=50_000)


def absent(*visits: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    table = np.full((len(visits), VISIT_STATE_COLUMNS), -5, np.int64)
    table[:, ABSENT_AS] = visits
    return table


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (LONGEST, [1, 2, 0]),
        (FARTHEST, [2, 1, 0]),
        (NEAREST, [0, 1, 2]),
        (FIRST_TO_CLOSE, [1, 0, 2]),
        (DEAREST, [2, 0, 1]),
    ],
)
def test_each_order_puts_first_what_it_is_named_for(row: int, expected: list[int]) -> None:
    problem = varied()
    table = absent(0, 1, 2)
    sort_by_key(table, 3, sort_keys(problem, build_tables(problem)), row)
    assert table[:, ABSENT_AS].tolist() == expected


def test_the_visit_with_the_fewest_technicians_comes_first() -> None:
    problem = varied()
    table = absent(0, 1, 2)
    sort_by_key(table, 3, sort_keys(problem, build_tables(problem)), FEWEST)
    assert table[0, ABSENT_AS] == 1


def test_each_order_has_a_weight() -> None:
    assert sort_keys(varied(), build_tables(varied())).shape == (len(WEIGHTS), 3)
    assert (WEIGHTS > 0).all()


@pytest.mark.parametrize("n", [0, 1, 2, 7, 40])
def test_sorting_concerns_the_first_entries_only(n: int) -> None:
    keys = np.random.default_rng(n).random((2, 50))
    table = absent(*range(50))
    sort_by_key(table, n, keys, 1)
    assert table[:n, ABSENT_AS].tolist() == sorted(range(n), key=lambda v: keys[1, v])
    assert table[n:, ABSENT_AS].tolist() == list(range(n, 50))


def test_shuffling_reaches_every_order() -> None:
    rng, seen = new_rng(5), set()
    for _ in range(200):
        table = absent(0, 1, 2, 9)
        shuffle(table, 3, rng)
        seen.add(tuple(table[:, ABSENT_AS].tolist()))
    assert len(seen) == 6
    assert {order[3] for order in seen} == {9}


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_neighbours_are_listed_by_travel_there_and_back_and_each_visit_first(most: int) -> None:
    problem = make_problem([Visit(place=place) for place in (1, 6, 2, 3)], travel_s={(1, 2): 8000})
    lists = neighbour_lists(build_tables(problem), most).tolist()
    by_travel = [row[:most] for row in ([0, 3, 1, 2], [1, 3, 2, 0], [2, 3, 1, 0], [3, 2, 0, 1])]
    assert lists == [by_travel, by_travel]  # without windows, time sets nobody apart


def test_neighbours_by_time_are_those_whose_windows_are_not_far_apart() -> None:
    windows = [[(0, 600)], [(20_000, 20_600)], [(700, 1300)], []]
    problem = make_problem([Visit(place=place, windows=each) for place, each in enumerate(windows, start=1)])
    by_travel, by_time = neighbour_lists(build_tables(problem), 4).tolist()
    assert by_travel[0] == [0, 1, 2, 3]
    assert by_time[0] == [0, 2, 3, 1]
    assert by_time[3] == by_travel[3]


def test_visits_at_one_place_come_first_among_their_own_neighbours() -> None:
    problem = make_problem([Visit(place=1) for _ in range(4)])
    for lists in neighbour_lists(build_tables(problem), 2):
        assert [row[0] for row in lists] == [0, 1, 2, 3]
