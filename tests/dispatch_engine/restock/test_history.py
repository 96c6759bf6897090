"""Reading a history of use, and what is said of one that is broken."""

import ast
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

import dispatch_engine.restock
from dispatch_engine.catalogue.entries import HISTORY_FAULTS
from dispatch_engine.catalogue.entry import Entry, TableText
from dispatch_engine.errors import DocumentErrors, FileMissingError
from dispatch_engine.restock.history import History, Use, load_history
from dispatch_engine.restock.samples import said_of_history

HEAD = "date,technician,territory,part,pieces\n"

each_entry = pytest.mark.parametrize("entry", HISTORY_FAULTS.values(), ids=HISTORY_FAULTS)


def read(tmp_path: Path, text: str) -> History:
    path = tmp_path / "use.csv"
    path.write_text(text)
    return load_history(path)


def said(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        read(tmp_path, text)
    return [(fault.pointer, fault.code) for fault in caught.value.faults]


def test_a_row_says_what_was_used_when_by_whom_and_where(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "2026-03-02,T-1,north,A,2\n03.03.2026,,,B,0\n").uses == (
        Use(date(2026, 3, 2), "A", 2, "T-1", "north"),
        Use(date(2026, 3, 3), "B", 0),
    )


def test_the_working_days_are_the_dates_with_rows(tmp_path: Path) -> None:
    days = read(tmp_path, "date,part,pieces\n2026-03-06,A,1\n2026-03-02,A,1\n2026-03-06,B,1\n").days
    assert days == (date(2026, 3, 2), date(2026, 3, 6))


def test_a_workbook_with_one_sheet_is_read_whatever_its_name(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("date", "part", "pieces"), (date(2026, 3, 2), 4711, 2)):
        book.active.append(row)
    book.save(tmp_path / "use.xlsx")
    assert load_history(tmp_path / "use.xlsx").uses == (Use(date(2026, 3, 2), "4711", 2),)


def test_of_several_sheets_the_one_called_history_is_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("History")
    for row in (("date", "part", "pieces"), ("2026-03-02", "A", 2)):
        sheet.append(row)
    book.save(tmp_path / "use.xlsx")
    assert load_history(tmp_path / "use.xlsx").uses == (Use(date(2026, 3, 2), "A", 2),)


def test_several_sheets_of_other_names_are_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("use")
    book.save(tmp_path / "use.xlsx")
    with pytest.raises(DocumentErrors, match="table_missing"):
        load_history(tmp_path / "use.xlsx")


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    assert said(tmp_path, "date,part,pieces\n02/03/2026,A,1\n2026-03-02,,-1\n2026-03-02,A,1.5\n") == [
        ("use.csv, row 2, column A (date)", "cell_date"),
        ("use.csv, row 3, column B (part)", "cell_empty"),
        ("use.csv, row 3, column C (pieces)", "history_pieces"),
        ("use.csv, row 4, column C (pieces)", "cell_whole_number"),
    ]


def test_a_misspelt_column_is_refused(tmp_path: Path) -> None:
    assert said(tmp_path, "date,techncian,part,pieces\n2026-03-02,T-1,A,1\n") == [
        ("use.csv, row 1, column B (techncian)", "column_unknown")
    ]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    assert said(tmp_path, "date,part\n2026-03-02,A\n") == [("use.csv, row 1", "column_missing")]


@pytest.mark.parametrize("text", ["", "date,part,pieces\n"])
def test_a_history_without_rows_is_refused(tmp_path: Path, text: str) -> None:
    assert said(tmp_path, text) == [("use.csv", "table_empty")]


def test_a_history_that_is_not_there_is_a_file_error(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        load_history(tmp_path / "use.csv")


def sample_of(entry: Entry) -> TableText:
    assert isinstance(entry.sample, TableText)
    return entry.sample


@each_entry
def test_the_broken_sample_yields_its_code_alone_with_a_rule_and_a_way_out(entry: Entry) -> None:
    (found,) = said_of_history(sample_of(entry))
    assert found.code == entry.code
    assert found.rule.endswith(".")
    assert found.advice.startswith("Maybe ")
    assert "{" not in found.rule + found.advice


@each_entry
def test_the_mended_sample_has_no_fault(entry: Entry) -> None:
    assert said_of_history(sample_of(entry), mended=True) == ()


def test_the_codes_of_a_history_are_those_of_the_catalogue() -> None:
    made = {
        node.args[0].value
        for path in sorted(Path(dispatch_engine.restock.__path__[0]).glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "history_fault"
        and isinstance(node.args[0], ast.Constant)
    }
    assert made == set(HISTORY_FAULTS)
