"""Deliveries in files of the VRPLIB format."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from bench.families.best_known import solution_bks
from bench.families.delivery import Delivery, Vehicle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.families.delivery import Rules
    from bench.families.rounding import Rounding
    from bench.families.vrplib import VrplibFile

D = TypeVar("D", bound=Delivery)


def delivery_of(
    file: VrplibFile, kind: type[D], rounding: Rounding, rules: Rules, vehicles: Sequence[Vehicle] | None = None
) -> D:
    """Return the instance of a file; where vehicles are not given, they are alike: so many, of one capacity."""
    return kind(
        name=file.text("NAME"),
        bks=solution_bks(file.path),
        legs=rounding.legs(file.rows("NODE_COORD")),
        nodes=file.customers(rounding.units),
        vehicles=[Vehicle(file.number("CAPACITY"))] * file.number("VEHICLES") if vehicles is None else vehicles,
        rules=rules,
    )
