"""What each van should be loaded with in a night: pieces for calls of the next day, and what the loadout lacks.

Under ``need`` a van should take on what its routes of the next day use beyond what it holds and takes on by the way;
where the plan loads more in that night, as much as the plan does. Under ``loadout`` it should be filled up to its
loadout; the pieces among them that calls of the next day use beyond what it holds are needed, the others top it up.
What the van holds goes to the most urgent calls first, so that what is missing is missing at the least urgent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import contract_of, priority_of
from dispatch_engine.restock.pieces import all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.restock.following import Followed, RouteParts
    from dispatch_engine.restock.nights import Days, Night


@dataclass(frozen=True)
class CallNeed:
    """Pieces by part that a van lacks for one call; priority 1 is the most urgent."""

    priority: int
    call: str
    parts: Counter[str]


@dataclass(frozen=True)
class Wants:
    """What one van should be loaded with before one shift.

    ``holds`` is what it holds until then; ``top_up`` goes on top of the ``needs``, both by part. ``is_between``: it is
    loaded between two shifts of the next day, not in the night.
    """

    capacity: Capacity
    location: str
    shift: Shift | None
    ready_at: datetime
    holds: Counter[str]
    needs: tuple[CallNeed, ...] = ()
    top_up: Counter[str] = field(default_factory=Counter)
    is_between: bool = False

    @property
    def wanted(self) -> Counter[str]:
        """All pieces that should be loaded, by part."""
        return all_of(need.parts for need in self.needs) + self.top_up


class Wanting:
    """Finds what vans should be loaded with in the nights of one plan."""

    def __init__(self, followed: Followed, days: Days) -> None:
        self._followed = followed
        self._days = days
        self._problem: ProblemDocument = followed.problem
        self._rule = followed.problem.policy.overnight_replenishment
        self._priority = {call.id: priority_of(call, contract_of(self._problem, call)) for call in self._problem.calls}
        self._pinned_to = {call.id: call.pin.technician for call in self._problem.calls if call.pin is not None}

    def wants(self, night: Night, holds: Mapping[str, Counter[str]]) -> list[Wants]:
        """Return the wants of all vans that are loaded overnight; ``holds`` are pieces by technician and part."""
        if self._rule == "none":
            return []
        return [
            wants
            for capacity in self._problem.capacities
            if capacity.replenished_at is not None
            for wants in self._of(capacity, capacity.replenished_at, night, holds[capacity.id])
        ]

    def _of(self, capacity: Capacity, location: str, night: Night, holds: Counter[str]) -> Iterator[Wants]:
        shifts = self._days.shifts_on(capacity, night.morning)
        routes = [self._followed.parts_of(capacity, shift) for shift in shifts]
        needs = self._needs(capacity, night, routes, holds)
        ready_at, first = self._days.ready_at(capacity, night), next(iter(shifts), None)
        if self._rule == "need":
            yield Wants(capacity, location, first, ready_at, holds, tuple(needs))
        else:
            gap = Counter(capacity.loadout) - holds
            within = tuple(_within(needs, gap))
            needed = all_of(need.parts for need in within)
            yield Wants(capacity, location, first, ready_at, holds, within, gap - needed)
        yield from self._between(capacity, location, list(zip(shifts, routes, strict=True)), holds)

    def _between(
        self, capacity: Capacity, location: str, routes: list[tuple[Shift, RouteParts]], holds: Counter[str]
    ) -> Iterator[Wants]:
        """Yield what the plan loads between two shifts of one day."""
        for number, (shift, route) in enumerate(routes):
            if number and route.loaded:
                needs = self._lacking(route.used_by_call, route.used - route.loaded)
                yield Wants(capacity, location, shift, shift.start, holds, tuple(needs), is_between=True)
            holds = holds + route.loaded + route.taken - route.used - route.given

    def _needs(self, capacity: Capacity, night: Night, routes: list[RouteParts], holds: Counter[str]) -> list[CallNeed]:
        """Return what the calls of the next day lack; what is loaded between two shifts of it is not lacking."""
        used = {call: parts for route in routes for call, parts in route.used_by_call.items()}
        at_hand = holds - all_of(route.given for route in routes) - self._withheld(capacity, night)
        at_hand += all_of(route.taken for route in routes) + all_of(route.loaded for route in routes[1:])
        if self._rule == "need" and routes:
            at_hand &= all_of(used.values()) - routes[0].loaded
        return self._lacking(used, at_hand)

    def _withheld(self, capacity: Capacity, night: Night) -> Counter[str]:
        """Return the reserved pieces that calls pinned to this technician have not used by the end of the next day."""
        reserved = Counter(capacity.reserved_stock) & Counter(capacity.stock)
        for shift in capacity.shifts:
            if self._days.date_of(shift.start) <= night.morning:
                for call, parts in self._followed.parts_of(capacity, shift).used_by_call.items():
                    if self._pinned_to.get(call) == capacity.id:
                        reserved -= parts
        return reserved

    def _lacking(self, used: Mapping[str, Counter[str]], at_hand: Counter[str]) -> list[CallNeed]:
        """Give what is at hand to the most urgent calls first, and return what the others lack, the urgent first."""
        left, needs = at_hand.copy(), []
        for priority, call in sorted((self._priority[call], call) for call in used):
            lacking = used[call] - left
            left -= used[call]
            if lacking:
                needs.append(CallNeed(priority, call, lacking))
        return needs


def _within(needs: Iterable[CallNeed], gap: Counter[str]) -> Iterator[CallNeed]:
    """Yield the needs as far as the loadout's gap allows, in their order."""
    left = gap.copy()
    for need in needs:
        parts = need.parts & left
        left -= parts
        if parts:
            yield CallNeed(need.priority, need.call, parts)
