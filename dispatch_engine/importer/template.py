"""Empty tables to fill: headings, one example row, and a sheet of help."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispatch_engine.errors import FileKindError, FileWriteError
from dispatch_engine.formats.files import write_atomically, write_folder
from dispatch_engine.importer.columns import COLUMNS_BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.importer.columns import Column

HELP = "help"
HELP_HEAD = ("table", "column", "needed", "what it is", "example")
WORKBOOK = ".xlsx"
MIN_WIDTH, MAX_WIDTH = 10, 60

Rows = list[tuple[str | int | float, ...]]


def write_template(target: Path) -> tuple[Path, ...]:
    """Write a workbook, or CSV files in a folder where the name has no ending, and return what was written.

    Raises
    ------
    FileKindError
        The name ends otherwise than in .xlsx.
    FileWriteError
        A file exists already, which may have been filled, or cannot be written.
    """
    if target.suffix.lower() == WORKBOOK:
        _require_new(target)
        write_atomically(target, _workbook())
        return (target,)
    if target.suffix and not target.is_dir():
        raise FileKindError(
            f"{target} is no name for a template: it is a workbook ({WORKBOOK}) or a folder of CSV files",
            value=str(target),
            advice=f"Maybe {target.with_suffix(WORKBOOK)}, or {target.with_suffix('')}.",
        )
    return _write_tables(target)


def _write_tables(folder: Path) -> tuple[Path, ...]:
    files = {f"{name}.csv": _csv(rows) for name, rows in _tables().items()}
    paths = tuple(folder / name for name in files)
    for path in paths:
        _require_new(path)
    write_folder(folder, files)
    return paths


def _require_new(path: Path) -> None:
    if path.exists():
        raise FileWriteError(
            f"{path} exists already and may have been filled", value=str(path), advice="Maybe choose another name."
        )


def _tables() -> dict[str, Rows]:
    tables: dict[str, Rows] = {
        kind: [tuple(column.name for column in columns), tuple(column.example for column in columns)]
        for kind, columns in COLUMNS_BY_TABLE.items()
    }
    return tables | {HELP: [HELP_HEAD, *_help_rows()]}


def _help_rows() -> Iterator[tuple[str | int | float, ...]]:
    for kind, columns in COLUMNS_BY_TABLE.items():
        yield from (_help_row(kind, column) for column in columns)


def _help_row(kind: str, column: Column) -> tuple[str | int | float, ...]:
    return (kind, column.name, "yes" if column.is_needed else "", column.help, column.example)


def _csv(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in _tables().items():
        _fill(book.create_sheet(name), rows)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet: Any, rows: Rows) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for position, cells in enumerate(zip(*rows, strict=True), 1):
        sheet.column_dimensions[get_column_letter(position)].width = _width(cells)
    sheet.freeze_panes = "A2"


def _width(cells: Sequence[str | int | float]) -> int:
    return min(max(MIN_WIDTH, *(len(str(cell)) + 2 for cell in cells)), MAX_WIDTH)
