"""From tables to a document: where each value goes, and where each fault is reported."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.importer import ImportOptions
from dispatch_engine.importer.mapping import NameMapping, mapping_of
from tests.dispatch_engine.importer.tables_of import BERLIN, CALLS, TECHNICIANS, imported, said_of, with_column


def test_a_row_of_calls_is_a_call() -> None:
    (call,) = imported(with_column("skills", "lift:2; boiler:1")).calls
    assert (call.id, call.place.lat, call.duration) == ("C-1", 52.53, timedelta(minutes=45))
    assert call.skills == {"lift": 2, "boiler": 1}


def test_several_rows_of_one_technician_are_several_shifts() -> None:
    two_days = (
        "technician,lat,lon,skills,date,shift_start,shift_end\n"
        "T-1,52.52,13.40,lift:2,2026-03-02,08:00,16:00\n"
        "T-1,,,,2026-03-03,08:00,16:00\n"
        "T-1,,,,2026-03-03,18:00,20:00\n"
    )
    (technician,) = imported(technicians=two_days).technicians
    assert [shift.id for shift in technician.shifts] == ["2026-03-02", "2026-03-03", "2026-03-03-2"]
    assert technician.skills == {"lift": 2}


def test_a_row_that_says_provider_is_a_provider() -> None:
    external = "technician,provider,lat,lon,callout,shift_start,shift_end\nP-1,yes,52.52,13.40,90,08:00,16:00\n"
    problem = imported(technicians=external)
    assert not problem.technicians
    assert [provider.prices.callout for provider in problem.providers] == [90]


def test_stock_goes_into_the_van_of_its_technician() -> None:
    (technician,) = imported(stock="technician,part,quantity\nT-1,KIT-7,2\nT-1,KIT-8,1\n").technicians
    assert technician.stock == {"KIT-7": 2, "KIT-8": 1}


def test_a_second_window_alone_is_the_only_one() -> None:
    calls = "call,lat,lon,duration_min,window2_start,window2_end\nC-1,52.5,13.4,45,09:00,10:00\n"
    assert len(imported(calls).calls[0].windows) == 1


def test_the_date_of_a_row_goes_before_that_of_the_import() -> None:
    calls = "call,lat,lon,duration_min,date,window_start,window_end\nC-1,52.5,13.4,45,2026-03-05,09:00,10:00\n"
    assert imported(calls).calls[0].windows[0].start.isoformat() == "2026-03-05T09:00:00+01:00"


def test_headings_are_known_whatever_their_capitals_blanks_and_underscores() -> None:
    assert imported("Call,LAT,Lon,Duration (min)\nC-1,52.53,13.42,45\n") == imported()


def test_blank_rows_and_columns_are_skipped() -> None:
    assert imported("\n,,\ncall,lat,lon,duration_min,\n,,,,\nC-1,52.53,13.42,45,\n,,,,\n") == imported()


def test_semicolons_with_decimal_commas_are_read_like_commas_with_points() -> None:
    assert imported("call;lat;lon;duration_min\nC-1;52,53;13,42;45\n") == imported()


def test_a_heading_with_a_hash_is_not_read() -> None:
    assert imported(with_column("# remark", "ring twice")) == imported()


def test_a_mapping_renames_tables_and_columns_and_ignores_headings() -> None:
    names = mapping_of(
        {
            "tables": {"calls": "Einsätze"},
            "columns": {"calls": {"call": "Nr", "duration_min": "Dauer"}},
            "ignore": {"calls": ["Bemerkung"]},
        }
    )
    renamed = replace(BERLIN, names=replace(names, tables={}))
    assert imported("Nr,lat,lon,Dauer,Bemerkung\nC-1,52.53,13.42,45,-\n", options=renamed) == imported()
    missing = [("table Einsätze", "table_missing")]
    assert said_of(options=replace(BERLIN, names=NameMapping(tables=names.tables))) == missing


def test_the_mapping_file_on_the_page_is_one(root: Path) -> None:
    (sample,) = re.findall(r"```json\n(.*?)```", (root / "docs" / "import.md").read_text(), re.DOTALL)
    assert mapping_of(json.loads(sample)).columns["calls"]["duration_min"] == "Dauer"


def test_all_faults_are_reported_at_once_with_table_row_and_column() -> None:
    calls = (
        "call,lat,lon,duration_min,priority,window_start,window_end\n"
        "C-1,520,13.42,soon,2,09:00,10:00\n"
        "C-2,52.5,13.42,45,urgent,12:00,10:00\n"
        "C-2,52.5,x,45,9,12:00,\n"
    )
    assert said_of(calls, stock="technician,part,quantity\nT-9,KIT-7,many\nT-9,KIT-8,2\n") == [
        ("calls.csv, row 2, column B (lat)", "out_of_range"),
        ("calls.csv, row 2, column D (duration_min)", "cell_minutes"),
        ("calls.csv, row 3, column E (priority)", "cell_number"),
        ("calls.csv, row 3, column F (window_start)", "window_order"),
        ("calls.csv, row 4, column A (call)", "row_twice"),
        ("calls.csv, row 4, column C (lon)", "cell_number"),
        ("calls.csv, row 4, column E (priority)", "out_of_range"),
        ("calls.csv, row 4, column G (window_end)", "missing_field"),
        ("stock.csv, row 2, column C (quantity)", "cell_number"),
        ("stock.csv, row 3, column A (technician)", "unknown_reference"),
    ]


def test_a_missing_column_is_reported_once_not_in_each_row() -> None:
    assert said_of("call,lat,lon\nC-1,52.5,13.4\nC-2,52.5,13.4\n") == [("calls.csv, row 1", "column_missing")]


def test_an_unknown_technician_is_reported_at_its_cell() -> None:
    (place, code), *more = said_of(with_column("preferred_technicians", "T-1; T-8"))
    assert (place, code, more) == ("calls.csv, row 2, column E (preferred_technicians)", "unknown_reference", [])


def test_a_technician_without_id_makes_nobody_unknown() -> None:
    nameless = TECHNICIANS.replace("T-1", "")
    assert said_of(with_column("preferred_technicians", "T-1"), nameless, "technician,part,quantity\nT-1,A,1\n") == [
        ("technicians.csv, row 2, column A (technician)", "cell_empty")
    ]


def test_what_follows_from_a_faulty_cell_is_not_reported() -> None:
    calls = "call,lat,lon,duration_min,date,window_start,window_end\nC-1,52.5,13.4,45,03/10/2026,09:00,10:00\n"
    assert said_of(calls) == [("calls.csv, row 2, column E (date)", "cell_date")]


def test_a_shift_that_ends_before_it_starts_is_reported_at_its_row() -> None:
    backwards = TECHNICIANS.replace("08:00,16:00", "16:00,08:00")
    assert said_of(technicians=backwards) == [("technicians.csv, row 2", "shift_order")]


def test_empty_tables_are_refused() -> None:
    assert said_of("", "technician,lat,lon,shift_start,shift_end\n") == [
        ("calls.csv", "table_empty"),
        ("technicians.csv", "table_empty"),
    ]


def test_a_table_of_which_no_column_is_known_is_not_said_to_be_empty() -> None:
    assert "table_empty" not in {code for _, code in said_of("number,what\n1,2\n")}


def test_an_empty_table_of_stock_is_no_stock() -> None:
    assert imported(stock="").technicians[0].stock == {}


def test_a_currency_that_is_none_is_reported_as_an_option() -> None:
    assert said_of(options=replace(BERLIN, currency="euro")) == [("option currency", "currency_syntax")]


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(DocumentErrors, match="time_zone_unknown"):
        imported(CALLS, options=ImportOptions("Berlin"))
