"""Building a document from tables, remembering which cell each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.faults import fault, suggestion
from dispatch_engine.importer.columns import (
    CALLS,
    ID_STAND_IN,
    PART,
    PROVIDER,
    QUANTITY,
    STOCK,
    TECHNICIAN,
    TECHNICIANS,
    Column,
    Target,
)
from dispatch_engine.importer.reading import ReadRow, compacted, read_row
from dispatch_engine.importer.tables import Spot

if TYPE_CHECKING:
    from dispatch_engine.importer.draft import Draft
    from dispatch_engine.importer.findings import Findings
    from dispatch_engine.importer.moments import Context
    from dispatch_engine.importer.tables import Table

CALL = CALLS[0].name
PERSONAL = tuple(column for column in TECHNICIANS if not column.of_shift)
OF_SHIFT = tuple(column for column in TECHNICIANS if column.of_shift)
BEGIN_AND_END = ("shift_start", "shift_end")


@dataclass
class Builder:
    """Puts the rows of tables into a draft.

    Parameters
    ----------
    draft
        Where the values go.
    findings
        Where faults go.
    context
        Time zone and day of times that lack them.
    people
        Path of each technician and provider by id, filled as they are added.
    everyone_is_known
        Whether no row of technicians is without its id.
    """

    draft: Draft
    findings: Findings
    context: Context
    people: dict[str, Target] = field(default_factory=dict)
    everyone_is_known: bool = True

    def add_technicians(self, table: Table) -> None:
        """Add technicians and providers: one for each id, with a shift for each of its rows."""
        rows_by_id: dict[str, list[ReadRow]] = {}
        for number, row in enumerate(table.rows):
            read = read_row(table, row, TECHNICIANS, self.context, self.findings)
            name = self._id(read, table, TECHNICIANS[0])
            self.everyone_is_known &= name is not None
            rows_by_id.setdefault(name or f"{ID_STAND_IN}{number}", []).append(read)
        for name, rows in rows_by_id.items():
            self._add_person(name, rows, table)

    def add_calls(self, table: Table) -> None:
        """Add a call for each row."""
        first: dict[str, ReadRow] = {}
        for number, row in enumerate(table.rows):
            read = read_row(table, row, CALLS, self.context, self.findings)
            path: Target = ("calls", number)
            self.draft.put(path, {}, read.row)
            name = self._id(read, table, CALLS[0])
            self._fill(path, read, CALLS, table)
            self.draft.document["calls"][number]["id"] = name or f"{ID_STAND_IN}{number}"
            if name is not None and first.setdefault(name, read) is not read:
                self.findings.add("row_twice", read.spots[CALL], name, first=first[name].row.row)
                self.draft.set_aside((*path, "id"), read.spots[CALL])

    def add_stock(self, table: Table) -> None:
        """Add each row to the van stock of its technician."""
        first: dict[tuple[str, str], int] = {}
        for row in table.rows:
            read = read_row(table, row, STOCK, self.context, self.findings)
            self._require(read, STOCK, table)
            if any(column.name not in read.values for column in STOCK):
                continue
            owner, part, pieces = (read.values[column.name] for column in STOCK)
            other = first.setdefault((owner, part), row.number)
            if other != row.number:
                self.findings.add("stock_twice", read.spots[PART], part, technician=owner, first=other)
            elif owner in self.people:
                self.draft.put((*self.people[owner], "stock", part), pieces, read.spots[QUANTITY])
            elif self.everyone_is_known:
                self._unknown_owner(owner, read)

    def _unknown_owner(self, owner: str, read: ReadRow) -> None:
        things = "technicians and providers"
        advice = suggestion(owner, [*self.people], f"Maybe a row is missing from the table of {things}.")
        found = fault("unknown_reference", (), owner, things=things, suggestion=advice)
        self.findings.place(found, read.spots[TECHNICIAN])

    def _id(self, read: ReadRow, table: Table, column: Column) -> str | None:
        self._require(read, (column,), table)
        return read.values.get(column.name)

    def _require(self, read: ReadRow, columns: Sequence[Column], table: Table) -> None:
        """Find fault with needed cells that are empty; a column that is missing was found already."""
        for column in columns:
            empty = column.name not in read.values and column.name not in read.faulty
            if column.is_needed and empty and column.name in table.headings:
                self.findings.add("cell_empty", read.spots[column.name])

    def _add_person(self, name: str, rows: Sequence[ReadRow], table: Table) -> None:
        whole = self._merged(rows)
        kind = "providers" if whole.values.get(PROVIDER) else "technicians"
        path: Target = (kind, len(self.draft.document.setdefault(kind, [])))
        self.people[name] = path
        self.draft.put(path, {"shifts": []}, rows[0].row)
        self._fill(path, whole, PERSONAL, table)
        self.draft.put((*path, "id"), name, whole.spots[TECHNICIAN])
        ids: set[str] = set()
        for row in rows:
            self._add_shift(path, row, ids, table)

    def _merged(self, rows: Sequence[ReadRow]) -> ReadRow:
        """Return what the rows say of the technician; where two say different things, that is a fault."""
        values: dict[str, Any] = {}
        spots = dict(rows[0].spots)
        for column in PERSONAL:
            stated = [row for row in rows if column.name in row.values]
            for row in stated[:1]:
                values[column.name], spots[column.name] = row.values[column.name], row.spots[column.name]
            for row in stated[1:]:
                self._require_same(column, stated[0], row)
        faulty = frozenset(name for row in rows for name in row.faulty if name not in values)
        return ReadRow(spots, values, faulty, rows[0].row)

    def _require_same(self, column: Column, first: ReadRow, row: ReadRow) -> None:
        if row.values[column.name] != first.values[column.name]:
            said, before = row.values[column.name], first.values[column.name]
            self.findings.add("row_conflict", row.spots[column.name], said, other=before, first=first.row.row)

    def _add_shift(self, person: Target, row: ReadRow, ids: set[str], table: Table) -> None:
        if any(name not in row.values for name in BEGIN_AND_END):
            self._require(row, OF_SHIFT, table)
            return
        path: Target = (*person, "shifts", len(ids))
        self.draft.put(path, {}, row.row)
        self._fill(path, row, OF_SHIFT, table)
        day = row.values[BEGIN_AND_END[0]][:10]
        name = next(name for name in (day, *(f"{day}-{i}" for i in range(2, len(ids) + 3))) if name not in ids)
        ids.add(name)
        self.draft.put((*path, "id"), name, row.row)

    def _fill(self, path: Target, read: ReadRow, columns: Sequence[Column], table: Table) -> None:
        """Put the values of a row below a path; needed values that are missing or faulty get their stand-in."""
        self._require(read, [column for column in columns if column.name not in (TECHNICIAN, CALL)], table)
        aimed = [column for column in columns if column.target]
        places = compacted([column.target for column in aimed if column.name in read.values])
        for column in aimed:
            spot = read.spots[column.name]
            if column.name in read.values:
                self.draft.put((*path, *places[column.target]), read.values[column.name], spot)
            elif column.is_needed or column.name in read.faulty:
                self._stand_in(path, column, spot)
        self._trace_empty(path, read, aimed, places)

    def _stand_in(self, path: Target, column: Column, spot: Spot) -> None:
        target = (*path, *column.target)
        if column.stand_in is None:
            self.draft.set_aside(target, spot)
        else:
            self.draft.stand_in(target, column.stand_in, spot)

    def _trace_empty(
        self, path: Target, read: ReadRow, aimed: Sequence[Column], places: Mapping[Target, Target]
    ) -> None:
        """Remember the empty cells beside filled ones, such as the end of a window that has a start."""
        moved = {target[:-1]: place[:-1] for target, place in places.items()}
        for column in aimed:
            if column.name not in read.values and column.target[:-1] in moved:
                self.draft.trace((*path, *moved[column.target[:-1]], column.target[-1]), read.spots[column.name])
