"""Rules without a plan: calls wait in a queue, and each is given to the nearest technician who is free and can do it.

How dispatchers work with a list and a map: nobody is sent before being free, and who has set out is not called back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.pairs import broken_rules
from dispatch_engine.board.visit_status import UNTOUCHED
from dispatch_engine.model.effective import (
    contract_of,
    duration_of,
    end_place_of,
    priority_of,
    response_of,
    restore_of,
)
from dispatch_engine.simulation.policies.plain_board import PlainBoard
from dispatch_engine.simulation.policies.policy import Order
from dispatch_engine.simulation.windows import begins_in_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.simulation.policies.policy import Free
    from dispatch_engine.simulation.ways import Ways

FAR = datetime.max.replace(tzinfo=UTC)
Key = tuple[object, ...]


def by_priority(state: BoardState, call: Call) -> Key:
    """Return the place of a call in a queue: the most urgent first, of these the oldest."""
    return priority_of(call, contract_of(state.setup, call)), call.reported_at or state.now, call.id


def by_deadline(state: BoardState, call: Call) -> Key:
    """Return the place of a call in a queue: the earliest deadline first, response or restoration."""
    contract = contract_of(state.setup, call)
    deadlines = (response_of(call, contract, state.setup.policy), restore_of(call, contract, state.setup.policy))
    return min((each.at for each in deadlines if each is not None), default=FAR), call.reported_at or state.now, call.id


@dataclass(frozen=True)
class Chance:
    """A technician who could take a call now: when the site is reached, and which stock location is on the way."""

    technician: str
    arrives_at: datetime
    order: Order


@dataclass
class Queue(PlainBoard):
    """Gives each call, in the order of the queue, to the free technician who is there soonest.

    Attributes
    ----------
    name
        On the command line.
    order
        The place of a call in the queue.
    ways
        Drives between places.
    """

    name: str
    order: Callable[[BoardState, Call], Key]
    ways: Ways
    _meant: dict[str, str] = field(default_factory=dict)
    """Calls for which a technician fetches parts first, by technician."""

    def __post_init__(self) -> None:
        super().__init__()

    def pass_time(self, now: datetime) -> None:
        """Do nothing: no rule looks at the clock."""

    def planned(self) -> Mapping[str, str]:
        """Return nothing: nobody knows ahead who will be free."""
        return {}

    def promise(self, calls: Sequence[str], now: datetime) -> None:
        """Do nothing: nothing is planned that could be promised."""

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Send technicians on their breaks, then out to the calls that wait."""
        found = {name: rest for name, at in free.items() if (rest := break_due(at, now)) is not None}
        for call in self._waiting():
            chances = [
                chance
                for name, at in free.items()
                if name not in found and self._meant.get(name, call.id) == call.id
                if (chance := self._chance(call, at, now)) is not None
            ]
            best = min(chances, key=lambda each: (each.arrives_at, each.technician), default=None)
            if best is not None:
                found[best.technician] = best.order
                self._mean(best, call)
        return found

    def _mean(self, chance: Chance, call: Call) -> None:
        if chance.order.kind == "restock":
            self._meant[chance.technician] = call.id
        else:
            self._meant.pop(chance.technician, None)

    def _waiting(self) -> list[Call]:
        state = self.state
        waiting = [state.calls[name] for name, visit in state.visits.items() if visit.status in UNTOUCHED]
        self._meant = {who: call for who, call in self._meant.items() if state.visits[call].status in UNTOUCHED}
        return sorted(waiting, key=lambda call: self.order(state, call))

    def _chance(self, call: Call, at: Free, now: datetime) -> Chance | None:
        state, name = self.state, at.capacity.id
        fetching = next((each for each, meant in self._meant.items() if meant == call.id), name)
        if fetching != name or name in state.visits[call.id].declined_by or broken_rules(state, call, at.capacity):
            return None
        ways = [*self._directly(call, at, now), *self._by_depots(call, at, now)]
        in_time = [each for each in ways if self._fits(call, at, each)]
        return min(in_time, key=lambda each: each.arrives_at, default=None)

    def _directly(self, call: Call, at: Free, now: datetime) -> Iterator[Chance]:
        if not self._lacking(call, at):
            leg = self.ways.leg(at.capacity, at.place, call.place)
            parts = dict(call.parts)
            yield Chance(at.capacity.id, now + leg.travel, Order("visit", now, call.place, call.id, parts=parts))

    def _by_depots(self, call: Call, at: Free, now: datetime) -> Iterator[Chance]:
        lacking = self._lacking(call, at)
        if not lacking:
            return
        for location in self.state.setup.stock_locations:
            if self._is_open(location, at) and lacking <= Counter(location.stock):
                yield from self._by_depot(call, at, location, now)

    def _is_open(self, location: StockLocation, at: Free) -> bool:
        is_technician = at.capacity.id in self.state.technicians
        return is_technician if location.open_to is None else at.capacity.id in location.open_to

    def _by_depot(self, call: Call, at: Free, location: StockLocation, now: datetime) -> Iterator[Chance]:
        loads = dict(self._lacking(call, at))
        there = now + self.ways.leg(at.capacity, at.place, location.place).travel
        lasts = location.handling + len(loads) * location.handling_per_line
        if any(each.start <= there and there + lasts <= each.end for each in location.opening):
            arrives_at = there + lasts + self.ways.leg(at.capacity, location.place, call.place).travel
            order = Order("restock", now, location.place, location=location.id, loads=loads, lasts=lasts)
            yield Chance(at.capacity.id, arrives_at, order)

    def _lacking(self, call: Call, at: Free) -> Counter[str]:
        held = self.state.capacities[at.capacity.id].stock
        return Counter(call.parts) - Counter(held)

    def _fits(self, call: Call, at: Free, chance: Chance) -> bool:
        """Whether the work is expected to begin in a window, and the technician to be home before the shift is over."""
        begins_at = begins_in_window(call, chance.arrives_at)
        if begins_at is None:
            return False
        home = end_place_of(at.capacity, at.shift)
        back = timedelta(0) if home is None else self.ways.leg(at.capacity, call.place, home).travel
        return begins_at + duration_of(call, at.capacity) + back <= at.shift.end + at.shift.overtime_cap


def break_due(at: Free, now: datetime) -> Order | None:
    """Return the next break of a shift where its time has come: rules take it as soon as it may be taken."""
    rest = next(iter(at.shift.breaks[at.breaks_taken :]), None)
    return None if rest is None or now < rest.earliest else Order("break", now, lasts=rest.duration)
