"""Solomon's and Gehring and Homberger's vehicle routing with time windows: distance alone, truncated to one decimal.

The rounding is that of the DIMACS challenge. A tenth is a second and ten metres; a van's stock is its capacity.

References
----------
Solomon (1987), "Algorithms for the vehicle routing and scheduling problems with time window constraints".
Gehring and Homberger (1999), "A parallel hybrid evolutionary metaheuristic for the vehicle routing problem with time
windows".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.best_known import listed_bks
from bench.families.delivery import Customer, Delivery, Rules, Vehicle
from bench.families.delivery_document import filled_vans
from bench.families.delivery_file import delivery_of
from bench.families.family import InstanceError
from bench.families.rounding import TRUNCATED_TENTHS
from bench.families.vrplib import read_vrplib

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.model.problem import ProblemDocument

TENTHS = TRUNCATED_TENTHS.units
RULES = Rules(units_per_cost=TENTHS)
BKS_COLUMN = "dist_only_DIMACS_trunc1"


class Windows(Delivery):
    """An instance of this family."""

    def document(self) -> ProblemDocument:
        """Return the document."""
        return filled_vans(self)


@dataclass(frozen=True)
class Solomon:
    """The 56 instances with 100 customers."""

    name: str = "vrptw"
    pattern: str = "*.txt"

    def read(self, path: Path) -> Windows:
        """Read an instance in Solomon's format."""
        rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        numbers = [[int(word) for word in row] for row in rows if row and all(word.isdigit() for word in row)]
        if not numbers or len(numbers[0]) != 2 or any(len(row) != 7 for row in numbers[1:]):
            raise InstanceError(f"{path} is not in Solomon's format. Maybe it is an instance of another family.")
        (count, capacity), *nodes = numbers
        return Windows(
            name=path.stem,
            bks=listed_bks(path, BKS_COLUMN),
            legs=TRUNCATED_TENTHS.legs([row[1:3] for row in nodes]),
            nodes=[Customer(row[3], TENTHS * row[6], TENTHS * row[4], TENTHS * row[5]) for row in nodes],
            vehicles=[Vehicle(capacity)] * count,
            rules=RULES,
        )


@dataclass(frozen=True)
class Homberger:
    """Six instances with 1000 customers."""

    name: str = "vrptw_1000"
    pattern: str = "*.vrp"

    def read(self, path: Path) -> Windows:
        """Read an instance in VRPLIB's format, with one time of service for all customers."""
        return delivery_of(read_vrplib(path), Windows, TRUNCATED_TENTHS, RULES)
