"""How much still fits into a van, in each measure that is limited."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from dispatch_engine.model.room import limits_of, taken_up

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.room import Size
    from dispatch_engine.model.technicians import VanCapacity


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
        self.limits = limits_of(capacity)
        self.used = taken_up(held, sizes)

    def add(self, parts: Mapping[str, int]) -> None:
        """Put pieces in."""
        for measure, size in taken_up(parts, self._sizes).items():
            self.used[measure] += size

    def fitting(self, part: str, wanted: int) -> int:
        """Return how many of the wanted pieces of a part fit in."""
        size = taken_up({part: 1}, self._sizes)
        most = wanted
        for measure, limit in self.limits.items():
            left = limit - self.used[measure]
            if left < 0:
                return 0
            if size[measure]:
                most = min(most, int(left // size[measure]))
        return most

    def fits(self, parts: Mapping[str, int]) -> bool:
        """Return whether all these pieces fit in together."""
        size = taken_up(parts, self._sizes)
        return all(self.used[measure] + size[measure] <= limit for measure, limit in self.limits.items())

    def share(self, part: str) -> float:
        """Return the largest share of a limit that a piece of a part takes up; infinite where no piece ever fits."""
        size = taken_up({part: 1}, self._sizes)
        shares = [
            float(size[measure] / limit) if limit else float("inf")
            for measure, limit in self.limits.items()
            if size[measure]
        ]
        return max(shares, default=0.0)

    def used_shares(self) -> dict[str, float]:
        """Return how full the van is in each limited measure, 1 = full."""
        return {measure: float(self.used[measure] / limit) if limit else 1.0 for measure, limit in self.limits.items()}

    def copied(self) -> Room:
        """Return the room of a van that holds the same and is filled on its own."""
        other = copy(self)
        other.used = dict(self.used)
        return other
