"""Rules without a plan: calls wait in a queue, and each is given to the nearest technician who is free and can do it.

How dispatchers work with a list and a map: nobody is sent before being free, and who has set out is not called back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dispatch_engine.board.visit_status import UNTOUCHED
from dispatch_engine.model.effective import contract_of, priority_of, response_of, restore_of
from dispatch_engine.simulation.policies.plain_board import PlainBoard
from dispatch_engine.simulation.policies.reach import break_due, reach

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.simulation.policies.policy import Free, Order
    from dispatch_engine.simulation.policies.reach import Reach
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
    """The call for which a technician fetches parts first, by technician."""

    def __post_init__(self) -> None:
        super().__init__()

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Send technicians on their breaks, then out to the calls that wait."""
        found = {name: rest for name, at in free.items() if (rest := break_due(at, now)) is not None}
        for call in self._waiting():
            at_hand = [at for name, at in free.items() if name not in found and self._may_take(name, call)]
            reaches = [each for at in at_hand if (each := reach(self.state, self.ways, call, at, now)) is not None]
            best = min(reaches, key=lambda each: (each.arrives_at, each.technician), default=None)
            if best is not None:
                found[best.technician] = best.order
                self._mean(best, call)
        return found

    def _waiting(self) -> list[Call]:
        state = self.state
        waiting = [state.calls[name] for name, visit in state.visits.items() if visit.status in UNTOUCHED]
        self._meant = {who: call for who, call in self._meant.items() if state.visits[call].status in UNTOUCHED}
        return sorted(waiting, key=lambda call: self.order(state, call))

    def _may_take(self, name: str, call: Call) -> bool:
        """Whether nobody else fetches parts for the call, and this one none for another."""
        fetching = next((who for who, meant in self._meant.items() if meant == call.id), name)
        return fetching == name and self._meant.get(name, call.id) == call.id

    def _mean(self, best: Reach, call: Call) -> None:
        if best.order.kind == "restock":
            self._meant[best.technician] = call.id
        else:
            self._meant.pop(best.technician, None)
