"""The solver's answer: timed routes, what stayed unplanned and why, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

TERMS = (
    "wage",
    "overtime",
    "distance",
    "callout",
    "response",
    "restore",
    "buffer",
    "downtime",
    "preference",
    "territory",
    "reassigned",
    "retimed",
    "courier",
    "substitute",
    "revisit",
    "fairness",
    "reserve",
    "unplanned",
    "promise_dropped",
    "deferred",
)
"""The terms of a plan's cost, as defined in ``docs/model.md``."""


@dataclass(frozen=True)
class Stop:
    """One stop of a route: a visit, a restock at a stock location, or a meeting with another van.

    Times in seconds: ``start_s`` work begins, ``end_s`` it is completed; ``arrival_s`` is when the technician is on the
    place (breaks taken in the gap before are over or taken there). ``visit`` is NONE where the stop is none, then
    ``location`` or ``meeting`` is its row of ``Stock`` or ``Meetings``. ``sourcing`` is the row of ``Sourcings`` by
    which the visit gets its parts, NONE: as stated. ``loads`` and ``gives`` are (part, pieces) taken on or
    handed over, each part once; ``tools`` are borrowed. ``is_fact``: it has happened or is happening and was not
    decided.
    """

    visit: int
    arrival_s: int
    start_s: int
    end_s: int
    travel_s: int
    distance_m: int
    is_fact: bool = False
    sourcing: int = NONE
    location: int = NONE
    meeting: int = NONE
    loads: tuple[tuple[int, int], ...] = ()
    tools: tuple[int, ...] = ()
    gives: tuple[tuple[int, int], ...] = ()

    def renumbered(self, visit: int, sourcing: int) -> Stop:
        """Return the same stop, the visit and its sourcing having other numbers (``replace`` takes thrice as long)."""
        other = object.__new__(Stop)
        vars(other).update(vars(self), visit=visit, sourcing=sourcing)
        return other

    @property
    def is_visit(self) -> bool:
        """Whether the stop is a visit, decided or a fact."""
        return self.visit != NONE


@dataclass(frozen=True)
class BreakTaken:
    """A break: ``index`` in the shift's list, ``before`` = number of stops of the route ahead of it."""

    index: int
    before: int
    start_s: int
    end_s: int


@dataclass(frozen=True)
class Route:
    """What one shift does. ``return_travel_s`` and ``return_distance_m`` are those of the leg to the end place.

    ``overnight`` are the (part, pieces) loaded in the night before the shift, each part once.
    """

    shift: int
    departure_s: int
    end_s: int
    stops: tuple[Stop, ...]
    breaks: tuple[BreakTaken, ...]
    return_travel_s: int
    return_distance_m: int
    overnight: tuple[tuple[int, int], ...] = ()

    @property
    def visits(self) -> tuple[int, ...]:
        """The decided visits in order, without facts, restocks and meetings."""
        return tuple(stop.visit for stop in self.stops if stop.is_visit and not stop.is_fact)


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
