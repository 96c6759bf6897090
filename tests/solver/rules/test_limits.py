"""Limits of a shift: visits, driving seconds, metres."""

from typing import Any

import pytest

from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan

OUT_AND_BACK = [("max_visits", 1), ("max_driving", 1200), ("max_distance", 12_000)]
"""What a route to visit 0 amounts to, by the reason code of its limit."""
FIELD = {"max_visits": "max_visits", "max_driving": "max_driving_s", "max_distance": "max_distance_m"}


def limited(code: str, limit: int, **fields: Any) -> Shift:
    return Shift(**{FIELD[code]: limit, **fields})


@pytest.mark.parametrize(("code", "needed"), OUT_AND_BACK)
def test_a_limit_is_kept_by_one_route_and_the_rest_goes_to_a_colleague(code: str, needed: int) -> None:
    visits = [Visit(), Visit(place=1)] if code == "max_visits" else [Visit(), Visit()]
    colleague = Shift(technician=1, fixed_ticks=100_000)
    assert order(plan(make_problem(visits, shifts=[Shift(), colleague])).solution, 1) == ()
    solution = plan(make_problem(visits, shifts=[limited(code, needed), colleague])).solution
    assert solution.unplanned == ()
    assert len(order(solution, 1)) >= 1


@pytest.mark.parametrize(("code", "needed"), OUT_AND_BACK)
@pytest.mark.parametrize("short", [0, 1])
def test_a_route_at_its_limit_is_driven_and_one_unit_beyond_is_not(code: str, needed: int, short: int) -> None:
    result = plan(make_problem([Visit()], shifts=[limited(code, needed - short)]))
    assert order(result.solution) == (() if short else (0,))
    assert [codes(result, v) for v in result.why] == ([[code]] if short else [])


def test_a_limit_that_another_visit_has_used_up_leaves_the_day_full() -> None:
    result = plan(make_problem([Visit(), Visit(drop_ticks=50_000)], shifts=[Shift(max_visits=1)]))
    assert order(result.solution) == (0,)
    assert codes(result, 1) == ["capacity"]
