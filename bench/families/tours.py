"""The routes of a plan as tours: numbers of vehicles and nodes, as published solutions have them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.model.plan import PlanDocument

DEPOT = 0
"""The node of the depot, in every family."""


@dataclass(frozen=True)
class Tour:
    """What one vehicle or technician does between leaving and returning; the depot among the stops is a restock."""

    vehicle: int
    stops: tuple[int, ...]


def tours_of(plan: PlanDocument) -> tuple[Tour, ...]:
    """Return the routes of a plan whose technicians and calls have the numbers of vehicles and nodes as ids."""
    return tuple(
        Tour(int(route.technician), tuple(int(stop.call or DEPOT) for stop in route.stops)) for route in plan.routes
    )


def repeated(tours: Sequence[Tour]) -> Iterator[str]:
    """Yield, in words, the vehicles that leave twice and the nodes that are served twice."""
    served = Counter(stop for tour in tours for stop in tour.stops if stop != DEPOT)
    for thing, used in (("vehicle", Counter(tour.vehicle for tour in tours)), ("node", served)):
        yield from (f"{thing} {number} stands {times} times" for number, times in used.items() if times > 1)
