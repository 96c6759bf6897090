"""When the search ends. The solver has no clock: whoever calls it says how much of the effort is spent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Stop(Protocol):
    """A limit of effort."""

    def fraction(self, iterations: int) -> float:
        """Return the share of the effort that is spent after ``iterations``, 1 or more to end the search."""
        ...

    def seconds_left(self) -> float | None:
        """Return the seconds that are left, None where there is no limit of time."""
        ...


@dataclass(frozen=True)
class IterationLimit:
    """Ends after so many iterations of one thread. The same seed and limit give the same plan."""

    limit: int

    def fraction(self, iterations: int) -> float:
        """Return the share of the iterations that are done."""
        return iterations / self.limit if self.limit > 0 else 1.0

    def seconds_left(self) -> float | None:
        """Return None: iterations are not time."""
        return None


class EarlyEnd:
    """Ends as another does, but leaves a share of the time that is left now for what comes after.

    Where there is no limit of time, nothing is left: iterations are not time.
    """

    def __init__(self, stop: Stop, share: float) -> None:
        self._stop, left = stop, stop.seconds_left()
        self._is_timed, self._kept_s = left is not None, (left or 0.0) * share
        self._whole_s = (left or 0.0) - self._kept_s

    def fraction(self, iterations: int) -> float:
        """Return the share of the effort that is spent, that of the time being all but what is kept."""
        spent, left = self._stop.fraction(iterations), self.seconds_left()
        if left is None or self._whole_s <= 0:
            return spent if left is None else 1.0
        return max(spent, 1.0 - left / self._whole_s)

    def seconds_left(self) -> float | None:
        """Return the seconds that are left besides what is kept."""
        left = self._stop.seconds_left()
        return max(0.0, left - self._kept_s) if self._is_timed and left is not None else left


@dataclass(frozen=True)
class FirstOf:
    """Ends as soon as one of several limits is reached."""

    stops: Sequence[Stop]

    def fraction(self, iterations: int) -> float:
        """Return the largest of the fractions."""
        return max((stop.fraction(iterations) for stop in self.stops), default=0.0)

    def seconds_left(self) -> float | None:
        """Return the shortest of the times left."""
        return min((left for stop in self.stops if (left := stop.seconds_left()) is not None), default=None)


def next_slice(stop: Stop, done: int, most: int, finest: float = 1.0) -> int:
    """Return how many iterations come next: ``most``, or less at a limit of iterations.

    They do not go beyond that limit, and are no larger a share of it than ``finest``.
    """
    to = min(1.0, stop.fraction(done) + finest)
    while most > 1 and stop.fraction(done + most) > to:
        most //= 2
    return most


def paced(count: int, took_s: float, wanted_s: float) -> int:
    """Return how many iterations take ``wanted_s``, where the last ``count`` took so long; at most four times as many.

    Iterations are not alike: the first ones after a greedy plan may take ten times as long as the last.
    """
    return max(1, min(4 * count, round(count * wanted_s / max(1e-6, took_s))))
