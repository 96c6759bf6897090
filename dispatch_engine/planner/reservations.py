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
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import shifts_of
from dispatch_engine.planner.cases import most_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity

LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reservations:
    """``kept`` are the pieces kept for a call, ``free`` the pieces of a van that are anybody's, by id and part."""

    kept: Mapping[str, Mapping[str, int]]
    free: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, problem: ProblemDocument) -> Reservations:
        """Share out what the vans hold."""
        done = {fact.call for _, shift in shifts_of(problem) if shift.facts for fact in shift.facts.visits}
        pinned: dict[str, list[Call]] = {capacity.id: [] for capacity in problem.capacities}
        for call in problem.calls:
            if call.pin is not None and call.id not in done:
                pinned[call.pin.technician].append(call)
        kept: dict[str, Mapping[str, int]] = {}
        free = {capacity.id: _share_out(capacity, pinned[capacity.id], kept) for capacity in problem.capacities}
        return cls(kept, free)

    def kept_for(self, call: Call) -> Mapping[str, int]:
        """Return the pieces that are kept for a call."""
        return self.kept.get(call.id, {})


def _share_out(capacity: Capacity, calls: list[Call], kept: dict[str, Mapping[str, int]]) -> Mapping[str, int]:
    """Note what is kept for each pinned call, and return what is anybody's."""
    reserved = Counter(capacity.stock) & Counter(capacity.reserved_stock)
    free = Counter(capacity.stock) - reserved
    calls = sorted(calls, key=_urgency)
    pieces = {call.id: Counter[str]() for call in calls}
    for call in calls:
        for pool in (reserved, free):
            pieces[call.id] += _taken(pool, Counter(call.parts) - pieces[call.id])
    for call in calls:
        pieces[call.id] += _taken(reserved, most_of(call.parts_cases))
    kept.update({name: dict(each) for name, each in pieces.items() if each})
    return dict(+free)


def _taken(pool: Counter[str], wanted: Counter[str]) -> Counter[str]:
    """Take out of a pool what it has of what is wanted."""
    taken = pool & wanted
    pool.subtract(taken)
    return taken


def _urgency(call: Call) -> tuple[datetime, bool, int]:
    pin = call.pin
    assert pin is not None  # only pinned calls are put in order
    return pin.start or LAST, pin.rank is None, pin.rank or 0
