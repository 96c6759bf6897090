"""Tables as they stand in files, and places in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LETTERS = 26


class FormulaWithoutResult:
    """Stands in a cell whose formula was never calculated."""

    def __str__(self) -> str:
        return "a formula"


@dataclass(frozen=True)
class RawTable:
    """A table as it was read.

    Parameters
    ----------
    name
        Sheet name, or file name without its ending.
    label
        What messages call it, such as `sheet calls` or `calls.csv`.
    rows
        Cells by row; the first row is row 1 and is the header. Empty cells are None or blank text.
    """

    name: str
    label: str
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True)
class Row:
    """A row that is not blank: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True)
class Table:
    """A table whose columns are known.

    Parameters
    ----------
    kind
        `technicians`, `calls`, `stock`, `locations`, `location_stock` or `loadouts`.
    label
        What messages call it.
    headings
        Position and heading, as written, by column name.
    rows
        Without blank ones.
    """

    kind: str
    label: str
    headings: Mapping[str, tuple[int, str]]
    rows: Sequence[Row]


@dataclass(frozen=True, order=True)
class Spot:
    """A place in a table: a cell, or a row or the whole table where the rest is left out. Sorts in reading order."""

    label: str
    row: int = 0
    position: int = -1
    heading: str = ""

    def __str__(self) -> str:
        row = f", row {self.row}" if self.row else ""
        column = f", column {column_letters(self.position)} ({self.heading})" if self.position >= 0 else ""
        return f"{self.label}{row}{column}"


def column_letters(position: int) -> str:
    """Return a column's name as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, digit = divmod(position - 1, LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters


def is_blank(cell: object) -> bool:
    """Whether nothing stands in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
