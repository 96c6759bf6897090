"""Which tables there are: in workbooks, CSV files, and folders of CSV files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.errors import FileKindError, FileReadError
from dispatch_engine.formats.files import read_bytes
from dispatch_engine.importer.csv_files import csv_table
from dispatch_engine.importer.workbooks import workbook_tables

if TYPE_CHECKING:
    from dispatch_engine.importer.tables import RawTable

WORKBOOKS = (".xlsx", ".xlsm")
CSV_FILES = (".csv", ".tsv", ".txt")


def raw_tables(paths: Sequence[Path], encoding: str) -> tuple[RawTable, ...]:
    """Return every table in the files; a folder stands for the CSV files in it.

    Raises
    ------
    FileError
        A file is missing, unreadable, or neither a workbook nor CSV; a folder has no CSV files.
    """
    files = [file for path in paths for file in (_csv_files_in(path) if path.is_dir() else (path,))]
    return tuple(table for file in files for table in _tables_in(file, encoding))


def _csv_files_in(folder: Path) -> list[Path]:
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in CSV_FILES)
    except OSError as error:
        message = f"the folder {folder} cannot be read ({error.strerror})"
        raise FileReadError(message, value=str(folder), advice="Maybe you lack the permission.") from error
    if not files:
        raise FileKindError(
            f"{folder} is a directory without CSV files",
            value=str(folder),
            advice="Maybe name the workbook in it, or write tables to fill: dispatch import --template FOLDER.",
        )
    return files


def _tables_in(file: Path, encoding: str) -> tuple[RawTable, ...]:
    suffix = file.suffix.lower()
    if suffix not in WORKBOOKS + CSV_FILES:
        raise FileKindError(
            f"{file} is neither an Excel workbook ({', '.join(WORKBOOKS)}) nor CSV ({', '.join(CSV_FILES)})",
            value=str(file),
            advice="Maybe save it as .xlsx or as CSV UTF-8.",
        )
    data = read_bytes(file)
    return workbook_tables(file, data) if suffix in WORKBOOKS else (csv_table(file, data, encoding),)
