"""The rules on a pair of visit and technician taken together: the first that fails is named, all prices add up."""

from typing import Any

import pytest

from solver.problem import TECHNICIAN_FIXED, TERRITORY_PREFERRED, TERRITORY_REQUIRED
from solver.reasons import Reason
from solver.rules import assignment
from tests.solver.builder import Technician, Visit, make_problem

FAILS: list[tuple[Reason, dict[str, Any]]] = [
    (Reason.SKILL, {"skills": {0: 1}}),
    (Reason.TOOL, {"tools": {0}}),
    (Reason.TECHNICIAN, {"excluded": {0}}),
    (Reason.TERRITORY, {"territory": 0, "territory_rule": TERRITORY_REQUIRED}),
    (Reason.PIN, {"pin_level": TECHNICIAN_FIXED, "pin_technician": 1}),
]
"""What technician 0 fails for, in the order in which it is named."""


@pytest.mark.parametrize("first", range(len(FAILS)))
def test_of_several_rules_that_fail_the_first_is_named(first: int) -> None:
    fields = {name: value for _, rule in FAILS[first:] for name, value in rule.items()}
    problem = make_problem([Visit(**fields)], [Technician(), Technician()])
    assert Reason(int(assignment.failing(problem)[0, 0])) is FAILS[first][0]


def test_a_pair_that_fails_nothing_has_reason_zero() -> None:
    assert assignment.failing(make_problem([Visit()], [Technician(), Technician()])).tolist() == [[0, 0]]


def test_the_prices_of_a_pair_add_up() -> None:
    visit = Visit(
        preferred={0},
        preference_ticks=5,
        territory=0,
        territory_rule=TERRITORY_PREFERRED,
        territory_ticks=70,
        promised_technician=1,
        reassign_ticks=900,
    )
    problem = make_problem([visit], [Technician(), Technician(), Technician(territories={0})])
    assert assignment.ticks(problem).tolist() == [[-5 + 70 + 900, 70, 900]]
