"""Pieces in the vans that are kept for calls that are pinned to a technician.

The one place that says which pieces are whose:

1. What a technician has under ``reserved_stock`` is withheld from everybody's calls but those pinned to that
   technician, as far as the van holds it.
2. The calls pinned to a technician get their pieces one after another: those with a pinned start first, in order of
   start, then by rank, then in the order of the document. Each takes what it needs for certain, first from what is
   reserved, then from the rest of the van, so that nobody else's call takes it.
3. What its cases need beyond that is kept for it from what is still reserved, after all that is needed for certain.
4. Reserved pieces that no pinned call needs stay withheld.

What is kept for a call is part of neither the van's stock nor the call's needs in the solver's arrays: both are less by
it. The plan document still shows it among the parts of the stop. In the van's room it counts until the end of the day.
A fact takes nothing: the van's stock is counted after it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import shifts_of
from dispatch_engine.planner.cases import most_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Share:
    """A van and the calls pinned to its technician, what is ``kept`` for them by call, and what is anybody's."""

    capacity: Capacity
    calls: tuple[Call, ...]
    kept: Mapping[str, Mapping[str, int]]
    free: Mapping[str, int]

    @classmethod
    def of(cls, capacity: Capacity, calls: tuple[Call, ...]) -> Share:
        """Share out what one van holds."""
        kept, free = _share_out(capacity, calls)
        return cls(capacity, calls, kept, free)

    def holds_for(self, capacity: Capacity, calls: tuple[Call, ...]) -> bool:
        """Tell whether the same comes out for another state of the van and the calls."""
        is_same_van = self.capacity is capacity or (
            self.capacity.stock == capacity.stock and self.capacity.reserved_stock == capacity.reserved_stock
        )
        return is_same_van and self.calls == calls


@dataclass(frozen=True)
class Reservations:
    """What is whose, by technician."""

    shares: Mapping[str, Share]

    @classmethod
    def of(cls, problem: ProblemDocument, earlier: Reservations | None = None) -> Reservations:
        """Share out what the vans hold; shares of ``earlier`` that still hold are taken over."""
        done = {fact.call for _, shift in shifts_of(problem) if shift.facts for fact in shift.facts.visits}
        pinned: dict[str, list[Call]] = {capacity.id: [] for capacity in problem.capacities}
        for call in problem.calls:
            if call.pin is not None and call.id not in done:
                pinned[call.pin.technician].append(call)
        before = {} if earlier is None else earlier.shares
        shares: dict[str, Share] = {}
        for capacity in problem.capacities:
            calls, share = tuple(pinned[capacity.id]), before.get(capacity.id)
            still = share is not None and share.holds_for(capacity, calls)
            shares[capacity.id] = share if share is not None and still else Share.of(capacity, calls)
        return cls(shares)

    @cached_property
    def kept(self) -> Mapping[str, Mapping[str, int]]:
        """The pieces kept for a call, by call and part."""
        return {call: pieces for share in self.shares.values() for call, pieces in share.kept.items()}

    @cached_property
    def free(self) -> Mapping[str, Mapping[str, int]]:
        """The pieces of a van that are anybody's, by technician and part."""
        return {technician: share.free for technician, share in self.shares.items()}

    def kept_for(self, call: Call) -> Mapping[str, int]:
        """Return the pieces that are kept for a call."""
        return self.kept.get(call.id, {})


def _share_out(capacity: Capacity, calls: Sequence[Call]) -> tuple[Mapping[str, Mapping[str, int]], Mapping[str, int]]:
    """Return what is kept for each pinned call, and what is anybody's."""
    reserved = Counter(capacity.stock) & Counter(capacity.reserved_stock)
    free = Counter(capacity.stock) - reserved
    calls = sorted(calls, key=_urgency)
    pieces = {call.id: Counter[str]() for call in calls}
    for call in calls:
        for pool in (reserved, free):
            pieces[call.id] += _taken(pool, Counter(call.parts) - pieces[call.id])
    for call in calls:
        pieces[call.id] += _taken(reserved, most_of(call.parts_cases))
    return {name: dict(each) for name, each in pieces.items() if each}, dict(+free)


def _taken(pool: Counter[str], wanted: Counter[str]) -> Counter[str]:
    """Take out of a pool what it has of what is wanted."""
    taken = pool & wanted
    pool.subtract(taken)
    return taken


def _urgency(call: Call) -> tuple[datetime, bool, int]:
    pin = call.pin
    assert pin is not None  # only pinned calls are put in order
    return pin.start or LAST, pin.rank is None, pin.rank or 0
