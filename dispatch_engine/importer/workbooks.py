"""Tables from Excel workbooks."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from dispatch_engine.errors import FileKindError
from dispatch_engine.importer.tables import FormulaWithoutResult, RawTable, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

ZIP_START = b"PK"


def workbook_tables(path: Path, data: bytes) -> tuple[RawTable, ...]:
    """Return the sheets of a workbook (.xlsx, .xlsm), with the results of formulas.

    Raises
    ------
    FileKindError
        It is no workbook, or one that is protected by a password, or of a version before 2007.
    """
    results, formulas = _opened(path, data, data_only=True), _opened(path, data, data_only=False)
    return tuple(
        RawTable(sheet.title, f"sheet {sheet.title}", tuple(_rows(sheet, formulas[sheet.title])))
        for sheet in results.worksheets
    )


def _opened(path: Path, data: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if not data.startswith(ZIP_START):
        raise _refusal(path, "it does not begin as one")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl leaves out hold no data
            return load_workbook(io.BytesIO(data), data_only=data_only)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile, InvalidFileException) as error:
        raise _refusal(path, str(error) or type(error).__name__) from error


def _refusal(path: Path, reason: str) -> FileKindError:
    return FileKindError(
        f"{path} is not an Excel workbook ({reason})",
        value=str(path),
        advice="Maybe save it as .xlsx without a password, or as CSV UTF-8.",
    )


def _rows(sheet: Any, formulas: Any) -> Iterator[tuple[object, ...]]:
    pairs = zip(sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True), strict=True)
    for results, written in pairs:
        yield _trimmed([_cell(*both) for both in zip(results, written, strict=True)])


def _cell(result: object, written: object) -> object:
    if result is None and written is not None:
        return FormulaWithoutResult()
    return result


def _trimmed(cells: Sequence[object]) -> tuple[object, ...]:
    used = max((i + 1 for i, cell in enumerate(cells) if not is_blank(cell)), default=0)
    return tuple(cells[:used])
