"""CSV for spreadsheets."""

import codecs
import csv
import io
from pathlib import Path

import pytest

from dispatch_engine.exports.rows import COLUMNS
from dispatch_engine.exports.table import csv_text
from dispatch_engine.exports.view import PlanView
from tests.dispatch_engine.island import Document, documents, island, parsed, stocked


def rows(problem: Document, plan: Document) -> list[dict[str, str]]:
    text = csv_text(PlanView(*parsed(problem, plan))).removeprefix(codecs.BOM_UTF8).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture(scope="module")
def island_rows() -> list[dict[str, str]]:
    return rows(*documents())


def test_each_stop_is_a_row(island_rows: list[dict[str, str]]) -> None:
    assert [(row["technician"], row["number"], row["kind"], row["call"]) for row in island_rows] == [
        ("T-1", "1", "fact", "C-1"),
        ("T-1", "2", "visit", "C-2"),
        ("T-1", "", "break", ""),
        ("T-1", "3", "visit", "C-3"),
        ("T-2", "1", "visit", "C-4"),
    ]


def test_a_row_holds_times_place_parts_and_what_was_agreed(island_rows: list[dict[str, str]]) -> None:
    row = island_rows[1]
    assert (row["date"], row["from"], row["to"]) == ("2026-03-02", "10:00", "11:00")
    assert row["start"] == "2026-03-02T10:00:00+12:00"
    assert (row["lat"], row["lon"]) == ("-0.5081", "166.9329")
    assert (row["travel_s"], row["distance_m"], row["waiting_s"], row["service_s"]) == ("600", "3900", "4800", "3600")
    assert (row["parts"], row["priority"]) == ("KIT-7: 1", "1")
    assert (row["promised_from"], row["promise_kept"]) == ("2026-03-02T10:00:00+12:00", "yes")


def test_a_restock_and_a_meeting_are_rows_with_what_is_taken_on_borrowed_and_handed_over() -> None:
    found = rows(*stocked())
    restock = next(row for row in found if row["kind"] == "restock")
    assert (restock["number"], restock["call"], restock["location"]) == ("2", "", "depot")
    assert (restock["location_name"], restock["loads"], restock["tools"]) == (
        "The harbour store",
        "SEAL: 2; VALVE: 1",
        "crane",
    )
    meetings = [(row["meeting"], row["gives"], row["loads"]) for row in found if row["kind"] == "meeting"]
    assert meetings == [("M-1", "KIT-7: 1", ""), ("M-1", "", "KIT-7: 1")]


def test_a_visit_has_its_parcels_its_substitutes_and_its_chance_of_a_first_time_fix() -> None:
    visit = next(row for row in rows(*stocked()) if row["call"] == "C-4")
    assert (visit["parts"], visit["parcels"]) == ("VALVE: 1", "SEAL: 1 from depot, 08:10")
    assert (visit["substitutes"], visit["first_time_fix"]) == ("VALVE for TAP: 1", "0.8")


def test_a_broken_promise_and_a_late_start_are_told(island_rows: list[dict[str, str]]) -> None:
    row = island_rows[3]
    assert (row["promise_kept"], row["response_late_s"]) == ("no", "1200")
    assert row["response_deadline"] == "2026-03-02T15:00:00+12:00"


def test_what_is_not_known_is_empty(island_rows: list[dict[str, str]]) -> None:
    assert (island_rows[4]["call_name"], island_rows[4]["promise_kept"]) == ("", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_a_spreadsheet_takes_for_a_formula_is_guarded(start: str) -> None:
    problem, plan = documents()
    problem["calls"][0]["name"] = f'{start}HYPERLINK("http://example.invalid")'
    assert rows(problem, plan)[0]["call_name"].startswith(f"'{start}")


def test_a_negative_number_stays_a_number(island_rows: list[dict[str, str]]) -> None:
    assert float(island_rows[0]["lat"]) == -0.5265


def test_commas_quotes_and_line_breaks_in_a_name_survive() -> None:
    problem, plan = documents()
    problem["calls"][0]["name"] = 'Lift "A",\nsecond floor'
    assert rows(problem, plan)[0]["call_name"] == 'Lift "A",\nsecond floor'


def test_lines_end_as_rfc_4180_says_and_the_text_names_its_encoding() -> None:
    text = csv_text(PlanView(*island()))
    assert text.startswith(codecs.BOM_UTF8)
    assert text.count(b"\r\n") == 6


def test_the_header_is_the_documented_columns(island_rows: list[dict[str, str]], root: Path) -> None:
    page = (root / "docs" / "exports.md").read_text(encoding="utf-8")
    assert list(island_rows[0]) == list(COLUMNS)
    assert all(f"| `{name}` | {meaning} |" in page for name, meaning in COLUMNS.items())


def test_a_plan_without_routes_is_a_header_alone() -> None:
    problem, plan = documents()
    assert rows(problem, plan | {"routes": []}) == []
