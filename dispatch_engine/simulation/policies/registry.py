"""The policies by name, as they are made for a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dispatch_engine.simulation.policies.engine import DEFAULT_ITERATIONS, Engine
from dispatch_engine.simulation.policies.morning import Morning
from dispatch_engine.simulation.policies.queue import Queue, by_deadline, by_priority
from dispatch_engine.simulation.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.policies.policy import Policy
    from dispatch_engine.travel.source import TravelSource

MORNING_EFFORT = 10
"""So many times the iterations between two events are spent on a plan that is made only once."""


class Maker(Protocol):
    """Makes a policy for a day; can be pickled."""

    def __call__(self, day: Day, source: TravelSource, iterations: int = DEFAULT_ITERATIONS) -> Policy:
        """Return the policy."""


def engine(day: Day, source: TravelSource, iterations: int = DEFAULT_ITERATIONS) -> Policy:
    """Return the engine itself."""
    return Engine(source, iterations)


def nearest(day: Day, source: TravelSource, iterations: int = DEFAULT_ITERATIONS) -> Policy:
    """Return the rule that sends the nearest free technician to the most urgent call."""
    return Queue("nearest", by_priority, ways_of(day, source))


def earliest_due(day: Day, source: TravelSource, iterations: int = DEFAULT_ITERATIONS) -> Policy:
    """Return the rule that sends the nearest free technician to the call whose deadline comes first."""
    return Queue("earliest-due", by_deadline, ways_of(day, source))


def static(day: Day, source: TravelSource, iterations: int = DEFAULT_ITERATIONS) -> Policy:
    """Return the plan of the morning."""
    return Morning(source, MORNING_EFFORT * iterations)


MAKERS: Mapping[str, Maker] = {"engine": engine, "nearest": nearest, "earliest-due": earliest_due, "static": static}
