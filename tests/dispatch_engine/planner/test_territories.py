from decimal import Decimal
from typing import Any

import pytest

from dispatch_engine.planner.money import ticks
from solver.problem import NONE, TERRITORY_IGNORED, TERRITORY_PREFERRED, TERRITORY_REQUIRED, Visits
from tests.dispatch_engine.planner.days import day, translation_of

HERE = {"lat": 52.5, "lon": 13.5}
HOME = {"id": "T-1", "home": HERE, "shifts": []}


def square(name: str, west: float, east: float, **more: Any) -> dict[str, Any]:
    corners = [(52, west), (52, east), (53, east), (53, west)]
    return {"id": name, "polygon": [{"lat": lat, "lon": lon} for lat, lon in corners], **more}


def visits_of(territories: list[dict[str, Any]], **stated: Any) -> Visits:
    calls = [{"id": "C-1", "place": HERE, "duration": 600, **stated}]
    travel = {"source": "geodesic"}
    return translation_of(day(calls, [HOME], territories=territories, travel=travel)).solver_problem.visits


def test_the_first_territory_that_holds_the_place_counts() -> None:
    territories = [square("west", 12, 13.2), square("wide", 13, 15), square("east", 13.4, 14)]
    assert visits_of(territories).territory.tolist() == [1]


def test_a_call_may_name_its_territory() -> None:
    assert visits_of([square("here", 13, 14), {"id": "far"}], territory="far").territory.tolist() == [1]


def test_outside_of_all_territories_there_is_no_rule() -> None:
    visits = visits_of([square("west", 12, 13)], territory_rule="required")
    assert (visits.territory.tolist(), visits.territory_rule.tolist()) == ([NONE], [TERRITORY_IGNORED])


@pytest.mark.parametrize(
    ("of_territory", "of_call", "rule"),
    [
        ("required", None, TERRITORY_REQUIRED),
        ("required", "ignored", TERRITORY_IGNORED),
        ("ignored", "preferred", TERRITORY_PREFERRED),
    ],
)
def test_the_rule_is_that_of_the_call_else_of_the_territory(of_territory: str, of_call: str | None, rule: int) -> None:
    visits = visits_of([square("here", 13, 14, rule=of_territory)], territory_rule=of_call)
    assert visits.territory_rule.tolist() == [rule]


def test_the_price_is_that_of_the_territory_else_of_the_policy() -> None:
    assert visits_of([square("here", 13, 14, outside_price=5)]).territory_ticks.tolist() == [ticks(Decimal(5))]
    assert visits_of([square("here", 13, 14)]).territory_ticks.tolist() == [ticks(Decimal(30))]
