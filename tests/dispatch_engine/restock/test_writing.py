"""Pick lists and recommended loadouts as people and programs read them."""

import codecs
import csv
import io
import json

import pytest
from rich.console import Console

from dispatch_engine.restock.documents import LoadoutAdvice, PickList
from dispatch_engine.restock.forms import RestockFormat, form_for
from dispatch_engine.restock.sheets import LOADOUT_COLUMNS, PICK_COLUMNS
from dispatch_engine.restock.writing import sheets_of, show, summary, text_of
from tests.dispatch_engine.restock.test_advising import advice, days, fleet
from tests.dispatch_engine.restock.week import MONDAY, TUESDAY, at, call, depot, picks, problem, route, van, visit


@pytest.fixture(scope="module")
def tonight() -> PickList:
    """Return a list on which one van gets what a call needs, and another one lacks a piece of its loadout."""
    week = problem(
        [van(name="Van one", loadout={"A": 2}), van("T-2", loadout={"A": 2, "B": 1})],
        [depot({"A": 3, "B": 5}, deliveries=[{"at": at(TUESDAY, 12), "parts": {"A": 4}}], name="Main depot")],
        [call("C-1", {"A": 2})],
        parts=[{"id": "A", "name": "Belt | long", "order_lead_time": "P2D"}],
    )
    return picks(week, route("T-2", TUESDAY, visit("C-1", {"A": 2})))


@pytest.fixture(scope="module")
def advised() -> LoadoutAdvice:
    return advice(fleet(van(loadout={"A": 3, "SPARE": 1})), days(*[0, 1] * 100))


def rows(document: PickList | LoadoutAdvice) -> list[dict[str, str]]:
    text = text_of(document, RestockFormat.CSV).removeprefix(codecs.BOM_UTF8).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def text(document: PickList | LoadoutAdvice, form: RestockFormat) -> str:
    return text_of(document, form).decode()


def test_the_csv_has_a_row_for_each_part_of_each_van(tonight: PickList) -> None:
    found = rows(tonight)
    assert list(found[0]) == list(PICK_COLUMNS)
    assert [(row["technician"], row["part"], row["load"], row["lacking"]) for row in found] == [
        ("T-1", "A", "1", "1"),
        ("T-2", "A", "2", "0"),
        ("T-2", "B", "1", "0"),
    ]


def test_a_row_of_the_csv_says_when_what_is_lacking_arrives_and_is_to_be_ordered(tonight: PickList) -> None:
    row = rows(tonight)[0]
    assert (row["next_delivery"], row["order_by"], row["already_late"]) == (at(TUESDAY, 12), at(1, 8), "yes")
    assert row["ready_at"] == at(TUESDAY, 8)


def test_the_csv_of_loadouts_has_a_row_for_each_part_of_each_van(advised: LoadoutAdvice) -> None:
    found = rows(advised)
    assert list(found[0]) == list(LOADOUT_COLUMNS)
    assert [(row["part"], row["recommended"], row["change"], row["distribution"]) for row in found] == [
        ("A", "1", "-2", "empirical"),
        ("SPARE", "1", "0", ""),
    ]


def test_the_json_is_the_document(tonight: PickList, advised: LoadoutAdvice) -> None:
    assert PickList.model_validate_json(text(tonight, RestockFormat.JSON)) == tonight
    assert LoadoutAdvice.model_validate_json(text(advised, RestockFormat.JSON)) == advised
    assert json.loads(text(tonight, RestockFormat.JSON))["kind"] == "pick_list"


def test_the_markdown_has_a_table_for_the_picks_and_one_for_what_is_lacking(tonight: PickList) -> None:
    found = text(tonight, RestockFormat.MARKDOWN)
    assert "## depot Main depot, night of 2026-03-02" in found
    assert "| T-2 | Tue 03 Mar 08:00 | A | Belt \\| long | 0 | 2 | 2 | C-1 |  |" in found
    assert "## depot Main depot lacks" in found
    assert "| Sun 01 Mar 08:00 (already late) |" in found


def test_the_plain_table_is_as_wide_as_it_has_to_be_and_has_no_colours(tonight: PickList) -> None:
    found = text(tonight, RestockFormat.TABLE)
    assert "\x1b" not in found
    assert "│ T-1 Van one │ Tue 03 Mar 08:00 │ A" in found
    assert all(line == line.rstrip() for line in found.splitlines())


def test_a_table_on_a_terminal_takes_no_text_for_markup(tonight: PickList) -> None:
    console = Console(file=io.StringIO(), width=200, force_terminal=True)
    named = tonight.model_copy(update={"locations": (tonight.locations[0].model_copy(update={"name": "[red]"}),)})
    show(console, sheets_of(named))
    assert isinstance(console.file, io.StringIO)
    assert "[red]" in console.file.getvalue()


def test_a_location_with_nothing_to_pick_says_so() -> None:
    nothing = picks(problem([van()], [depot({})]))
    assert text(nothing, RestockFormat.TABLE) == "depot, night of 2026-03-02: nothing\n"
    assert "Nothing." in text(nothing, RestockFormat.MARKDOWN)


def test_a_share_just_below_all_is_not_shown_as_all(advised: LoadoutAdvice) -> None:
    almost = advised.vans[0].model_copy(update={"fill_rate": 0.99999})
    assert "> 99.9 %" in text(advised.model_copy(update={"vans": (almost,)}), RestockFormat.TABLE)


def test_the_summary_counts_pieces(tonight: PickList, advised: LoadoutAdvice) -> None:
    assert summary(tonight) == "night of 2026-03-02: pieces to load 4, into vans 2, missing 1"
    assert summary(advised) == "loadouts 1, pieces other than now 2, vans without room for all 0"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("-", RestockFormat.TABLE),
        ("tonight.txt", RestockFormat.TABLE),
        ("tonight.CSV", RestockFormat.CSV),
        ("out/tonight.json", RestockFormat.JSON),
        ("tonight.md", RestockFormat.MARKDOWN),
    ],
)
def test_the_name_of_the_file_says_which_form_is_wanted(path: str, form: RestockFormat) -> None:
    assert form_for(path) == form


def test_every_day_of_the_week_is_written_in_the_documents_time_zone() -> None:
    week = problem([van(loadout={"A": 1}, days=(MONDAY,))], [depot({"A": 1})], time_zone="America/Santiago")
    assert rows(picks(week))[0]["ready_at"] == "2026-03-03T04:00:00-03:00"
