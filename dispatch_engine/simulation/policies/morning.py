"""The plan of the morning, never changed: what comes in later waits for another day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.board.document import problem_of
from dispatch_engine.board.heads import first_ahead
from dispatch_engine.planner.live.planner import LivePlanner
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.simulation.policies.engine import order_of
from dispatch_engine.simulation.policies.plain_board import PlainBoard
from dispatch_engine.simulation.policies.policy import Planned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.model.plan import Route
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.simulation.policies.policy import Free, Order
    from dispatch_engine.travel.source import TravelSource


@dataclass
class Morning(PlainBoard):
    """Has the engine plan once, when the day begins; then every technician goes through the own route.

    Attributes
    ----------
    source
        Of travel times.
    iterations
        Of the search.
    """

    source: TravelSource
    iterations: int
    name: str = "static"
    _left: dict[tuple[str, str], Route] = field(default_factory=dict)
    """What is left of the route of each shift."""

    def __post_init__(self) -> None:
        super().__init__()

    def open(self, document: ProblemDocument, now: datetime) -> None:
        """Plan what is known when the day begins."""
        super().open(document, now)
        planner = LivePlanner(self.source, effective_options(PlanOptions(), document.policy))
        running = planner.begin(problem_of(self.state))
        better = planner.improve_by(running, self.iterations)
        self._left = dict((running if better is None else better).routes)

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Return the next stop of each route; those that nobody reports are struck off when they begin."""
        found = {}
        for key in [(name, at.shift.id) for name, at in free.items() if (name, at.shift.id) in self._left]:
            stop = first_ahead(self.state, self._left[key])
            if stop is None:
                continue
            found[key[0]] = order_of(stop)
            if stop.call is None and found[key[0]].leaves_at <= now:
                route = self._left[key]
                behind = route.stops[route.stops.index(stop) + 1 :]
                self._left[key] = route.model_copy(update={"stops": behind})
        return found

    def planned(self) -> Mapping[str, Planned]:
        """Return who has each call on a route, and when."""
        return dict(self._planned())

    def _planned(self) -> Iterator[tuple[str, Planned]]:
        for (technician, _), route in self._left.items():
            yield from ((stop.call, Planned(technician, stop.start)) for stop in route.stops if stop.call is not None)
