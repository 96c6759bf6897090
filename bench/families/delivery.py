"""Goods from one depot to customers, in vehicles: what the families of vehicle routing have in common, and its judge.

All is in whole numbers, as the families round: times and lengths of ways in one unit. The judge drives every tour as
the published rules say, and knows nothing of documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bench.families.family import Judgement
from bench.families.tours import DEPOT, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.families.tours import Tour
    from solver.problem import Ints


@dataclass(frozen=True)
class Customer:
    """A node: what is brought, how long that takes, when it may begin, when its goods are at the depot.

    The first node is the depot: there ``ready`` and ``due`` bound the tours.
    """

    demand: int
    service: int
    ready: int
    due: int
    release: int = 0


@dataclass(frozen=True)
class Vehicle:
    """What a vehicle can carry, and to which nodes it may go; None is everywhere."""

    capacity: int
    allowed: frozenset[int] | None = None


@dataclass(frozen=True)
class Rules:
    """What differs between families.

    Attributes
    ----------
    units_per_cost
        Units of the way that cost 1.
    longest
        From departure to return; None is no limit.
    may_reload
        Whether a vehicle may come back to the depot for more.
    """

    units_per_cost: int
    longest: int | None = None
    may_reload: bool = False


@dataclass(frozen=True)
class Delivery:
    """An instance; ``legs`` (n_nodes, n_nodes) is both time and length, vehicle k is ``vehicles[k - 1]``."""

    name: str
    bks: float | None
    legs: Ints
    nodes: Sequence[Customer]
    vehicles: Sequence[Vehicle]
    rules: Rules

    def judged(self, tours: Sequence[Tour]) -> Judgement:
        """Cost tours and check them; on a tour each fault that a rule has is told at its place."""
        length = sum(self._length([DEPOT, *tour.stops, DEPOT]) for tour in tours)
        faults = [*repeated(tours), *(fault for tour in tours for fault in self._faults(tour))]
        return Judgement(length / self.rules.units_per_cost, tuple(faults))

    def _length(self, way: Sequence[int]) -> int:
        return sum(int(self.legs[a, b]) for a, b in pairwise(way))

    def _faults(self, tour: Tour) -> Iterator[str]:
        vehicle, trips = self.vehicles[tour.vehicle - 1], _trips(tour)
        for trip in trips:
            load = sum(self.nodes[node].demand for node in trip)
            if load > vehicle.capacity:
                yield f"vehicle {tour.vehicle} carries {load} of {vehicle.capacity}"
        if len(trips) > 1 and not self.rules.may_reload:
            yield f"vehicle {tour.vehicle} reloads"
        if vehicle.allowed is not None:
            yield from (
                f"vehicle {tour.vehicle} may not serve {node}" for node in tour.stops if node not in vehicle.allowed
            )
        yield from self._timing_faults(tour, trips)

    def _timing_faults(self, tour: Tour, trips: Sequence[Sequence[int]]) -> Iterator[str]:
        """Drive as early as possible; where the time away is limited, that from the latest departure counts."""
        time = self.nodes[DEPOT].ready
        for trip in trips:
            time = max([time, *(self.nodes[node].release for node in trip)])
            for before, node in pairwise([DEPOT, *trip, DEPOT]):
                time = max(time + self.nodes[before].service + int(self.legs[before, node]), self.nodes[node].ready)
                if time > self.nodes[node].due:
                    yield f"vehicle {tour.vehicle} is at {node} at {time}, after {self.nodes[node].due}"
        if self.rules.longest is not None:
            away = time - self._latest_departure(tour.stops, time)
            if away > self.rules.longest:
                yield f"vehicle {tour.vehicle} is away for {away} of {self.rules.longest}"

    def _latest_departure(self, stops: Sequence[int], end: int) -> int:
        """Return when a tour has to leave to be back at ``end``."""
        time = end
        for node, before in pairwise([DEPOT, *stops, DEPOT][::-1]):
            time = min(time, self.nodes[node].due)
            time -= self.nodes[before].service + int(self.legs[before, node])
        return time


def _trips(tour: Tour) -> list[list[int]]:
    """Return the stops between visits to the depot."""
    trips: list[list[int]] = [[]]
    for stop in tour.stops:
        if stop == DEPOT:
            trips.append([])
        else:
            trips[-1].append(stop)
    return trips
