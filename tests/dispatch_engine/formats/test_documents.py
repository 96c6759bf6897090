import copy
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import SHOWN_FAULTS, DocumentErrors, Fault
from dispatch_engine.formats.documents import (
    dump_problem,
    load_problem,
    parse_plan,
    parse_problem,
    plan_schema,
    problem_schema,
    problem_sha256,
    problem_text,
)

MINIMAL = Path(__file__).parents[1] / "model" / "minimal.json"


@pytest.fixture
def day() -> dict[str, Any]:
    return copy.deepcopy(SAMPLE_DAY)


def faults_of_text(data: bytes) -> tuple[Fault, ...]:
    with pytest.raises(DocumentErrors) as caught:
        parse_problem(data)
    return caught.value.faults


def faults(document: dict[str, Any]) -> list[tuple[str, str]]:
    return [(fault.code, fault.pointer) for fault in faults_of_text(json.dumps(document).encode())]


def test_a_short_document_is_enough() -> None:
    problem = load_problem(MINIMAL)
    assert problem.calls[0].duration.total_seconds() == 45 * 60
    assert problem.policy.prices.per_hour > 0


def test_a_document_of_no_calls_and_no_technicians_is_a_document() -> None:
    data = b'{"version": 1, "id": "x", "currency": "EUR", "time_zone": "UTC", "technicians": [], "calls": []}'
    assert parse_problem(data).calls == ()


def test_a_problem_document_round_trips(tmp_path: Path, day: dict[str, Any]) -> None:
    problem = parse_problem(json.dumps(day).encode())
    dump_problem(problem, tmp_path / "day.json")
    assert load_problem(tmp_path / "day.json") == problem


def test_what_is_written_is_what_was_stated(day: dict[str, Any]) -> None:
    problem = parse_problem(json.dumps(day).encode())
    written = json.loads(problem_text(problem))
    assert written.keys() == day.keys()
    assert "policy" not in written


def test_the_checksum_ignores_the_order_of_keys_and_stated_defaults(day: dict[str, Any]) -> None:
    other = {key: day[key] for key in reversed(day)} | {"travel": {"source": "geodesic"}}
    one, two = (parse_problem(json.dumps(each).encode()) for each in (day, other))
    assert problem_sha256(one) == problem_sha256(two)


def test_the_checksum_changes_with_the_meaning(day: dict[str, Any]) -> None:
    before = problem_sha256(parse_problem(json.dumps(day).encode()))
    day["calls"][1]["duration"] = "PT31M"
    assert problem_sha256(parse_problem(json.dumps(day).encode())) != before


def test_all_faults_of_shape_are_reported_at_once(day: dict[str, Any]) -> None:
    day["calls"][0]["place"]["lat"] = math.inf
    day["calls"][1]["duraton"] = day["calls"][1].pop("duration")
    day["technicians"][0]["skills"]["lift"] = True
    assert faults(day) == [
        ("not_finite", "/calls/0/place/lat"),
        ("missing_field", "/calls/1/duration"),
        ("unknown_key", "/calls/1/duraton"),
        ("wrong_type", "/technicians/0/skills/lift"),
    ]


def test_faults_of_shape_and_of_meaning_are_reported_together(day: dict[str, Any]) -> None:
    day["calls"].insert(0, {"id": "C-0", "place": {"lat": 200, "lon": 0}, "duration": "PT5M"})
    day["calls"][1]["windows"][0]["end"] = "2026-03-02T08:00:00+01:00"
    day["currency"] = "euro"
    assert faults(day) == [
        ("out_of_range", "/calls/0/place/lat"),
        ("window_order", "/calls/1/windows/0"),
        ("currency_syntax", "/currency"),
    ]


def test_no_fault_is_reported_that_only_follows_from_another(day: dict[str, Any]) -> None:
    day["calls"][1] |= {"pin": {"level": "start", "technician": "T-1", "shift": "mon", "start": "2026-03-02T09:00:00"}}
    day["contracts"][0]["response_within"] = "four hours"
    day["technicians"][1]["home"]["lat"] = "52.49"
    assert faults(day) == [
        ("naive_time", "/calls/1/pin/start"),
        ("duration_syntax", "/contracts/0/response_within"),
        ("wrong_type", "/technicians/1/home/lat"),
    ]


