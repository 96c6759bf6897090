"""How much still fits into a van, in each measure that is limited."""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import VanCapacity

MEASURES = ("volume", "weight", "slots")
Size: TypeAlias = tuple[Decimal, ...]
"""What a piece takes up in each of ``MEASURES``."""

NO_SIZE: Size = (Decimal(0),) * len(MEASURES)


def sizes_of(problem: ProblemDocument) -> dict[str, Size]:
    """Return the size of a piece of each part that is listed; the others take up nothing."""
    return {part.id: (part.volume, part.weight, Decimal(part.slots)) for part in problem.parts}


class Room:
    """The room of one van, and what is in it.

    Parameters
    ----------
    capacity
        Its limits; None, or a measure that is not given: no limit.
    sizes
        Of a piece by part.
    held
        Pieces that are in it by part. It may hold more than fits; then nothing more goes in.
    """

    def __init__(self, capacity: VanCapacity | None, sizes: Mapping[str, Size], held: Mapping[str, int]) -> None:
        self._sizes = sizes
        limits = [None if capacity is None else getattr(capacity, measure) for measure in MEASURES]
        self.limits = {i: Decimal(limit) for i, limit in enumerate(limits) if limit is not None}
        self.used = dict.fromkeys(self.limits, Decimal(0))
        self.add(held)

    def add(self, parts: Mapping[str, int]) -> None:
        """Put pieces in."""
        for part, pieces in parts.items():
            size = self._sizes.get(part, NO_SIZE)
            for i in self.limits:
                self.used[i] += size[i] * pieces

    def fitting(self, part: str, wanted: int) -> int:
        """Return how many of the wanted pieces of a part fit in."""
        size = self._sizes.get(part, NO_SIZE)
        most = wanted
        for i, limit in self.limits.items():
            left = limit - self.used[i]
            if left < 0:
                return 0
            if size[i]:
                most = min(most, int(left // size[i]))
        return most

    def fits(self, parts: Mapping[str, int]) -> bool:
        """Return whether all these pieces fit in together."""
        sums = {i: sum(self._size(part, i) * pieces for part, pieces in parts.items()) for i in self.limits}
        return all(self.used[i] + sums[i] <= limit for i, limit in self.limits.items())

    def share(self, part: str) -> float:
        """Return the largest share of a limit that a piece of a part takes up; infinite where no piece ever fits."""
        shares = [
            float(self._size(part, i) / limit) if limit else float("inf")
            for i, limit in self.limits.items()
            if self._size(part, i)
        ]
        return max(shares, default=0.0)

    def used_shares(self) -> dict[str, float]:
        """Return how full the van is in each limited measure, 1 = full."""
        return {MEASURES[i]: float(self.used[i] / limit) if limit else 1.0 for i, limit in self.limits.items()}

    def copied(self) -> Room:
        """Return the room of a van that holds the same and is filled on its own."""
        other = copy(self)
        other.used = dict(self.used)
        return other

    def _size(self, part: str, measure: int) -> Decimal:
        return self._sizes.get(part, NO_SIZE)[measure]
