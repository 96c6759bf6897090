"""Tables from CSV files, as spreadsheet programs of any country write them."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from dispatch_engine.errors import FileKindError
from dispatch_engine.importer.tables import RawTable

if TYPE_CHECKING:
    from pathlib import Path

SEPARATORS = ",;\t"
MAX_CELL = 1_000_000
"""Characters."""

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def csv_table(path: Path, data: bytes, encoding: str) -> RawTable:
    """Return the table in a CSV file.

    The separator is that of comma, semicolon and tab which stands most often in the header, outside of quotes.

    Parameters
    ----------
    path
        The file, for its name.
    data
        What is in it.
    encoding
        Used unless the file begins with a byte order mark.

    Raises
    ------
    FileKindError
        It is no text in this encoding, or no CSV.
    """
    text = decoded(path, data, encoding)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    csv.field_size_limit(MAX_CELL)
    try:
        rows = tuple(tuple(row) for row in reader)
    except csv.Error as error:
        raise FileKindError(
            f"{path} is not a CSV file (line {reader.line_num}: {error})",
            value=str(path),
            advice="Maybe a quotation mark is missing, or it is another kind of file with this ending.",
        ) from error
    return RawTable(path.stem, path.name, rows)


def decoded(path: Path, data: bytes, encoding: str) -> str:
    """Return the text of a file, without its byte order mark.

    Raises
    ------
    FileKindError
        It is no text in this encoding.
    """
    mark = next((mark for mark in BYTE_ORDER_MARKS if data.startswith(mark)), b"")
    used = BYTE_ORDER_MARKS.get(mark, encoding)
    try:
        text = data[len(mark) :].decode(used)
    except (UnicodeError, LookupError) as error:
        raise FileKindError(
            f"{path} is not text in {used} ({error})",
            value=str(path),
            advice="Maybe save it as CSV UTF-8, or name its encoding: --encoding cp1252.",
        ) from error
    if "\0" in text:
        raise FileKindError(
            f"{path} is not a text file", value=str(path), advice="Maybe save it as CSV UTF-8 or as .xlsx."
        )
    return text


def separator_of(text: str) -> str:
    """Return the separator that stands most often in the first line that is not blank, outside of quotes."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(header.split('"')[::2])
    return max(SEPARATORS, key=bare.count)
