"""Why a call is where it is, proven by trying every shift."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.errors import CallUnknownError, PlanUnfitError
from dispatch_engine.planner.explaining import Explanation, explain
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician

PRICES = {"prices": {"per_hour": 36, "per_km": 0}}


def explanation(problem: ProblemDocument, name: str, **asked: Any) -> Explanation:
    return explain(problem, plan_of(problem, **asked), name, open_travel(problem.travel, Path.cwd()))


def test_a_planned_call_has_what_each_shift_would_add_the_cheapest_first() -> None:
    crew = [technician("T-far", "P5"), technician("T-near", "P0"), technician("T-off", tools=[], shifts=[])]
    found = explanation(day([call()], crew, policy=PRICES), "C-1")
    assert (found.technician, found.shift, found.is_fact) == ("T-near", "mon", False)
    assert [(o.technician, o.added, o.is_present) for o in found.options] == [
        ("T-near", Decimal(30), True),
        ("T-far", Decimal(66), False),
    ]


def test_an_unplanned_call_has_the_rule_that_fails_for_each_shift() -> None:
    crew = [technician(), technician("T-2", tools=["hoist"], shifts=[shift(end=8, start=7)])]
    found = explanation(day([call(tools=["hoist"], duration=7200)], crew), "C-1")
    assert found.technician is None
    assert [(option.technician, option.code) for option in found.options] == [("T-2", "shift"), ("T-1", "tool")]
    assert found.leaving_out == 1000


def test_a_call_that_is_dearer_than_its_drop_price_has_what_it_would_add() -> None:
    found = explanation(day([call(drop_price=1)], policy=PRICES), "C-1")
    assert found.technician is None
    assert found.leaving_out == 1
    assert [option.added for option in found.options] == [Decimal(30)]


def test_a_call_that_has_happened_has_no_options() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    found = explanation(day([call()], [technician(shifts=[shift(facts=facts)])]), "C-1")
    assert (found.is_fact, found.technician, found.options) == (True, "T-1", ())


def test_a_call_that_is_not_in_the_problem_is_refused_with_what_may_be_meant() -> None:
    with pytest.raises(CallUnknownError, match=r'has no call C1\. Maybe "C-1" was meant'):
        explanation(day([call()]), "C1")


def test_a_plan_that_breaks_a_rule_explains_nothing() -> None:
    problem, other = day([call()]), day([call(tools=["hoist"])])
    with pytest.raises(PlanUnfitError, match=r"breaks 1 rule:\n  \[tool\] call C-1"):
        explain(other, plan_of(problem), "C-1", open_travel(other.travel, Path.cwd()))
