"""When the search ends: the time is up, enough iterations are done, or somebody asks to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.clock import Stopwatch
from solver.stop import FirstOf, IterationLimit

if TYPE_CHECKING:
    from dispatch_engine.model.plan import StopReason
    from dispatch_engine.planner.options import EffectiveOptions
    from solver.stop import Stop


@dataclass(frozen=True)
class TimeLimit:
    """Ends after so many seconds on a stopwatch, which runs from now unless one is handed over."""

    limit_s: float
    watch: Stopwatch = field(default_factory=Stopwatch)

    def fraction(self, iterations: int) -> float:
        """Return the share of the time that is up."""
        return self.watch.elapsed_s / self.limit_s if self.limit_s > 0 else 1.0

    def seconds_left(self) -> float:
        """Return the seconds that are left, at least 0."""
        return max(0.0, self.limit_s - self.watch.elapsed_s)


@dataclass(frozen=True)
class Interrupted:
    """Ends as soon as ``asked`` says so."""

    asked: Callable[[], bool]

    def fraction(self, iterations: int) -> float:
        """Return 1 once somebody has asked to stop."""
        return 1.0 if self.asked() else 0.0

    def seconds_left(self) -> float | None:
        """Return 0 once somebody has asked to stop; before that there is no limit."""
        return 0.0 if self.asked() else None


def stop_of(options: EffectiveOptions, watch: Stopwatch, interrupt: Callable[[], bool] | None) -> Stop:
    """Return the end of the search: the first of all limits."""
    return stop_after(options.time_limit_s, options.iterations, interrupt, watch)


def stop_after(
    seconds: float | None, iterations: int | None, interrupt: Callable[[], bool] | None, watch: Stopwatch | None = None
) -> Stop:
    """Return the first of several limits, the time counted on a stopwatch that runs already, or else from now on."""
    stops: list[Stop] = []
    if seconds is not None:
        stops.append(TimeLimit(seconds, watch or Stopwatch()))
    if iterations is not None:
        stops.append(IterationLimit(iterations))
    if interrupt is not None:
        stops.append(Interrupted(interrupt))
    return FirstOf(stops)


def stop_reason(options: EffectiveOptions, iterations: int, interrupt: Callable[[], bool] | None) -> StopReason:
    """Return which limit ended a search of so many iterations a thread."""
    if interrupt is not None and interrupt():
        return "interrupted"
    if options.iterations is not None and iterations >= options.iterations:
        return "iterations"
    return "time_limit"
