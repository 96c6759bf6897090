"""Rows of two tables become one, as if it had been made at once."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from solver.joining import joined, taken
from solver.problem import Csr, Steps
from tests.solver.builder import Visit, make_problem

MANY = [
    Visit(windows=[(k, k + 5), (k + 10, k + 20)][: k % 3], skills={0: k % 2}, response=[(k, 5)] * (k % 2))
    for k in range(6)
]


def rows_of(table: Any) -> list[Any]:
    """Return the rows of a table as plain values."""

    def row(column: Any, at: int) -> Any:
        return column.row(at) if isinstance(column, Csr | Steps) else np.asarray(column[at]).tolist()

    return [[row(getattr(table, field.name), at) for field in fields(table)] for at in range(len(table))]


def test_rows_are_taken_in_the_order_that_is_asked_for() -> None:
    visits = make_problem(MANY).visits
    assert rows_of(taken(visits, np.array([4, 1]))) == [rows_of(visits)[4], rows_of(visits)[1]]


def test_kept_rows_and_new_ones_stand_where_they_are_asked_to() -> None:
    visits = make_problem(MANY).visits
    new = taken(visits, np.array([5, 3]))
    result = joined(taken(visits, np.array([0, 1, 2])), np.array([0, 0, 2, 0]), new, np.array([1, 3]))
    assert rows_of(result) == [rows_of(visits)[k] for k in (0, 5, 2, 3)]


def test_lists_in_which_nothing_is_different_stay_the_same_lists() -> None:
    visits = make_problem(MANY).visits
    result = joined(visits, np.arange(6), taken(visits, np.array([5, 3])), np.array([5, 3]))
    assert result.window_earliest_s is visits.window_earliest_s
    other = taken(make_problem([*MANY[:5], Visit(windows=[(7, 9)])]).visits, np.array([5]))
    changed = joined(visits, np.arange(6), other, np.array([5]))
    assert [changed.window_earliest_s.row(k) for k in (4, 5)] == [visits.window_earliest_s.row(4), [7]]


def test_a_column_in_which_nothing_is_different_stays_the_same_array() -> None:
    visits = make_problem(MANY).visits
    result = joined(visits, np.arange(6), taken(visits, np.array([2])), np.array([2]))
    assert result.service_s is visits.service_s
