"""The plan as flat JSON."""

import json
from typing import Any

import pytest

from dispatch_engine.exports.rows import COLUMNS
from dispatch_engine.exports.sheet import json_text
from dispatch_engine.exports.view import PlanView
from tests.dispatch_engine.island import island, parsed, stocked


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    values: dict[str, Any] = json.loads(json_text(PlanView(*island())))
    return values


def test_stops_have_the_columns_of_the_table_as_keys(whole: dict[str, Any]) -> None:
    assert all(list(stop) == list(COLUMNS) for stop in whole["stops"])


def test_numbers_and_truths_are_not_text(whole: dict[str, Any]) -> None:
    stop = whole["stops"][1]
    assert (stop["travel_s"], stop["lat"], stop["promise_kept"]) == (600, -0.5081, True)


def test_a_route_has_its_totals(whole: dict[str, Any]) -> None:
    assert [(route["technician_name"], route["overtime_s"]) for route in whole["routes"]] == [
        ("Van one", 2100),
        ("T-2", 0),
    ]


def test_an_unplanned_call_has_its_name_and_reasons(whole: dict[str, Any]) -> None:
    (call,) = whole["unplanned"]
    assert call["call_name"] == "Chiller inland"
    assert [reason["code"] for reason in call["reasons"]] == ["skill", "skill", "shift"]


def test_a_route_has_what_was_loaded_in_the_night(whole: dict[str, Any]) -> None:
    found = json.loads(json_text(PlanView(*parsed(*stocked()))))["routes"]
    assert [route["overnight"] for route in found] == [None, {"location": "depot", "parts": {"SEAL": 2}}]
    assert [route["overnight"] for route in whole["routes"]] == [None, None]
