"""Site-dependent vehicle routing with time windows, of Cordeau and Laporte: thousandths of the distance, rounded.

Customers name the vehicles that may come, a tour may last only so long. A thousandth is a second and a metre.

References
----------
Cordeau and Laporte (2001), "A tabu search algorithm for the site dependent vehicle routing problem with time windows".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.delivery import Delivery, Rules, Vehicle
from bench.families.delivery_document import filled_vans
from bench.families.delivery_file import delivery_of
from bench.families.rounding import ROUNDED_THOUSANDTHS
from bench.families.vrplib import read_vrplib

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.model.problem import ProblemDocument


class Sites(Delivery):
    """An instance of this family."""

    def document(self) -> ProblemDocument:
        """Return the document, with a skill for each set of vehicles."""
        return filled_vans(self)


@dataclass(frozen=True)
class SiteDependent:
    """The 24 instances with 48 to 288 customers."""

    name: str = "sdvrptw"
    pattern: str = "*.vrp"

    def read(self, path: Path) -> Sites:
        """Read an instance in VRPLIB's format; the nodes that a vehicle may serve count from 1 there."""
        file = read_vrplib(path)
        allowed = [frozenset(int(node) - 1 for node in row) for row in file.rows("VEHICLES_ALLOWED_CLIENTS")]
        vehicles = [
            Vehicle(int(capacity), nodes) for capacity, nodes in zip(file.column("CAPACITY"), allowed, strict=True)
        ]
        longest = ROUNDED_THOUSANDTHS.units * file.number("VEHICLES_MAX_DURATION")
        return delivery_of(file, Sites, ROUNDED_THOUSANDTHS, Rules(units_per_cost=1, longest=longest), vehicles)
