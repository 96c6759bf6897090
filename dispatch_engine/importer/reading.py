"""Reading the cells of a row by what the columns say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dispatch_engine.importer.cell_error import CellError
from dispatch_engine.importer.columns import DATE, Column, Target
from dispatch_engine.importer.tables import FormulaWithoutResult, Row, Spot, Table

if TYPE_CHECKING:
    from dispatch_engine.importer.findings import Findings
    from dispatch_engine.importer.moments import Context

FORMULA_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
MAX_SHOWN = 80


@dataclass(frozen=True)
class ReadRow:
    """What was read of a row.

    Parameters
    ----------
    spots
        The cell of each column, also of empty ones; a column that is missing stands for the row.
    values
        By column name, without empty and faulty cells.
    faulty
        Names of columns whose cell, or the whole column, is missing or wrong.
    row
        The place of the row.
    """

    spots: Mapping[str, Spot]
    values: Mapping[str, Any]
    faulty: frozenset[str]
    row: Spot


def read_row(table: Table, row: Row, columns: Sequence[Column], context: Context, findings: Findings) -> ReadRow:
    """Return the values of a row; what cannot be read is found fault with. Empty cells are nobody's fault here."""
    spots = {column.name: _spot(table, row, column) for column in columns}
    values: dict[str, Any] = {}
    faulty: set[str] = {column.name for column in columns if column.is_needed and column.name not in table.headings}
    for column in sorted(columns, key=lambda column: column.name != DATE):
        if column.name not in row.cells:
            continue
        try:
            values[column.name] = _value(row.cells[column.name], column, context)
        except CellError as error:
            follows = error.code == "cell_day_missing" and DATE in faulty
            faulty.add(column.name)
            if not follows:
                findings.add(error.code, spots[column.name], shown_cell(row.cells[column.name]), **error.detail)
        if column.name == DATE:
            context = replace(context, day=values.get(DATE))
    return ReadRow(spots, values, frozenset(faulty), Spot(table.label, row.number))


def compacted(targets: Sequence[Target]) -> dict[Target, Target]:
    """Return the targets with positions in lists counted without gaps: a second window alone is the first."""
    positions: dict[Target, set[int]] = {}
    for target in targets:
        for i, part in enumerate(target):
            if isinstance(part, int):
                positions.setdefault(target[:i], set()).add(part)
    return {target: _compact(target, positions) for target in targets}


def shown_cell(cell: object) -> str:
    """Return a cell's content for a message."""
    return str(cell)[:MAX_SHOWN]


def _value(cell: object, column: Column, context: Context) -> Any:
    if isinstance(cell, FormulaWithoutResult):
        raise CellError("cell_formula", result="no result")
    if isinstance(cell, str) and cell.strip() in FORMULA_ERRORS:
        raise CellError("cell_formula", result=f"the error {cell.strip()}")
    return column.read(cell, context)


def _compact(target: Target, positions: Mapping[Target, set[int]]) -> Target:
    return tuple(
        sorted(positions[target[:i]]).index(part) if isinstance(part, int) else part for i, part in enumerate(target)
    )


def _spot(table: Table, row: Row, column: Column) -> Spot:
    if column.name not in table.headings:
        return Spot(table.label, row.number)
    position, heading = table.headings[column.name]
    return Spot(table.label, row.number, position, heading)
