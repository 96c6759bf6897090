import json
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.errors import DocumentErrors, FileWriteError
from dispatch_engine.formats.documents import dump_plan, load_plan, parse_plan, plan_text

MINIMAL = Path(__file__).parents[1] / "model" / "minimal_plan.json"


@pytest.fixture
def plan() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(MINIMAL.read_text())
    return document


def faults(document: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        parse_plan(json.dumps(document).encode())
    return [(fault.code, fault.pointer) for fault in caught.value.faults]


def test_a_plan_document_round_trips(tmp_path: Path) -> None:
    plan = load_plan(MINIMAL)
    dump_plan(plan, tmp_path / "plan.json")
    assert load_plan(tmp_path / "plan.json") == plan


def test_a_plan_is_written_the_same_way_each_time() -> None:
    plan = load_plan(MINIMAL)
    assert plan_text(parse_plan(plan_text(plan))) == plan_text(plan)


def test_amounts_are_written_exactly() -> None:
    assert json.loads(plan_text(load_plan(MINIMAL)))["cost"]["total"] == "1041.257"


def test_all_faults_of_a_plan_are_reported_at_once(plan: dict[str, Any]) -> None:
    plan["routes"][0]["stops"][0]["arrival"] = "08:20"
    plan["cost"]["by_term"]["fuel"] = 3
    plan["problem_sha256"] = "abc"
    assert faults(plan) == [
        ("unknown_choice", "/cost/by_term/fuel"),
        ("wrong_type", "/problem_sha256"),
        ("time_syntax", "/routes/0/stops/0/arrival"),
    ]


def test_an_unplanned_call_has_a_reason(plan: dict[str, Any]) -> None:
    plan["unplanned"][0]["reasons"] = []
    assert faults(plan) == [("empty_value", "/unplanned/0/reasons")]


def test_a_plan_of_another_version_is_refused(plan: dict[str, Any]) -> None:
    plan["version"] = 7
    assert faults(plan) == [("version_unsupported", "/version")]


def test_a_plan_is_not_written_into_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError):
        dump_plan(load_plan(MINIMAL), tmp_path / "none" / "plan.json")


def test_a_plan_from_before_parts_were_decided_can_be_read(plan: dict[str, Any]) -> None:
    plan["policy"] |= {"restocking": "none", "overnight_replenishment": "none"}
    read = parse_plan(json.dumps(plan).encode())
    assert read.kpis.first_time_fix == 1
    assert read.routes[0].overnight is None


def test_restocks_meetings_and_the_sourcing_of_a_visit_round_trip(plan: dict[str, Any]) -> None:
    route = plan["routes"][0]
    times = {key: route["stops"][0][key] for key in ("place", "arrival", "start", "end")}
    route["overnight"] = {"location": "depot", "parts": {"pump": 1}}
    parcel = {"location": "depot", "parts": {"pump": 2}, "pickup": times["arrival"], "arrival": times["start"]}
    route["stops"][0] |= {
        "parts": {"valve": 1},
        "sourcing": {
            "parcels": [parcel],
            "substitutes": [{"part": "tap", "substitute": "valve", "pieces": 1}],
            "covered_cases": [0, 2],
        },
        "first_time_fix": 0.75,
    }
    route["stops"] += [
        {"kind": "restock", "location": "depot", "loads": {"pump": 1}, "tools": ["crane"], **times},
        {"kind": "meeting", "meeting": "noon", "gives": {"pump": 1}, "loads": {"valve": 2}, **times},
    ]
    plan["kpis"] |= {
        "first_time_fix": 0.75,
        "expected_revisits": 0.25,
        "restock_stops": 1,
        "parcels": 1,
        "transfers": 1,
    }
    written = json.loads(plan_text(parse_plan(json.dumps(plan).encode())))
    said = [written["routes"][0]["overnight"], written["kpis"], *written["routes"][0]["stops"]]
    stated = [route["overnight"], plan["kpis"], *route["stops"]]
    assert all(one.items() <= other.items() for one, other in zip(stated[2:], said[2:], strict=True))
    assert said[0] == stated[0]
    assert stated[1].items() <= said[1].items()


@pytest.mark.parametrize(("field", "value"), [("covered_cases", [-1]), ("parcels", [{"location": "depot"}])])
def test_the_sourcing_of_a_visit_is_checked_for_its_shape(plan: dict[str, Any], field: str, value: object) -> None:
    plan["routes"][0]["stops"][0]["sourcing"] = {field: value}
    assert all(pointer.startswith(f"/routes/0/stops/0/sourcing/{field}/0") for _, pointer in faults(plan))
