"""Pick lists and recommended loadouts in the forms that people and programs read."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from dispatch_engine.exports.table import csv_of
from dispatch_engine.restock.documents import PickList
from dispatch_engine.restock.forms import RestockFormat
from dispatch_engine.restock.sheets import (
    LOADOUT_COLUMNS,
    PICK_COLUMNS,
    loadout_rows,
    loadout_sheets,
    pick_rows,
    pick_sheets,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from dispatch_engine.restock.documents import LoadoutAdvice
    from dispatch_engine.restock.sheets import Sheet

WIDE = 1_000
"""Columns of a console in which no table is ever cut off."""


def text_of(document: PickList | LoadoutAdvice, form: RestockFormat) -> bytes:
    """Return a document as text in UTF-8; a table is plain, without colours, and as wide as it has to be."""
    if form is RestockFormat.JSON:
        return f"{document.model_dump_json(indent=2, exclude_none=True)}\n".encode()
    if form is RestockFormat.CSV:
        return _csv(document)
    if form is RestockFormat.MARKDOWN:
        return _markdown(sheets_of(document), document.notes).encode()
    return _plain(sheets_of(document)).encode()


def sheets_of(document: PickList | LoadoutAdvice) -> list[Sheet]:
    """Return the tables that people read of a document."""
    return list(pick_sheets(document) if isinstance(document, PickList) else loadout_sheets(document))


def summary(document: PickList | LoadoutAdvice) -> str:
    """Return what a person wants to know at once."""
    if isinstance(document, PickList):
        vans = sum(any(line.load for line in van.lines) for location in document.locations for van in location.vans)
        pieces = sum(sum(location.total.values()) for location in document.locations)
        short = sum(each.pieces for location in document.locations for each in location.shortages)
        return f"night of {document.night}: pieces to load {pieces}, into vans {vans}, missing {short}"
    change = sum(abs(line.recommended - line.present) for van in document.vans for line in van.lines)
    binds = sum(van.room_binds for van in document.vans)
    return f"loadouts {len(document.vans)}, pieces other than now {change}, vans without room for all {binds}"


def show(console: Console, sheets: Sequence[Sheet]) -> None:
    """Print tables on a console."""
    from rich.table import Table
    from rich.text import Text

    for i, sheet in enumerate(sheets):
        table = Table(title=Text(sheet.title), title_justify="left", title_style="bold")
        for heading in sheet.headings:
            table.add_column(heading, justify="right" if heading in sheet.numbers else "left")
        for row in sheet.rows:
            table.add_row(*(Text(cell) for cell in row))
        if i:
            console.print()
        console.print(table if sheet.rows else Text(f"{sheet.title}: nothing"))


def _csv(document: PickList | LoadoutAdvice) -> bytes:
    if isinstance(document, PickList):
        return csv_of(PICK_COLUMNS, pick_rows(document))
    return csv_of(LOADOUT_COLUMNS, loadout_rows(document))


def _plain(sheets: Sequence[Sheet]) -> str:
    from rich.console import Console

    text = io.StringIO()
    console = Console(file=text, width=WIDE, no_color=True, force_terminal=False, highlight=False)
    show(console, sheets)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())


def _markdown(sheets: Sequence[Sheet], notes: Sequence[str]) -> str:
    return "\n\n".join([*map(_markdown_table, sheets), *map(_escaped, notes)]) + "\n"


def _markdown_table(sheet: Sheet) -> str:
    if not sheet.rows:
        return f"## {_escaped(sheet.title)}\n\nNothing."
    rule = ("---:" if heading in sheet.numbers else "---" for heading in sheet.headings)
    lines = [sheet.headings, tuple(rule), *(tuple(map(_escaped, row)) for row in sheet.rows)]
    return f"## {_escaped(sheet.title)}\n\n" + "\n".join(
        f"| {' | '.join(cell.strip() for cell in line)} |" for line in lines
    )


def _escaped(text: str) -> str:
    """Keep what stands in a document from being taken for Markdown."""
    for mark in "\\|<>*_`[]":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
