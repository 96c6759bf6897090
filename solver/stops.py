"""How the kernels number stops: visits as stated or by another sourcing, restocks, and the two sides of meetings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from solver.problem import Problem
    from solver.solution import Stop


@dataclass(frozen=True)
class StopNumbers:
    """The numbers run on: visits, rows of ``Sourcings``, restocks by location, gives and then takes by meeting."""

    n_visits: int
    n_sourcings: int
    n_locations: int
    n_meetings: int

    @classmethod
    def of(cls, problem: Problem) -> StopNumbers:
        """Return the numbers of a problem."""
        return cls(problem.n_visits, len(problem.sourcings), len(problem.stock), len(problem.meetings))

    def __len__(self) -> int:
        """Return how many numbers there are."""
        return self.take(self.n_meetings)

    def sourced(self, sourcing: int) -> int:
        """Return the number of a visit that gets its parts by a row of ``Sourcings``."""
        return self.n_visits + sourcing

    def restock(self, location: int) -> int:
        """Return the number of a restock at a location."""
        return self.n_visits + self.n_sourcings + location

    def give(self, meeting: int) -> int:
        """Return the number of handing over at a meeting."""
        return self.restock(self.n_locations) + meeting

    def take(self, meeting: int) -> int:
        """Return the number of taking on at a meeting."""
        return self.give(self.n_meetings) + meeting

    def of_stop(self, stop: Stop) -> int:
        """Return the number of a stop of a plan."""
        if stop.location != NONE:
            return self.restock(stop.location)
        if stop.meeting != NONE:
            return self.give(stop.meeting) if stop.gives else self.take(stop.meeting)
        return stop.visit if stop.sourcing == NONE else self.sourced(stop.sourcing)

    def sourcing_of(self, number: int) -> int:
        """Return the row of ``Sourcings`` of a number, NONE where it is another kind of stop."""
        return number - self.n_visits if self.n_visits <= number < self.restock(0) else NONE

    def location_of(self, number: int) -> int:
        """Return the location of a restock, NONE where the stop is none."""
        return number - self.restock(0) if self.restock(0) <= number < self.give(0) else NONE

    def meeting_of(self, number: int) -> int:
        """Return the meeting at which the stop gives or takes, NONE where it is no meeting."""
        return (number - self.give(0)) % self.n_meetings if self.give(0) <= number < len(self) else NONE
