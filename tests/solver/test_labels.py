"""Labels: of two timings the one that is worse in every way gives way; when they are full, the dearest does."""

import numpy as np
import pytest

from solver.labels import COST, DEPARTURE, LABEL_COLUMNS, PARENT, SLACK, SLOPE, TAKEN, TIME, copy_label, keep
from solver.problem import Ints
from tests.solver.search.calling import from_python

AVERAGE = {TIME: 50, COST: 50, TAKEN: 2, SLACK: 50, SLOPE: 5}
BETTER = {TIME: 49, COST: 49, TAKEN: 3, SLACK: 51, SLOPE: 4}
WIDTH = 3


def table(*labels: dict[int, int], base: int = 0) -> Ints:
    """Return labels from row ``base`` on, ``AVERAGE`` but for what is given, then room and the spare row."""
    rows = np.zeros((base + WIDTH + 2, LABEL_COLUMNS), np.int64)
    for row, label in enumerate(labels, start=base):
        for column, value in (AVERAGE | label).items():
            rows[row, column] = value
        rows[row, PARENT] = row
    return rows


def kept(label: Ints, candidate: dict[int, int], n: int, base: int = 0, *, late_is_better: bool = False) -> list[int]:
    """Offer a candidate and return where the labels come from that are there then, -1 for the candidate."""
    spare = len(label) - 1
    for column, value in (AVERAGE | candidate | {PARENT: -1}).items():
        label[spare, column] = value
    count = from_python(keep)(label, base, n, WIDTH, spare, late_is_better)
    return [int(parent) for parent in label[base : base + count, PARENT]]


def test_the_first_label_is_kept() -> None:
    assert kept(table(), {}, 0) == [-1]


@pytest.mark.parametrize("column", BETTER)
def test_a_label_better_in_one_respect_and_equal_in_all_others_replaces_the_other(column: int) -> None:
    assert kept(table({}), {column: BETTER[column]}, 1) == [-1]


@pytest.mark.parametrize("column", BETTER)
def test_a_label_worse_in_one_respect_and_equal_in_all_others_is_dropped(column: int) -> None:
    assert kept(table({column: BETTER[column]}), {}, 1) == [0]


@pytest.mark.parametrize("column", BETTER)
def test_labels_that_are_each_better_in_one_respect_are_both_kept(column: int) -> None:
    others = {name: value for name, value in BETTER.items() if name != column}
    assert kept(table(others), {column: BETTER[column]}, 1) == [0, -1]


@pytest.mark.parametrize(("late_is_better", "expected"), [(False, [0]), (True, [-1])])
def test_a_later_departure_counts_where_it_is_worth_something(late_is_better: bool, expected: list[int]) -> None:
    assert kept(table({DEPARTURE: 5}), {DEPARTURE: 6}, 1, late_is_better=late_is_better) == expected


def test_of_two_equal_labels_the_first_stays() -> None:
    assert kept(table({}), {}, 1) == [0]


def test_a_label_that_is_better_than_several_takes_their_place() -> None:
    labels = table({TIME: 60}, {TIME: 10, COST: 90}, {COST: 60})
    assert kept(labels, {}, 3) == [1, -1]


def test_when_there_is_no_room_the_dearest_gives_way() -> None:
    labels = table({TIME: 40, COST: 60}, {TIME: 20, COST: 80}, {TIME: 30, COST: 70})
    assert sorted(kept(labels, {TIME: 35, COST: 65}, 3)) == [-1, 0, 2]


def test_when_there_is_no_room_the_dearest_candidate_is_dropped() -> None:
    labels = table({TIME: 40, COST: 60}, {TIME: 20, COST: 80}, {TIME: 30, COST: 70})
    assert kept(labels, {TIME: 10, COST: 81}, 3) == [0, 1, 2]


def test_labels_of_other_stages_are_left_alone() -> None:
    labels = table({TIME: 60}, base=1)
    before = labels[[0, 2, 3]].copy()
    assert kept(labels, {}, 1, base=1) == [-1]
    assert (labels[[0, 2, 3]] == before).all()


def test_a_copied_label_is_the_same_in_all_columns() -> None:
    labels = np.arange(2 * LABEL_COLUMNS, dtype=np.int64).reshape(2, LABEL_COLUMNS)
    from_python(copy_label)(labels, 0, 1)
    assert labels[0].tolist() == labels[1].tolist() == list(range(LABEL_COLUMNS))
