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
