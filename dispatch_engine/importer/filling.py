"""Filling a document from rows: needed cells, stand-ins, and rows that describe one thing together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dispatch_engine.importer.columns import Column, Target
from dispatch_engine.importer.reading import ReadRow, compacted
from dispatch_engine.importer.tables import Spot

if TYPE_CHECKING:
    from dispatch_engine.importer.draft import Draft
    from dispatch_engine.importer.findings import Findings
    from dispatch_engine.importer.moments import Context
    from dispatch_engine.importer.tables import Table


ID: Target = ("id",)
"""Of whatever a table lists; asked for apart."""


@dataclass
class Filler:
    """Puts the values of rows into a draft.

    Parameters
    ----------
    draft
        Where the values go.
    findings
        Where faults go.
    context
        Time zone and day of times that lack them.
    """

    draft: Draft
    findings: Findings
    context: Context

    def id_of(self, read: ReadRow, table: Table, column: Column) -> str | None:
        """Return the id in a row; where it is empty, that is a fault."""
        self.require(read, (column,), table)
        return read.values.get(column.name)

    def require(self, read: ReadRow, columns: Sequence[Column], table: Table) -> None:
        """Find fault with needed cells that are empty; a column that is missing was found already."""
        for column in columns:
            empty = column.name not in read.values and column.name not in read.faulty
            if column.is_needed and empty and column.name in table.headings:
                self.findings.add("cell_empty", read.spots[column.name])

    def merged(self, rows: Sequence[ReadRow], columns: Sequence[Column]) -> ReadRow:
        """Return what the rows say of one thing; where two say different things, that is a fault."""
        values: dict[str, Any] = {}
        spots = dict(rows[0].spots)
        for column in columns:
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

    def fill(self, path: Target, read: ReadRow, columns: Sequence[Column], table: Table) -> None:
        """Put the values of a row below a path; needed values that are missing or faulty get their stand-in."""
        self.require(read, [column for column in columns if column.target != ID], table)
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
