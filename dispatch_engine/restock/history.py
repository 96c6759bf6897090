"""The history of use: a table of which part was used when, in how many pieces, and by whom or where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dispatch_engine.catalogue.faults import history_fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.cells import read_text, read_whole
from dispatch_engine.importer.columns import DATE, PART, TECHNICIAN, Column
from dispatch_engine.importer.findings import Findings
from dispatch_engine.importer.headers import same_name, table_of
from dispatch_engine.importer.mapping import NameMapping
from dispatch_engine.importer.moments import Context, read_day
from dispatch_engine.importer.reading import read_row
from dispatch_engine.importer.sources import raw_tables
from dispatch_engine.importer.tables import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dispatch_engine.importer.reading import ReadRow
    from dispatch_engine.importer.tables import RawTable, Table

TABLE = "history"
TERRITORY = "territory"
PIECES = "pieces"
MAX_PIECES = 1_000_000

COLUMNS = (
    Column(DATE, read_day, (), "Day of the use.", "2026-03-10", True),
    Column(TECHNICIAN, read_text, (), "Who used it. Default: not known.", "T01"),
    Column(TERRITORY, read_text, (), "Where, if not who. Default: not known.", "north"),
    Column(PART, read_text, (), "Part number.", "LFT-REL-4", True),
    Column(PIECES, read_whole, (), "Pieces used; 0 says that the day was worked.", 1, True),
)
NEEDED = tuple(column.name for column in COLUMNS if column.is_needed)


@dataclass(frozen=True)
class Use:
    """Pieces of a part that were used on a day; ``technician`` and ``territory`` are None where they are not told."""

    day: date
    part: str
    pieces: int
    technician: str | None = None
    territory: str | None = None


@dataclass(frozen=True)
class History:
    """What was used, in order of the table; ``days`` are the working days: the dates with at least one row."""

    uses: tuple[Use, ...]
    days: tuple[date, ...]

    @classmethod
    def of(cls, uses: Sequence[Use]) -> History:
        """Return the history of some uses."""
        return cls(tuple(uses), tuple(sorted({use.day for use in uses})))


def load_history(path: Path, encoding: str = "utf-8") -> History:
    """Read a history from a CSV file or a workbook.

    Raises
    ------
    FileError, DocumentErrors
        It cannot be read; the table has faults, each with its row and column.
    """
    return history_of(raw_tables((path,), encoding), str(path))


def history_of(raws: Sequence[RawTable], name: str = "the history") -> History:
    """Return the history in the table of that name, or in the only one.

    Raises
    ------
    DocumentErrors
        With every fault found; ``name`` is what the message calls the history.
    """
    findings = Findings()
    table = _table(raws, findings)
    uses = [use for use in _uses(table, findings) if use is not None] if table is not None else []
    if findings.faults():
        raise DocumentErrors(findings.faults(), name)
    return History.of(uses)


def _table(raws: Sequence[RawTable], findings: Findings) -> Table | None:
    named = [raw for raw in raws if same_name(raw.name, TABLE)]
    chosen = named[:1] or raws
    if len(chosen) != 1:
        there = ", ".join(raw.name for raw in raws) or "none"
        advice = f"Maybe call the sheet with the history so: there are {there}."
        findings.add("table_missing", Spot(f"table {TABLE}"), suggestion=advice)
        return None
    return table_of(TABLE, COLUMNS, chosen[0], NameMapping(), findings, is_needed=True)


def _uses(table: Table, findings: Findings) -> Iterator[Use | None]:
    context = Context(ZoneInfo("UTC"))
    for row in table.rows:
        yield _use(read_row(table, row, COLUMNS, context, findings), findings)


def _use(row: ReadRow, findings: Findings) -> Use | None:
    """Return what a row says; None where it is faulty."""
    values: dict[str, Any] = dict(row.values)
    empty = [name for name in NEEDED if name not in values and name not in row.faulty]
    for name in empty:
        findings.add("cell_empty", row.spots[name])
    pieces = values.get(PIECES, 0)
    if not 0 <= pieces <= MAX_PIECES:
        findings.place(history_fault("history_pieces", (), pieces, most=MAX_PIECES), row.spots[PIECES])
    if row.faulty or empty:
        return None
    return Use(values[DATE], values[PART], pieces, values.get(TECHNICIAN), values.get(TERRITORY))
