"""The engine itself: a live board with the repair and the search that boards on a server have."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import OpenBoard, PassTime, PublishPlan
from dispatch_engine.board.heads import first_ahead
from dispatch_engine.board.rules import BoardRules
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.planner.live.planner import LivePlanner
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.requests import Request
from dispatch_engine.simulation.policies.policy import Order, Planned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.plan import Stop
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.service.live_board import LiveBoard
    from dispatch_engine.simulation.policies.policy import Free
    from dispatch_engine.travel.source import TravelSource

BOARD, ACTOR = "day", "simulation"
DEFAULT_ITERATIONS = 8000
"""Of the search for a better plan after whatever happens: a server does as many in a fraction of a quiet second."""


@dataclass
class VirtualClock:
    """Stands still until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the present moment."""
        return self.now


@dataclass
class Engine:
    """A live board in memory whose clock is that of the simulated day.

    Attributes
    ----------
    source
        Of travel times.
    iterations
        Of the search for a better plan after whatever happens.
    rules
        Of the board.
    """

    source: TravelSource
    iterations: int = DEFAULT_ITERATIONS
    rules: BoardRules = field(default_factory=BoardRules)
    name: str = "engine"

    @property
    def state(self) -> BoardState:
        """The board as it is now."""
        return self._board.state

    def open(self, document: ProblemDocument, now: datetime) -> None:
        """Open the board."""
        self._clock = VirtualClock(now)
        boards = Boards(MemoryEventLog(), self._clock, self._planner)
        command = OpenBoard(type="open_board", document=document, rules=self.rules)
        boards.open(BOARD, Request((command,), ACTOR))
        self._board: LiveBoard = boards.board(BOARD)
        self._improve()

    def tell(self, commands: Sequence[Command], now: datetime) -> None:
        """Report, have the plan repaired, and search on from there."""
        self._accept(commands, now)
        self._improve()

    def pass_time(self, now: datetime) -> None:
        """Let time pass on the board."""
        self._accept((PassTime(type="pass_time"),), now)

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Return the first stop ahead on the route of each technician's shift."""
        state, found = self.state, {}
        for key, route in state.plan.routes.items():
            if key.technician in free and free[key.technician].shift.id == key.shift:
                stop = first_ahead(state, route)
                if stop is not None:
                    found[key.technician] = order_of(stop)
        return found

    def planned(self) -> Mapping[str, Planned]:
        """Return who has each call on a route, and when."""
        return {call: Planned(key.technician, stop.start) for call, (key, stop) in self.state.plan.places.items()}

    def promise(self, calls: Sequence[str], now: datetime) -> None:
        """Publish the plan to these customers."""
        self._accept((PublishPlan(type="publish_plan", calls=tuple(calls)),), now)

    def _planner(self, state: BoardState) -> LivePlanner:
        return LivePlanner(self.source, effective_options(PlanOptions(), state.setup.policy))

    def _accept(self, commands: Sequence[Command], now: datetime) -> None:
        self._clock.now = now
        self._board.accept(Request(tuple(commands), ACTOR))

    def _improve(self) -> None:
        _, running = self._board.snapshot_of_plan()
        better = self._board.planner.improve_by(running, self.iterations)
        if better is not None:
            self._board.publish_better(better)


def order_of(stop: Stop) -> Order:
    """Return a stop of a route as an order."""
    if stop.kind == "break":
        return Order("break", stop.start, lasts=stop.end - stop.start)
    leaves_at = stop.arrival - timedelta(seconds=stop.travel_s)
    if stop.kind == "restock":
        lasts = stop.end - stop.start
        return Order("restock", leaves_at, stop.place, location=stop.location, loads=stop.loads, lasts=lasts)
    parts = None if stop.kind == "fact" or stop.sourcing is not None else dict(stop.parts)
    return Order("visit", leaves_at, stop.place, call=stop.call, parts=parts)
