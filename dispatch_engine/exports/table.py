"""The stops of a plan as CSV for spreadsheets (RFC 4180, UTF-8 with a byte order mark, which Excel needs)."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from dispatch_engine.exports.rows import COLUMNS, stop_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dispatch_engine.exports.rows import Row, Value
    from dispatch_engine.exports.view import PlanView

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet takes text that begins so for a formula (OWASP, "CSV injection")."""

GUARD = "'"
"""Put before such text; spreadsheets show it as text."""


def csv_text(view: PlanView) -> bytes:
    """Return a header and one row for each stop; `COLUMNS` says what the columns mean."""
    return csv_of(COLUMNS, stop_rows(view))


def csv_of(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Return a header and the rows; None is an empty cell, and no text is taken for a formula."""
    names = list(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return codecs.BOM_UTF8 + text.getvalue().encode()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return GUARD + value
    return value
