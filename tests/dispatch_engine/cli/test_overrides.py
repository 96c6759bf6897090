"""Options change a document before it is read, and are checked as the document is."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer

from dispatch_engine.cli.overrides import changed, load_changed_problem, read_object, travel_of
from dispatch_engine.errors import DocumentErrors, FileMissingError
from dispatch_engine.formats.merging import merged

NOBODY = {"version": 1, "id": "day", "currency": "CLP", "time_zone": "America/Santiago", "technicians": [], "calls": []}


def test_objects_are_laid_over_key_by_key() -> None:
    assert merged({"prices": {"per_km": 1, "callout": 2}}, {"prices": {"per_km": 3}}) == {
        "prices": {"per_km": 3, "callout": 2}
    }


def test_a_list_is_replaced_as_a_whole() -> None:
    assert merged({"steps": [1, 2]}, {"steps": [3]}) == {"steps": [3]}


def test_laying_over_leaves_the_original_alone() -> None:
    original = {"prices": {"per_km": 1}}
    merged(original, {"prices": {"per_km": 3}})
    assert original == {"prices": {"per_km": 1}}


@pytest.mark.parametrize("data", [b"", b"[1]", b'{"a": 1, "a": 2}', b'{"a":'])
def test_faulty_text_is_left_for_its_reader_to_refuse(data: bytes) -> None:
    assert changed(data, {"a": 3}) == data


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("geodesic", {"source": "geodesic"}),
        ("road", {"source": "road"}),
        ("road:coquimbo", {"source": "road", "network": "coquimbo"}),
        ("osrm:http://127.0.0.1:5000", {"source": "osrm", "url": "http://127.0.0.1:5000"}),
    ],
)
def test_a_travel_source_is_typed_with_what_it_needs_behind_a_colon(typed: str, expected: dict[str, str]) -> None:
    assert travel_of(typed) == expected


def test_what_belongs_to_another_source_is_left_out(tmp_path: Path) -> None:
    problem = tmp_path / "day.json"
    problem.write_text(json.dumps({**NOBODY, "travel": {"source": "road", "network": "nauru"}}))
    assert load_changed_problem(str(problem), None, "geodesic").travel.network is None
    assert load_changed_problem(str(problem), None, "road").travel.network == "nauru"


def test_null_takes_a_key_away() -> None:
    whole = {"policy": {"retimed": 6, "prices": {"per_hour": 3}}}
    assert merged(whole, {"policy": {"retimed": None, "prices": None}}) == {"policy": {}}


def test_nothing_follows_a_source_that_takes_nothing() -> None:
    with pytest.raises(typer.BadParameter, match="road and osrm"):
        travel_of("geodesic:fast")


def test_policy_keys_of_a_file_go_before_those_of_the_document(tmp_path: Path) -> None:
    problem, policy = tmp_path / "day.json", tmp_path / "policy.json"
    problem.write_text(json.dumps({**NOBODY, "policy": {"reassigned": 5, "retimed": 6}}))
    policy.write_text('{"retimed": 7}')
    found = load_changed_problem(str(problem), policy, None).policy
    assert (found.reassigned, found.retimed) == (Decimal(5), Decimal(7))


def test_an_unknown_policy_key_of_a_file_is_refused(tmp_path: Path) -> None:
    problem, policy = tmp_path / "day.json", tmp_path / "policy.json"
    problem.write_text(json.dumps(NOBODY))
    policy.write_text('{"retymed": 7}')
    with pytest.raises(DocumentErrors, match="/policy/retymed") as caught:
        load_changed_problem(str(problem), policy, None)
    assert [fault.code for fault in caught.value.faults] == ["unknown_key"]


def test_a_policy_file_holds_an_object(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text("[]")
    with pytest.raises(DocumentErrors, match="not_an_object"):
        read_object(tmp_path / "policy.json")


def test_a_policy_file_that_does_not_exist_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        read_object(tmp_path / "policy.json")
