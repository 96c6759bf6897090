"""Warnings about parts and stock: when there is something to say, and when not."""

from collections.abc import Callable
from typing import Any

import pytest

from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.problem import ProblemDocument

Day = dict[str, Any]
Warned = Callable[[Day], list[tuple[str, str]]]


@pytest.fixture
def warned(read: Callable[[Day], ProblemDocument]) -> Warned:
    """Return code and pointer of every warning."""
    return lambda document: [(each.code, each.pointer) for each in warnings_of(read(document))]


def depot(**more: Any) -> dict[str, Any]:
    opening = [{"start": "2026-03-02T07:00:00+01:00", "end": "2026-03-02T17:00:00+01:00"}]
    return {"id": "depot", "place": {"lat": 52.5, "lon": 13.4}, "opening": opening, **more}


def case(part: str) -> list[dict[str, Any]]:
    return [{"probability": 0.5, "parts": {part: 1}}]


def test_a_part_of_several_cases_that_nobody_has_is_named_once(day: Day, warned: Warned) -> None:
    day["calls"][0]["parts_cases"] = case("KIT-7")
    for number in (0, 1):
        day["calls"][number]["parts_cases"] = case("KIT-9")
    assert warned(day) == [("part_nowhere", "/calls/0/parts_cases/0/parts/KIT-9")]


def test_a_part_that_is_needed_for_certain_is_left_to_the_plan(day: Day, warned: Warned) -> None:
    day["calls"][1]["parts"] = {"KIT-9": 1}
    assert warned(day) == []


def test_a_part_of_a_case_may_have_a_substitute_instead(day: Day, warned: Warned) -> None:
    day["calls"][1] |= {"parts_cases": case("KIT-9"), "substitutes": [{"part": "KIT-9", "substitute": "KIT-7"}]}
    assert warned(day) == []


def test_a_part_of_a_case_may_be_on_its_way(day: Day, warned: Warned) -> None:
    day["calls"][1]["parts_cases"] = case("KIT-9")
    day["stock_locations"] = [depot(deliveries=[{"at": "2026-03-02T09:00:00+01:00", "parts": {"KIT-9": 1}}])]
    assert warned(day) == []


def test_parts_in_stock_need_no_size_where_vans_have_no_limit(day: Day, warned: Warned) -> None:
    day["parts"] = [{"id": "pump", "volume": 1}]
    assert warned(day) == []


@pytest.mark.parametrize("clock", ["07:00", "18:00"])
def test_a_delivery_may_come_at_either_end_of_the_planning_period(day: Day, warned: Warned, clock: str) -> None:
    day["stock_locations"] = [depot(deliveries=[{"at": f"2026-03-02T{clock}:00+01:00", "parts": {"KIT-7": 1}}])]
    assert warned(day) == []


@pytest.mark.parametrize("clock", ["06:59", "18:01"])
def test_a_delivery_outside_of_the_planning_period_is_worth_a_word(day: Day, warned: Warned, clock: str) -> None:
    day["stock_locations"] = [depot(deliveries=[{"at": f"2026-03-02T{clock}:00+01:00", "parts": {"KIT-7": 1}}])]
    assert warned(day) == [("delivery_outside_horizon", "/stock_locations/0/deliveries/0/at")]


def test_a_van_may_be_full(day: Day, warned: Warned) -> None:
    day["parts"] = [{"id": "KIT-7", "weight": 5}]
    day["technicians"][0]["stock_capacity"] = {"weight": 10}
    assert warned(day) == []


def test_a_van_that_is_too_full_is_worth_a_word(day: Day, warned: Warned) -> None:
    day["parts"] = [{"id": "KIT-7", "weight": 5}]
    day["technicians"][0]["stock_capacity"] = {"weight": 9.999}
    assert warned(day) == [("van_overfull", "/technicians/0/stock")]


def test_where_vans_load_what_tomorrow_needs_no_loadout_is_missed(day: Day, warned: Warned) -> None:
    day |= {"stock_locations": [depot()], "policy": {"overnight_replenishment": "need"}}
    day["technicians"][0]["replenished_at"] = "depot"
    assert warned(day) == []


def test_where_nothing_is_loaded_at_night_a_place_to_load_at_means_nothing_and_is_allowed(
    day: Day, warned: Warned
) -> None:
    day["stock_locations"] = [depot()]
    day["technicians"][0]["replenished_at"] = "depot"
    assert warned(day) == []
