"""All that is found wrong in tables, in reading order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import table_fault

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault
    from dispatch_engine.importer.tables import Spot


class Findings:
    """Faults with their places in the tables."""

    def __init__(self) -> None:
        self._found: list[tuple[Spot, Fault]] = []

    def add(self, code: str, spot: Spot, value: object = None, **detail: object) -> None:
        """Note the fault `code` of the catalogue's tables at a place; `detail` fills its templates."""
        self.place(table_fault(code, (), value, **detail), spot)

    def place(self, fault: Fault, spot: Spot) -> None:
        """Note a fault at the place in a table that it came from."""
        self._found.append((spot, replace(fault, pointer=str(spot))))

    def faults(self) -> tuple[Fault, ...]:
        """Return every fault once, in reading order."""
        ordered = sorted(self._found, key=lambda pair: (pair[0], pair[1].code))
        return tuple(dict.fromkeys(fault for _, fault in ordered))
