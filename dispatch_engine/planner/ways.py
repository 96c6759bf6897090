"""The ways in which a call can get its parts: which pieces come from the van, which by courier, at what price."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Parcel(NamedTuple):
    """Parts sent from a stock location: picked up and on the site at these seconds."""

    location: str
    parts: tuple[tuple[str, int], ...]
    pickup_s: int
    arrival_s: int


class Replaced(NamedTuple):
    """So many wanted pieces of a part are met by a substitute."""

    part: str
    substitute: str
    pieces: int


@dataclass(frozen=True)
class Way:
    """One way in which a call gets its parts.

    ``used`` are the pieces from the van that are not kept for the call, ``kept`` those that are. ``covered`` are the
    cases (by their place in the call) that what is set aside mends.
    """

    used: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, int] = field(default_factory=dict)
    parcels: tuple[Parcel, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    covered: tuple[int, ...] = ()
    courier_ticks: int = 0
    substitute_ticks: int = 0
    revisit_ticks: int = 0

    @property
    def release_s(self) -> int:
        """When the last parcel is on the site, 0 without one."""
        return max((parcel.arrival_s for parcel in self.parcels), default=0)

    @property
    def price_ticks(self) -> int:
        """What the way costs in all."""
        return self.courier_ticks + self.substitute_ticks + self.revisit_ticks

    @property
    def from_van(self) -> dict[str, int]:
        """The pieces that the stop takes out of the van, kept ones included."""
        return {part: self.used.get(part, 0) + self.kept.get(part, 0) for part in {**self.kept, **self.used}}


def dominates(one: Way, other: Way) -> bool:
    """Return whether a way is at least as good in everything: pieces of vans and locations, time, and price.

    A parcel that is picked up later leaves its pieces at the location for longer.
    """
    if one.price_ticks > other.price_ticks or one.release_s > other.release_s:
        return False
    if any(pieces > other.used.get(part, 0) for part, pieces in one.used.items()):
        return False
    sent = {parcel.location: parcel for parcel in other.parcels}
    return all(parcel.location in sent and _takes_less(parcel, sent[parcel.location]) for parcel in one.parcels)


def _takes_less(one: Parcel, other: Parcel) -> bool:
    pieces = dict(other.parts)
    return one.pickup_s >= other.pickup_s and all(count <= pieces.get(part, 0) for part, count in one.parts)


def without_dominated(ways: list[Way]) -> list[Way]:
    """Return the ways that no other dominates, in their order; of equals the first."""
    kept: list[Way] = []
    for way in ways:
        if not any(dominates(other, way) for other in kept):
            kept = [other for other in kept if not dominates(way, other)] + [way]
    return kept
