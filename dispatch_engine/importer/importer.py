"""From tables to a checked problem document, or to everything that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.importer.build import PIECES_BY_TABLE, Builder
from dispatch_engine.importer.draft import Draft
from dispatch_engine.importer.findings import Findings
from dispatch_engine.importer.headers import known_tables, left_out
from dispatch_engine.importer.mapping import NameMapping
from dispatch_engine.importer.moments import Context
from dispatch_engine.importer.sources import raw_tables
from dispatch_engine.importer.tables import RawTable, Spot

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dispatch_engine.errors import Fault
    from dispatch_engine.importer.columns import Target
    from dispatch_engine.importer.tables import Table
    from dispatch_engine.model.problem import ProblemDocument


@dataclass(frozen=True)
class ImportOptions:
    """What the tables do not say.

    Parameters
    ----------
    time_zone
        IANA name; of all times without an offset.
    day
        Of times without a date, in rows without one.
    id
        Of the document.
    currency
        ISO 4217.
    travel
        The document's `travel`.
    names
        What the planner calls tables and columns.
    encoding
        Of CSV files without a byte order mark.
    """

    time_zone: str
    day: date | None = None
    id: str = "imported"
    currency: str = "EUR"
    travel: Mapping[str, Any] = field(default_factory=lambda: {"source": "geodesic"})
    names: NameMapping = field(default_factory=NameMapping)
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Imported:
    """A document from tables, and the tables among those given that were not read."""

    problem: ProblemDocument
    left_out: tuple[str, ...]


def import_files(paths: Sequence[Path], options: ImportOptions) -> Imported:
    """Return the problem document in workbooks, CSV files or folders of CSV files.

    Raises
    ------
    FileError, DocumentErrors
        A file cannot be read; the tables have faults, each with its table, row and column.
    """
    return import_tables(raw_tables(paths, options.encoding), options, ", ".join(str(path) for path in paths))


def import_tables(raws: Sequence[RawTable], options: ImportOptions, name: str = "the tables") -> Imported:
    """Return the problem document in tables.

    Raises
    ------
    DocumentErrors
        With every fault found; ``name`` is what the message calls the tables.
    """
    context, findings = Context(_zone(options), options.day), Findings()
    tables = known_tables(raws, options.names, findings)
    builder = Builder(_blank(options), findings, context)
    _add(builder, tables)
    problem = _checked(builder, findings)
    if problem is None:
        raise DocumentErrors(findings.faults(), name)
    return Imported(problem, tuple(left_out(raws, tables)))


def _zone(options: ImportOptions) -> ZoneInfo:
    try:
        return ZoneInfo(options.time_zone)
    except (OSError, ValueError, KeyError) as error:  # unknown (a KeyError), a folder of zones, or no name at all
        unknown = fault("time_zone_unknown", ("time_zone",), options.time_zone)
        raise DocumentErrors((unknown,), "the time zone of the import") from error


def _blank(options: ImportOptions) -> Draft:
    """Return a document without technicians and calls."""
    stated = {
        "id": options.id,
        "currency": options.currency,
        "time_zone": options.time_zone,
        "travel": dict(options.travel),
    }
    origins: dict[Target, Spot] = {(key,): Spot(f"option {key}") for key in stated}
    return Draft({"version": 1, **stated, "technicians": [], "calls": []}, origins)


def _add(builder: Builder, tables: Mapping[str, Table]) -> None:
    if "technicians" in tables:
        builder.add_technicians(tables["technicians"])
    builder.everyone_is_known &= "technicians" in tables
    if "calls" in tables:
        builder.add_calls(tables["calls"])
    if "locations" in tables:
        builder.add_locations(tables["locations"])
    for kind in PIECES_BY_TABLE:
        if kind in tables:
            builder.add_pieces(tables[kind])


def _checked(builder: Builder, findings: Findings) -> ProblemDocument | None:
    """Return the document, or None and more findings."""
    try:
        problem = parse_problem(json.dumps(builder.draft.document).encode())
    except DocumentErrors as error:
        for each in error.faults:
            _relocate(each, builder, findings)
        problem = None
    return None if findings.faults() else problem


def _relocate(found: Fault, builder: Builder, findings: Findings) -> None:
    """Note a fault of the document at the cell it came from, unless it follows from a faulty cell."""
    path = _path_of(found.pointer)
    if not builder.draft.is_news(path):
        return
    if found.code == "unknown_reference" and not builder.everyone_is_known:
        return
    findings.place(found, builder.draft.spot_of(path))


def _path_of(pointer: str) -> Target:
    parts = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    return tuple(int(part) if part.isdecimal() else part for part in parts)
