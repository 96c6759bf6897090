"""Multi-trip vehicle routing with time windows and release dates, of Yang: distance in tenths, what is beyond cut off.

A vehicle may come back for more, which takes no time (so the published solutions say). It leaves with a customer's
goods no earlier than these are at the depot. A tenth is a second and a metre.

References
----------
Cattaruzza, Absi and Feillet (2016), "The multi-trip vehicle routing problem with time windows and release dates".
Yang (2023), "An exact price-cut-and-enumerate method for the capacitated multitrip vehicle routing problem with time
windows".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.delivery import Delivery, Rules
from bench.families.delivery_document import reloading_vans
from bench.families.delivery_file import delivery_of
from bench.families.rounding import TRUNCATED_TENTHS
from bench.families.vrplib import read_vrplib

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.model.problem import ProblemDocument

RULES = Rules(units_per_cost=1, may_reload=True)


class Trips(Delivery):
    """An instance of this family."""

    def document(self) -> ProblemDocument:
        """Return the document, with a part number for each customer's goods."""
        return reloading_vans(self)


@dataclass(frozen=True)
class MultiTrip:
    """The 42 instances with 100 customers and a proven optimum."""

    name: str = "mtvrptwr"
    pattern: str = "*.vrp"

    def read(self, path: Path) -> Trips:
        """Read an instance in VRPLIB's format."""
        return delivery_of(read_vrplib(path), Trips, TRUNCATED_TENTHS, RULES)
