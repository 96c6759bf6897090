"""The linear program over routes, in units of the currency."""

import numpy as np

from solver.bound.master_lp import MasterLp, Solved
from solver.money import TICKS_PER_UNIT
from solver.problem import Ints


def units(*amounts: int) -> Ints:
    return np.array(amounts, np.int64) * TICKS_PER_UNIT


def solved(lp: MasterLp) -> Solved:
    found = lp.solve(lambda: None)
    assert found is not None
    return found


def test_without_routes_every_visit_is_left_out_whatever_its_cap() -> None:
    found = solved(MasterLp(units(5, 7), units(1, 1), [1]))
    assert (found.value, found.worth.tolist()) == (units(12)[0], units(5, 7).tolist())


def test_a_route_is_taken_where_it_is_cheaper_and_only_as_often_as_there_are_shifts() -> None:
    lp = MasterLp(units(5, 7), units(1, 1), [1])
    lp.add(0, [0], int(units(2)[0]))
    lp.add(0, [1], int(units(3)[0]))
    found = solved(lp)
    assert found.value == units(8)[0]
    assert (found.worth <= units(5, 7)).all()
    assert found.value == found.worth.sum() + found.rent.sum()


def test_no_time_is_no_answer() -> None:
    assert MasterLp(units(5), units(1), [1]).solve(lambda: 0.0) is None


def test_a_visit_that_comes_twice_in_a_route_counts_twice() -> None:
    lp = MasterLp(units(6), units(6), [1])
    lp.add(0, [0, 0], int(units(4)[0]))
    assert solved(lp).value == units(2)[0]
