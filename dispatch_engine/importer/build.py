"""Building a document from tables, remembering which cell each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.catalogue.faults import fault, suggestion
from dispatch_engine.importer.columns import (
    CALLS,
    COLUMNS_BY_TABLE,
    ID_STAND_IN,
    LOCATION,
    LOCATIONS,
    PART,
    PROVIDER,
    QUANTITY,
    TECHNICIAN,
    TECHNICIANS,
    Column,
    Target,
)
from dispatch_engine.importer.filling import Filler
from dispatch_engine.importer.reading import ReadRow, read_row

if TYPE_CHECKING:
    from dispatch_engine.importer.tables import Spot, Table

CALL = CALLS[0].name
PERSONAL = tuple(column for column in TECHNICIANS if not column.of_row)
OF_SHIFT = tuple(column for column in TECHNICIANS if column.of_row)
BEGIN_AND_END = ("shift_start", "shift_end")
LASTING = tuple(column for column in LOCATIONS if not column.of_row)
OF_OPENING = tuple(column for column in LOCATIONS if column.of_row)
OPENS_AND_CLOSES = ("opens", "closes")


class Pieces(NamedTuple):
    """What a table of pieces is about: the field that it fills, of whom, and in which table they stand."""

    field: str
    things: str
    home: str


PIECES_BY_TABLE = {
    "stock": Pieces("stock", "technicians and providers", "technicians"),
    "loadouts": Pieces("loadout", "technicians and providers", "technicians"),
    "location_stock": Pieces("stock", "stock locations", "locations"),
}


@dataclass
class Builder(Filler):
    """Puts the rows of tables into a draft.

    Parameters
    ----------
    paths
        Path of each technician, provider and location by id, by the table in which they stand; filled as they are
        added.
    everyone_is_known
        Whether no row of technicians or locations is without its id.
    """

    paths: Mapping[str, dict[str, Target]] = field(default_factory=lambda: {"technicians": {}, "locations": {}})
    everyone_is_known: bool = True

    def add_technicians(self, table: Table) -> None:
        """Add technicians and providers: one for each id, with a shift for each of its rows."""
        for name, rows in self._rows_by_id(table, TECHNICIANS).items():
            self._add_person(name, rows, table)

    def add_locations(self, table: Table) -> None:
        """Add stock locations: one for each id, with opening hours for each of its rows."""
        for number, (name, rows) in enumerate(self._rows_by_id(table, LOCATIONS).items()):
            self._add_location(("stock_locations", number), name, rows, table)

    def add_calls(self, table: Table) -> None:
        """Add a call for each row."""
        first: dict[str, ReadRow] = {}
        for number, row in enumerate(table.rows):
            read = read_row(table, row, CALLS, self.context, self.findings)
            path: Target = ("calls", number)
            self.draft.put(path, {}, read.row)
            name = self.id_of(read, table, CALLS[0])
            self.fill(path, read, CALLS, table)
            self.draft.document["calls"][number]["id"] = name or f"{ID_STAND_IN}{number}"
            if name is not None and first.setdefault(name, read) is not read:
                self.findings.add("row_twice", read.spots[CALL], name, first=first[name].row.row)
                self.draft.set_aside((*path, "id"), read.spots[CALL])

    def add_pieces(self, table: Table) -> None:
        """Add each row to what its van or location holds or should hold."""
        columns, about = COLUMNS_BY_TABLE[table.kind], PIECES_BY_TABLE[table.kind]
        owners = self.paths[about.home]
        first: dict[tuple[str, str], int] = {}
        for row in table.rows:
            read = read_row(table, row, columns, self.context, self.findings)
            self.require(read, columns, table)
            if any(column.name not in read.values for column in columns):
                continue
            owner, part, pieces = (read.values[column.name] for column in columns)
            other = first.setdefault((owner, part), row.number)
            if other != row.number:
                self.findings.add("stock_twice", read.spots[PART], part, owner=owner, first=other)
            elif owner in owners:
                self.draft.put((*owners[owner], about.field, part), pieces, read.spots[QUANTITY])
            elif self.everyone_is_known:
                self._unknown_owner(owner, about, read.spots[columns[0].name])

    def _unknown_owner(self, owner: str, about: Pieces, spot: Spot) -> None:
        advice = suggestion(
            owner, [*self.paths[about.home]], f"Maybe a row is missing from the table of {about.things}."
        )
        found = fault("unknown_reference", (), owner, things=about.things, suggestion=advice)
        self.findings.place(found, spot)

    def _rows_by_id(self, table: Table, columns: Sequence[Column]) -> dict[str, list[ReadRow]]:
        rows_by_id: dict[str, list[ReadRow]] = {}
        for number, row in enumerate(table.rows):
            read = read_row(table, row, columns, self.context, self.findings)
            name = self.id_of(read, table, columns[0])
            self.everyone_is_known &= name is not None
            rows_by_id.setdefault(name or f"{ID_STAND_IN}{number}", []).append(read)
        return rows_by_id

    def _add_location(self, path: Target, name: str, rows: Sequence[ReadRow], table: Table) -> None:
        whole = self.merged(rows, LASTING)
        self.paths["locations"][name] = path
        self.draft.put(path, {"opening": []}, rows[0].row)
        self.fill(path, whole, LASTING, table)
        self.draft.put((*path, "id"), name, rows[0].spots[LOCATION])
        stated = [row for row in rows if all(column in row.values for column in OPENS_AND_CLOSES)]
        for row in rows:
            if row in stated:
                self._add_opening((*path, "opening", stated.index(row)), row, table)
            else:
                self.require(row, OF_OPENING, table)
                self.draft.set_aside((*path, "opening"), row.row)

    def _add_opening(self, path: Target, row: ReadRow, table: Table) -> None:
        self.draft.put(path, {}, row.row)
        self.fill(path, row, OF_OPENING, table)

    def _add_person(self, name: str, rows: Sequence[ReadRow], table: Table) -> None:
        whole = self.merged(rows, PERSONAL)
        kind = "providers" if whole.values.get(PROVIDER) else "technicians"
        path: Target = (kind, len(self.draft.document.setdefault(kind, [])))
        self.paths["technicians"][name] = path
        self.draft.put(path, {"shifts": []}, rows[0].row)
        self.fill(path, whole, PERSONAL, table)
        self.draft.put((*path, "id"), name, whole.spots[TECHNICIAN])
        ids: set[str] = set()
        for row in rows:
            self._add_shift(path, row, ids, table)

    def _add_shift(self, person: Target, row: ReadRow, ids: set[str], table: Table) -> None:
        if any(name not in row.values for name in BEGIN_AND_END):
            self.require(row, OF_SHIFT, table)
            return
        path: Target = (*person, "shifts", len(ids))
        self.draft.put(path, {}, row.row)
        self.fill(path, row, OF_SHIFT, table)
        day = row.values[BEGIN_AND_END[0]][:10]
        name = next(name for name in (day, *(f"{day}-{i}" for i in range(2, len(ids) + 3))) if name not in ids)
        ids.add(name)
        self.draft.put((*path, "id"), name, row.row)