def test_a_reference_to_a_faulty_thing_is_not_called_unknown(day: dict[str, Any]) -> None:
    del day["contracts"][0]["id"]
    assert faults(day) == [("missing_field", "/contracts/0/id")]


def test_an_unknown_reference_is_found_beside_a_faulty_thing_of_another_name(day: dict[str, Any]) -> None:
    day["contracts"][0]["response_within"] = "soon"
    day["contracts"].append({"id": "bronze", "priority": 0})
    day["calls"][0]["contract"], day["calls"][1]["contract"] = "bronze", "silver"
    assert faults(day) == [
        ("unknown_reference", "/calls/1/contract"),
        ("duration_syntax", "/contracts/0/response_within"),
        ("out_of_range", "/contracts/1/priority"),
    ]


def test_all_that_is_wrong_with_parts_is_reported_at_once(day: dict[str, Any]) -> None:
    day["parts"] = [
        {"id": "KIT-7", "contains": {"KIT-7": 1}},
        {"id": "A", "superseded_by": "B"},
        {"id": "B", "substitutes": [{"part": "A"}]},
    ]
    day["calls"][0]["parts"] = {"KIT-8": 1}
    day["calls"][1] |= {"parts": {"A": -1, "B": 0.5}, "parts_cases": [{"probability": 1.5}]}
    day["technicians"][0] |= {"stock": {"KIT-7": 1, "A": -1}, "reserved_stock": {"KIT-7": 2}, "replenished_at": "shed"}
    day["stock_locations"] = [{"id": "depot", "place": {"lat": 52.5, "lon": 13.4}}]
    assert faults(day) == [
        ("unknown_part", "/calls/0/parts/KIT-8"),
        ("quantity_negative", "/calls/1/parts/A"),
        ("quantity_fractional", "/calls/1/parts/B"),
        ("probability_range", "/calls/1/parts_cases/0/probability"),
        ("kit_in_itself", "/parts/0/contains/KIT-7"),
        ("substitute_cycle", "/parts/2/substitutes/0/part"),
        ("opening_missing", "/stock_locations/0/opening"),
        ("unknown_reference", "/technicians/0/replenished_at"),
        ("reserved_beyond_stock", "/technicians/0/reserved_stock/KIT-7"),
        ("quantity_negative", "/technicians/0/stock/A"),
    ]


@pytest.mark.parametrize(
    ("stock", "pointer", "code"),
    [
        ({"KIT-7": 1, "pump": -1}, "/technicians/1/stock/pump", "quantity_negative"),
        ("a pump", "/technicians/1/stock", "wrong_type"),
        (None, "/technicians/1/stock", "wrong_type"),
    ],
)
def test_a_part_in_faulty_stock_is_neither_unknown_nor_missing(
    day: dict[str, Any], stock: object, pointer: str, code: str
) -> None:
    day["parts"] = [{"id": "KIT-7"}]
    day["technicians"][1] |= {"stock": stock, "reserved_stock": {"pump": 1}}
    day["calls"][1]["parts"] = {"pump": 1}
    assert faults(day) == [(code, pointer)]


@pytest.mark.parametrize("parts", [{"pump": 0}, "a pump"])
def test_a_part_of_a_faulty_delivery_is_not_called_unknown(day: dict[str, Any], parts: object) -> None:
    day["parts"] = [{"id": "KIT-7"}]
    day["calls"][1]["parts"] = {"pump": 1}
    opening = [{"start": "2026-03-02T07:00:00+01:00", "end": "2026-03-02T17:00:00+01:00"}]
    delivery = {"at": "2026-03-02T10:00:00+01:00", "parts": parts}
    day["stock_locations"] = [
        {"id": "depot", "place": {"lat": 52.5, "lon": 13.4}, "opening": opening, "deliveries": [delivery]}
    ]
    (found,) = faults(day)
    assert found[1].startswith("/stock_locations/0/deliveries/0/parts")


def test_a_courier_without_a_price_misses_a_field(day: dict[str, Any]) -> None:
    day["stock_locations"] = [{"id": "depot", "place": {"lat": 52.5, "lon": 13.4}, "courier": {"lead_time": "PT1H"}}]
    assert faults(day) == [("missing_field", "/stock_locations/0/courier/price")]


