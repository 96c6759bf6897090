"""The drives of a simulated day as the travel source knows them; how long they really take is drawn elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dispatch_engine.planner.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.simulation.day import Day
    from dispatch_engine.travel.arrays import Int32Matrix
    from dispatch_engine.travel.source import TravelMatrix, TravelSource


class Leg(NamedTuple):
    """A drive as it is expected."""

    travel: timedelta
    metres: int


class Ways:
    """Drives between any two places of a day.

    Parameters
    ----------
    document
        With all calls of the day.
    source
        Where travel times come from.
    """

    def __init__(self, document: ProblemDocument, source: TravelSource) -> None:
        self._places, self._source = Places(document), source
        self._matrices: dict[str, TravelMatrix] = {}

    def leg(self, capacity: Capacity, origin: Place, destination: Place) -> Leg:
        """Return how long somebody is expected to drive, and how far."""
        matrix = self._matrix(capacity.profile)
        i, j = self._places.number(origin), self._places.number(destination)
        seconds = round(int(matrix.duration_s[i, j]) * float(capacity.travel_factor))
        return Leg(timedelta(seconds=seconds), int(matrix.distance_m[i, j]))

    def table(self, profile: str, places: Sequence[Place]) -> tuple[Int32Matrix, Int32Matrix]:
        """Return seconds and metres between each two of some places, for somebody with a travel factor of 1."""
        numbers = [self._places.number(place) for place in places]
        matrix, block = self._matrix(profile), np.ix_(numbers, numbers)
        return matrix.duration_s[block], matrix.distance_m[block]

    def _matrix(self, profile: str) -> TravelMatrix:
        if profile not in self._matrices:
            self._matrices[profile] = self._source.matrix(self._places.for_travel, profile)
        return self._matrices[profile]


def ways_of(day: Day, source: TravelSource) -> Ways:
    """Return the drives of a day, between all places that it has from its beginning to its end."""
    return Ways(day.document.model_copy(update={"calls": day.calls}), source)
