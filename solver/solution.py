"""The solver's answer: timed routes, what stayed unplanned and why, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TERMS = (
    "wage",
    "overtime",
    "distance",
    "callout",
    "response",
    "restore",
    "downtime",
    "preference",
    "territory",
    "reassigned",
    "retimed",
    "fairness",
    "unplanned",
    "promise_dropped",
    "deferred",
)
"""The terms of a plan's cost, as defined in ``docs/model.md``."""


@dataclass(frozen=True)
class Stop:
    """One visit of a route. Times in seconds: ``start_s`` work begins, ``end_s`` it is completed.

    ``arrival_s`` is when the technician is on the place (breaks taken in the gap before are over or taken there).
    ``is_fact``: it has happened or is happening and was not decided.
    """

    visit: int
    arrival_s: int
    start_s: int
    end_s: int
    travel_s: int
    distance_m: int
    is_fact: bool = False


@dataclass(frozen=True)
class BreakTaken:
    """A break: ``index`` in the shift's list, ``before`` = number of stops of the route ahead of it."""

    index: int
    before: int
    start_s: int
    end_s: int


@dataclass(frozen=True)
class Route:
    """What one shift does. ``return_travel_s`` and ``return_distance_m`` are those of the leg to the end place."""

    shift: int
    departure_s: int
    end_s: int
    stops: tuple[Stop, ...]
    breaks: tuple[BreakTaken, ...]
    return_travel_s: int
    return_distance_m: int

    @property
    def visits(self) -> tuple[int, ...]:
        """The decided visits in order, without the facts."""
        return tuple(stop.visit for stop in self.stops if not stop.is_fact)


@dataclass(frozen=True)
class Solution:
    """Routes of the used shifts, unplanned visits, and the cost in ticks by term (keys of ``TERMS``)."""

    routes: tuple[Route, ...]
    unplanned: tuple[int, ...]
    cost_by_term: Mapping[str, int] = field(default_factory=dict)

    @property
    def cost_ticks(self) -> int:
        """The whole cost in ticks."""
        return sum(self.cost_by_term.values())
