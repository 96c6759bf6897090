"""Tables in files: workbooks, CSV as spreadsheet programs write it, folders; and files that are none of these."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from dispatch_engine.errors import DocumentErrors, FileKindError, FileMissingError, FileWriteError
from dispatch_engine.importer.importer import import_files
from dispatch_engine.importer.mapping import load_mapping
from dispatch_engine.importer.template import write_template
from tests.dispatch_engine.importer.tables_of import BERLIN, CALLS, TECHNICIANS, imported


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "technicians.csv").write_text(TECHNICIANS)
    (tmp_path / "calls.csv").write_text(CALLS)
    return tmp_path


def test_a_folder_of_csv_files_is_read_and_what_is_left_out_is_named(folder: Path) -> None:
    (folder / "notes.csv").write_text("anything\n")
    found = import_files([folder], BERLIN)
    assert found.problem == imported()
    assert found.left_out == ("notes.csv",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(folder: Path, encoding: str) -> None:
    (folder / "calls.csv").write_text(f"{CALLS.replace('C-1', 'Münster')}", encoding=encoding)
    assert import_files([folder], BERLIN).problem.calls[0].id == "Münster"


def test_another_encoding_is_refused_until_it_is_named(folder: Path) -> None:
    (folder / "calls.csv").write_text(CALLS.replace("C-1", "Münster"), encoding="cp1252")
    with pytest.raises(FileKindError, match="encoding cp1252"):
        import_files([folder], BERLIN)


def test_an_encoding_that_does_not_exist_is_refused(folder: Path) -> None:
    with pytest.raises(FileKindError, match="klingon"):
        import_files([folder], type(BERLIN)("Europe/Berlin", encoding="klingon"))


def test_a_folder_without_csv_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileKindError, match="directory without CSV"):
        import_files([tmp_path], BERLIN)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileMissingError):
        import_files([tmp_path / "calls.csv"], BERLIN)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("calls.json", b"{}"),
        ("calls", b""),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("cut.xlsx", b"PK\x03\x04 and no more"),
        ("picture.csv", b"\x89PNG\r\n\0\0\0"),
        ("quote.csv", b'call,lat\n"C-1,52'),
    ],
)
def test_a_file_of_another_type_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileKindError):
        import_files([tmp_path / name], BERLIN)


def test_a_formula_that_was_never_calculated_is_a_fault_at_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "day.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["calls"]["E2"] = "=30+15"
    book.save(path)
    with pytest.raises(DocumentErrors, match=r"sheet calls, row 2, column E \(duration_min\).*cell_formula"):
        import_files([path], BERLIN)


def test_a_workbook_with_empty_sheets_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].title = "technicians"
    book.create_sheet("calls")
    book.save(tmp_path / "day.xlsx")
    with pytest.raises(DocumentErrors) as caught:
        import_files([tmp_path / "day.xlsx"], BERLIN)
    assert [fault.code for fault in caught.value.faults] == ["table_empty", "table_empty"]


def test_a_filled_template_is_a_valid_document(tmp_path: Path) -> None:
    path = tmp_path / "day.xlsx"
    write_template(path)
    book = load_workbook(path)
    headings = [cell.value for cell in book["calls"][1]]
    for number in range(2, 40):
        row = {"call": number, "lat": -29.95, "lon": "-71,33", "duration_min": 30 + number, "date": "10.03.2026"}
        book["calls"].append([row.get(heading) for heading in headings])
    book.save(path)
    problem = import_files([path], BERLIN).problem
    assert len(problem.calls) == 39
    assert problem.calls[-1].id == "39"


def test_the_templates_as_workbook_and_as_folder_say_the_same(tmp_path: Path) -> None:
    write_template(tmp_path / "day.xlsx")
    write_template(tmp_path / "day")
    workbook, folder = (import_files([tmp_path / name], BERLIN) for name in ("day.xlsx", "day"))
    assert workbook.problem == folder.problem
    assert workbook.left_out == ("sheet help",)


def test_a_template_never_overwrites_what_may_have_been_filled(tmp_path: Path) -> None:
    write_template(tmp_path / "day.xlsx")
    with pytest.raises(FileWriteError, match="filled"):
        write_template(tmp_path / "day.xlsx")


def test_a_template_is_a_workbook_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileKindError, match=r"day\.xlsx"):
        write_template(tmp_path / "day.ods")


def test_a_mapping_file_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mapping.json").write_text("calls: Jobs")
    with pytest.raises(DocumentErrors, match="json_syntax"):
        load_mapping(tmp_path / "mapping.json")
