"""The mapping file: what a planner calls the tables and columns.

    {
      "tables":  {"calls": "Einsätze"},
      "columns": {"calls": {"call": "Nr", "duration_min": "Dauer"}},
      "ignore":  {"calls": ["Bemerkung"]}
    }

Everything may be left out; what is not renamed keeps its name. Ignored headings are not read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.faults import fault, suggestion, table_fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.files import read_bytes
from dispatch_engine.formats.json_text import read_json
from dispatch_engine.importer.columns import COLUMNS_BY_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from dispatch_engine.catalogue.faults import Path as JsonPath
    from dispatch_engine.errors import Fault

PARTS = ("tables", "columns", "ignore")


@dataclass(frozen=True)
class NameMapping:
    """Names by what they stand for.

    Parameters
    ----------
    tables
        Sheet or file names by table.
    columns
        Headings by column name, by table.
    ignore
        Headings that are not read, by table.
    """

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_mapping(path: Path) -> NameMapping:
    """Read a mapping file.

    Raises
    ------
    FileError, DocumentErrors
        It cannot be read, or is not a mapping; with all faults at once.
    """
    text = read_json(read_bytes(path))
    if text.faults:
        raise DocumentErrors(text.faults, str(path))
    return mapping_of(text.value, str(path))


def mapping_of(value: Any, name: str = "the mapping") -> NameMapping:
    """Return the mapping that a JSON value stands for.

    Raises
    ------
    DocumentErrors
        With every fault found.
    """
    if not isinstance(value, dict):
        raise DocumentErrors((fault("not_an_object", (), value),), name)
    faults = tuple(sorted(_faults_of(value)))
    if faults:
        raise DocumentErrors(faults, name)
    ignore = {table: tuple(headings) for table, headings in value.get("ignore", {}).items()}
    return NameMapping(value.get("tables", {}), value.get("columns", {}), ignore)


def _faults_of(value: dict[str, Any]) -> Iterator[Fault]:
    yield from _unknown((), value, PARTS, "parts of a mapping")
    for part in PARTS:
        of_part = value.get(part, {})
        if not isinstance(of_part, dict):
            yield table_fault("mapping_shape", (part,), of_part, wanted="an object with a key for each table")
            continue
        yield from _unknown((part,), of_part, COLUMNS_BY_TABLE, "tables")
        for table, names in of_part.items():
            yield from _names_faults(part, table, names)


def _names_faults(part: str, table: str, names: Any) -> Iterator[Fault]:
    path: JsonPath = (part, table)
    if part == "tables" and not isinstance(names, str):
        yield table_fault("mapping_shape", path, names, wanted="the name of a sheet or file")
    if part == "ignore" and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        yield table_fault("mapping_shape", path, names, wanted="a list of headings")
    if part == "columns":
        yield from _column_faults(path, table, names)


def _column_faults(path: JsonPath, table: str, names: Any) -> Iterator[Fault]:
    if not (isinstance(names, dict) and all(isinstance(heading, str) for heading in names.values())):
        yield table_fault("mapping_shape", path, names, wanted="an object with the heading of each renamed column")
        return
    known = [column.name for column in COLUMNS_BY_TABLE.get(table, ())]
    yield from _unknown(path, names, known, f"columns of {table}") if known else ()


def _unknown(path: JsonPath, names: dict[str, Any], known: Any, things: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            otherwise = f"Maybe one of {', '.join(known)}."
            advice = suggestion(name, list(known), otherwise)
            yield table_fault("mapping_unknown", (*path, name), name, things=things, suggestion=advice)
