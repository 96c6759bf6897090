"""Scenario documents from YAML and JSON: the same, with all faults at their places."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.yaml_text import read_yaml
from dispatch_engine.whatif.nesting import prepared
from dispatch_engine.whatif.reading import parse_scenario, parse_scenarios, scenario_text
from dispatch_engine.whatif.scenario import ScenarioDocument, scenario_schema
from tests.dispatch_engine.whatif.sample import at, day, scenario

YAML = """
# two people are sick
version: 1
id: sick
changes:
  - {type: absence, technician: T-1}
  - type: absence
    technician: T-2
    since: 2026-03-02T11:00:00+01:00
---
version: 1
id: worse
based_on: sick
changes:
  - {type: change_policy, set: {drop_prices: {1: 9000}}}
"""


def codes(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        parse_scenarios(text if isinstance(text, bytes) else text.encode())
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_yaml_says_what_json_says() -> None:
    sick, worse = parse_scenarios(YAML.encode())
    changes = [{"type": "absence", "technician": "T-1"}, {"type": "absence", "technician": "T-2", "since": at(11)}]
    assert sick == scenario(*changes, id="sick")
    assert (worse.id, worse.based_on) == ("worse", "sick")


def test_a_scenario_comes_back_from_its_text_as_it_was() -> None:
    for each in parse_scenarios(YAML.encode()):
        assert parse_scenario(scenario_text(each)) == each


def test_a_scenario_follows_the_one_that_it_is_based_on() -> None:
    after = prepared(day(), parse_scenarios(YAML.encode()))
    assert [len(each.shifts) for each in after["worse"].technicians] == [0, 1]
    assert after["worse"].policy.drop_price(1) == 9000
    assert after["sick"].policy == day().policy


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("11:00", "11:00"),
        ("2026-03-02T11:00:00Z", "2026-03-02T11:00:00Z"),
        ("yes", "yes"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("010", "010"),
        (".inf", ".inf"),
        ("true", True),
        ("~", None),
        ("", None),
        ("-3", -3),
        ("1.50", 1.5),
        ("2e3", 2000.0),
        ('"1"', "1"),
    ],
)
def test_yaml_has_the_values_of_json_alone(text: str, value: Any) -> None:
    (read,) = read_yaml(f"a: {text}".encode())
    assert read.value == {"a": value}


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: [1",
        "a: !!python/object:os.system {}",
        "? [1, 2]\n: 3",
        "a: " + "[" * 5_000,
        "a: " + "9" * 5_000,
        "\x00",
        b"a: \xff",
    ],
)
def test_what_is_no_plain_yaml_is_a_fault_with_its_place(text: str | bytes) -> None:
    assert {code for _, code in codes(text)} == {"yaml_syntax"}


def test_a_key_that_repeats_is_a_fault() -> None:
    assert codes("version: 1\nid: a\nid: b") == [("/id", "duplicate_key")]
    assert codes('{"version": 1, "id": "a", "id": "b"}') == [("/id", "duplicate_key")]


def test_faults_of_several_scenarios_are_told_at_once_each_below_its_position() -> None:
    text = "version: 1\nid: a\nchanges: [{type: train, skills: {lift: 0}}]\n---\nversion: 1\nnaem: b\n"
    assert codes(text) == [
        ("/0/changes/0/skills/lift", "out_of_range"),
        ("/1/id", "missing_field"),
        ("/1/naem", "unknown_key"),
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"changes": {}}, ("/changes", "wrong_type")),
        ({"changes": [3]}, ("/changes/0", "wrong_type")),
        ({"changes": [{"technician": "T-1"}]}, ("/changes/0/type", "missing_field")),
        ({"changes": [{"type": "abscence"}]}, ("/changes/0/type", "change_type")),
        ({"changes": [{"type": "absence", "technicain": "T-1"}]}, ("/changes/0/technicain", "unknown_key")),
        ({"changes": [{"type": "change_call", "call": "C-1", "set": {}}]}, ("/changes/0/set", "empty_value")),
        ({"changes": [{"type": "train", "skills": {"a": 1}}] * 1001}, ("/changes", "too_long")),
        ({"base": {"board": "b", "revision": -1}}, ("/base/revision", "out_of_range")),
        ({"base": 3}, ("/base", "wrong_type")),
        ({"base": {}}, ("/base/problem", "missing_field")),
        ({"version": 2}, ("/version", "version_unsupported")),
    ],
)
def test_a_scenario_of_the_wrong_shape_says_where(stated: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in codes(json.dumps({"version": 1, "id": "a", **stated}))


@pytest.mark.parametrize("text", ["", "  \n", "---\n---\n"])
def test_an_empty_text_holds_no_scenario(text: str) -> None:
    assert codes(text) == [("", "json_empty")]


def test_a_faulty_scenario_is_told_and_what_is_based_on_it_is_not() -> None:
    gone = {"type": "remove_call", "call": "C-9"}
    scenarios = [
        scenario({"type": "train", "skills": {"lift": 1}}, id="fine"),
        scenario(gone, id="faulty"),
        scenario(gone, id="follows", based_on="faulty"),
        scenario(gone, id="faulty-too"),
    ]
    with pytest.raises(DocumentErrors) as caught:
        prepared(day(), scenarios)
    assert [fault.pointer for fault in caught.value.faults] == ["/1/changes/0/call", "/3/changes/0/call"]


def test_a_circle_of_scenarios_is_told_at_each_of_them() -> None:
    circle = [scenario(id="a", based_on="b"), scenario(id="b", based_on="a"), scenario(id="c", based_on="a")]
    with pytest.raises(DocumentErrors) as caught:
        prepared(day(), circle)
    assert [fault.pointer for fault in caught.value.faults] == ["/0/based_on", "/1/based_on"]


def test_the_schema_tells_changes_apart_by_their_type() -> None:
    schema = scenario_schema()
    assert schema["properties"]["changes"]["items"]["discriminator"]["propertyName"] == "type"
    assert ScenarioDocument.model_validate({"version": 1, "id": "as-is"}).changes == ()
