"""From raw tables to tables whose columns are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import suggestion
from dispatch_engine.importer.columns import COLUMNS_BY_TABLE, NEEDED_TABLES
from dispatch_engine.importer.tables import RawTable, Row, Spot, Table, is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.importer.columns import Column
    from dispatch_engine.importer.findings import Findings
    from dispatch_engine.importer.mapping import NameMapping

COMMENT = "#"
"""A heading that begins with this is not read."""


def known_tables(raws: Sequence[RawTable], names: NameMapping, findings: Findings) -> dict[str, Table]:
    """Return the tables that are wanted, by kind; what is missing or twice is found fault with."""
    found: dict[str, Table] = {}
    for kind in COLUMNS_BY_TABLE:
        wanted = names.tables.get(kind, kind)
        matches = [raw for raw in raws if same_name(raw.name, wanted)]
        if len(matches) > 1:
            findings.add("table_twice", Spot(matches[1].label), name=wanted, other=matches[0].label)
        elif not matches:
            _missing_table(kind, wanted, raws, findings)
        else:
            _add_table(found, kind, matches[0], names, findings)
    return found


def left_out(raws: Sequence[RawTable], tables: Mapping[str, Table]) -> list[str]:
    """Return what messages call the tables that are not read."""
    used = {table.label for table in tables.values()}
    return [raw.label for raw in raws if raw.label not in used]


def _missing_table(kind: str, wanted: str, raws: Sequence[RawTable], findings: Findings) -> None:
    if kind in NEEDED_TABLES:
        there = ", ".join(raw.name for raw in raws) or "none"
        otherwise = f"Maybe it has another name: there are {there}. A mapping file renames tables."
        findings.add("table_missing", Spot(f"table {wanted}"), suggestion=otherwise)


def same_name(one: str, other: str) -> bool:
    """Return whether two names have the same letters and digits; capitals make no difference."""
    return _letters(one) == _letters(other)


def table_of(
    kind: str, columns: Sequence[Column], raw: RawTable, names: NameMapping, findings: Findings, *, is_needed: bool
) -> Table | None:
    """Return a table with its columns known, None where there is no header; what is missing is found fault with."""
    head = next((i for i, row in enumerate(raw.rows) if not all(is_blank(cell) for cell in row)), None)
    if head is None:
        if is_needed:
            findings.add("table_empty", Spot(raw.label))
        return None
    renamed = names.columns.get(kind, {})
    wanted = {column.name: renamed.get(column.name, column.name) for column in columns}
    headings = _headings(wanted, names.ignore.get(kind, ()), raw, head, findings)
    _missing_columns(columns, raw, head, wanted, headings, findings)
    rows = tuple(_rows(raw, head + 1, headings))
    if headings and not rows and is_needed:
        findings.add("table_empty", Spot(raw.label))
    return Table(kind, raw.label, headings, rows)


def _add_table(found: dict[str, Table], kind: str, raw: RawTable, names: NameMapping, findings: Findings) -> None:
    table = table_of(kind, COLUMNS_BY_TABLE[kind], raw, names, findings, is_needed=kind in NEEDED_TABLES)
    if table is not None:
        found[kind] = table


def _headings(
    headings: Mapping[str, str], unread: Sequence[str], raw: RawTable, head: int, findings: Findings
) -> dict[str, tuple[int, str]]:
    """Return position and heading of each known column; ``headings`` are what the columns are called."""
    name_by_letters = {_letters(heading): name for name, heading in headings.items()}
    ignored = {_letters(heading) for heading in unread}
    found: dict[str, tuple[int, str]] = {}
    for position, cell in enumerate(raw.rows[head]):
        heading = "" if is_blank(cell) else str(cell).strip()
        if heading.startswith(COMMENT) or _letters(heading) in ignored:
            continue
        spot = Spot(raw.label, head + 1, position, heading)
        name = name_by_letters.get(_letters(heading))
        if name in found:
            findings.add("column_twice", spot, heading)
        elif name is not None:
            found[name] = (position, heading)
        elif heading or _has_cells(raw, head + 1, position):
            otherwise = "Maybe put # before the heading, or name it under ignore in a mapping file, to leave it out."
            advice = suggestion(heading, [*headings.values()], otherwise)
            findings.add("column_unknown", spot, heading, suggestion=advice)
    return found


def _missing_columns(
    columns: Sequence[Column],
    raw: RawTable,
    head: int,
    headings: Mapping[str, str],
    found: Mapping[str, tuple[int, str]],
    findings: Findings,
) -> None:
    for column in columns:
        if column.is_needed and column.name not in found:
            findings.add("column_missing", Spot(raw.label, head + 1), headings[column.name])


def _has_cells(raw: RawTable, first: int, position: int) -> bool:
    return any(position < len(row) and not is_blank(row[position]) for row in raw.rows[first:])


def _rows(raw: RawTable, first: int, headings: Mapping[str, tuple[int, str]]) -> list[Row]:
    rows = []
    for number, cells in enumerate(raw.rows[first:], first + 1):
        named = {name: cells[at] for name, (at, _) in headings.items() if at < len(cells) and not is_blank(cells[at])}
        if named:
            rows.append(Row(number, named))
    return rows


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
