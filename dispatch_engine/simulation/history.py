"""The history of calls: a table of when and where calls came in, and of which kind they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.cells import read_number, read_text
from dispatch_engine.importer.columns import Column
from dispatch_engine.importer.findings import Findings
from dispatch_engine.importer.headers import same_name, table_of
from dispatch_engine.importer.mapping import NameMapping
from dispatch_engine.importer.moments import Context, read_moment
from dispatch_engine.importer.reading import read_row
from dispatch_engine.importer.sources import raw_tables
from dispatch_engine.importer.tables import Spot, is_blank
from dispatch_engine.simulation.errors import HistoryColumnsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from dispatch_engine.importer.reading import ReadRow
    from dispatch_engine.importer.tables import RawTable, Table

TABLE = "calls"
AT, LAT, LON, KIND = "reported_at", "lat", "lon", "kind"
MAX_LAT, MAX_LON = 90, 180

COLUMNS = (
    Column(AT, read_moment, (), "When the call came in.", "2026-03-09 16:20", True),
    Column(LAT, read_number, (), "Degrees north, WGS 84; an empty one leaves the row out.", -29.95, True),
    Column(LON, read_number, (), "Degrees east, WGS 84; an empty one leaves the row out.", -71.34, True),
    Column(KIND, read_text, (), "Kind of work. Default: not known.", "lift_stopped"),
)
NAMES = tuple(column.name for column in COLUMNS)


@dataclass(frozen=True)
class PastCall:
    """A call as it came in. ``at`` is local to the history's time zone."""

    at: datetime
    lat: float
    lon: float
    kind: str | None = None


@dataclass(frozen=True)
class CallHistory:
    """Calls in order of time.

    Attributes
    ----------
    calls
        All that have a place.
    without_place
        How many have none and are left out.
    """

    calls: tuple[PastCall, ...]
    without_place: int = 0

    @property
    def days(self) -> tuple[date, ...]:
        """The local dates on which calls came in, in order."""
        return tuple(sorted({call.at.date() for call in self.calls}))


def columns_of(text: str) -> dict[str, str]:
    """Read which headings the columns have: ``reported_at=created,kind=descriptor``.

    Raises
    ------
    HistoryColumnsError
    """
    found: dict[str, str] = {}
    for pair in text.split(",") if text else ():
        name, equals, heading = pair.partition("=")
        if name.strip() not in NAMES or not equals or not heading.strip():
            raise HistoryColumnsError(pair, NAMES)
        found[name.strip()] = heading.strip()
    return found


def load_calls(
    path: Path, zone: ZoneInfo, headings: Mapping[str, str] | None = None, encoding: str = "utf-8"
) -> CallHistory:
    """Read a history from a CSV file or a workbook; columns that it has beside are not read.

    Parameters
    ----------
    path
        Of the file.
    zone
        Of all times without an offset.
    headings
        What columns are called, where that is not their name.
    encoding
        Of a CSV file that does not tell its own.

    Raises
    ------
    FileError, DocumentErrors
        It cannot be read; the table has faults, each with its row and column.
    """
    findings = Findings()
    table = _table(raw_tables((path,), encoding), headings or {}, findings)
    rows = list(_rows(table, zone, findings)) if table is not None else []
    if findings.faults():
        raise DocumentErrors(findings.faults(), str(path))
    calls = sorted((row for row in rows if row is not None), key=lambda call: call.at)
    return CallHistory(tuple(calls), len(rows) - len(calls))


def _table(raws: tuple[RawTable, ...], headings: Mapping[str, str], findings: Findings) -> Table | None:
    named = [raw for raw in raws if same_name(raw.name, TABLE)]
    chosen = named[:1] or list(raws)
    if len(chosen) != 1:
        there = ", ".join(raw.name for raw in raws) or "none"
        findings.add("table_missing", Spot(f"table {TABLE}"), suggestion=f"Maybe name a sheet so: there are {there}.")
        return None
    wanted = [headings.get(name, name) for name in NAMES]
    head = next((row for row in chosen[0].rows if not all(is_blank(cell) for cell in row)), ())
    others = tuple(str(cell) for cell in head if not any(same_name(str(cell), each) for each in wanted))
    names = NameMapping(columns={TABLE: headings}, ignore={TABLE: others})
    return table_of(TABLE, COLUMNS, chosen[0], names, findings, is_needed=True)


def _rows(table: Table, zone: ZoneInfo, findings: Findings) -> Iterator[PastCall | None]:
    context = Context(zone)
    for row in table.rows:
        yield _call(read_row(table, row, COLUMNS, context, findings), zone, findings)


def _call(row: ReadRow, zone: ZoneInfo, findings: Findings) -> PastCall | None:
    """Return what a row says; None where it is faulty or has no place."""
    values: dict[str, Any] = dict(row.values)
    if AT not in values:
        if AT not in row.faulty:
            findings.add("cell_empty", row.spots[AT])
        return None
    for name, most in ((LAT, MAX_LAT), (LON, MAX_LON)):
        if name in values and abs(values[name]) > most:
            findings.add("cell_number", row.spots[name], values[name])
    if LAT not in values or LON not in values:
        return None
    at = datetime.fromisoformat(values[AT]).astimezone(zone)
    return PastCall(at, values[LAT], values[LON], values.get(KIND))