def test_a_missing_list_is_one_fault(day: dict[str, Any]) -> None:
    del day["technicians"]
    assert faults(day) == [("missing_field", "/technicians")]


def test_a_repeated_key_is_reported_along_with_other_faults() -> None:
    data = MINIMAL.read_bytes().replace(b'"id": "C-1"', b'"id": "C-1", "id": "C-1", "priority": 9')
    assert [fault.code for fault in faults_of_text(data)] == ["duplicate_key", "out_of_range"]


def test_a_lone_surrogate_is_a_fault_of_the_text(day: dict[str, Any]) -> None:
    day["name"] = "\ud800"
    assert faults(day) == [("json_syntax", "")]


def test_a_missing_version_is_a_missing_field(day: dict[str, Any]) -> None:
    del day["version"]
    assert faults(day) == [("missing_field", "/version")]


@pytest.mark.parametrize("version", ["1", 1.0, None, True, [1]])
def test_a_version_that_is_no_whole_number_is_a_fault(day: dict[str, Any], version: object) -> None:
    day["version"] = version
    assert faults(day) == [("wrong_type", "/version")]


def test_a_problem_where_a_plan_belongs_is_said_to_be_one() -> None:
    with pytest.raises(DocumentErrors) as caught:
        parse_plan(MINIMAL.read_bytes())
    assert [fault.code for fault in caught.value.faults] == ["wrong_document"]


def test_a_name_of_a_megabyte_is_a_fault_with_a_short_message(day: dict[str, Any]) -> None:
    day["calls"][0]["id"] = "x" * 1_000_000
    (fault,) = faults_of_text(json.dumps(day).encode())
    assert fault.code == "too_long"
    assert len(str(fault)) < 400


def test_a_key_of_a_megabyte_is_a_fault_with_a_short_message(day: dict[str, Any]) -> None:
    day["calls"][0]["x" * 1_000_000] = 1
    (fault,) = faults_of_text(json.dumps(day).encode())
    assert fault.code == "unknown_key"
    assert len(str(fault)) < 400


def test_the_message_spells_out_some_faults_and_carries_all(day: dict[str, Any]) -> None:
    day["calls"] = [{"id": f"C-{i}"} for i in range(100)]
    with pytest.raises(DocumentErrors) as caught:
        parse_problem(json.dumps(day).encode())
    assert len(caught.value.faults) == 200
    assert f"and {200 - SHOWN_FAULTS} more" in str(caught.value)


def test_a_shift_across_the_change_of_clocks_lasts_as_long_as_its_offsets_say(day: dict[str, Any]) -> None:
    shift = day["technicians"][1]["shifts"][0]
    shift |= {"start": "2026-03-29T00:00:00+01:00", "end": "2026-03-29T08:00:00+02:00"}
    del day["horizon"]
    problem = parse_problem(json.dumps(day).encode())
    read = problem.technicians[1].shifts[0]
    assert (read.end - read.start).total_seconds() == 7 * 3600


def test_the_schema_of_problems_marks_what_is_not_there_yet() -> None:
    schema = problem_schema()
    assert schema["$defs"]["Call"]["properties"]["crew_size"]["x-not-yet"]
    assert schema["additionalProperties"] is False


def test_the_schema_of_problems_allows_a_place_by_its_id() -> None:
    place = problem_schema()["$defs"]["Place"]
    assert [way["type"] for way in place["anyOf"]] == ["object", "string"]


def test_the_schema_of_plans_describes_what_is_written() -> None:
    assert plan_schema()["properties"]["version"] == {"const": 1, "title": "Version"}


@pytest.mark.parametrize(
    ("schema", "model", "field"),
    [
        (problem_schema, "StockLocation", "opening"),
        (problem_schema, "Part", "contains"),
        (problem_schema, "Call", "parts_cases"),
        (problem_schema, "Technician", "loadout"),
        (problem_schema, "Policy", "overnight_replenishment"),
        (plan_schema, "Stop", "first_time_fix"),
        (plan_schema, "VisitSourcing", "covered_cases"),
        (plan_schema, "Overnight", "location"),
    ],
)
def test_the_schemas_describe_what_is_said_of_parts(
    schema: Callable[[], dict[str, Any]], model: str, field: str
) -> None:
    assert schema()["$defs"][model]["properties"][field]["description"]
