"""The only place that reads a clock: the time of day, and how long something takes."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


def now_at() -> datetime:
    """Return the present moment in UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class Stopwatch:
    """Runs from the moment it is made."""

    def __init__(self) -> None:
        self._began_s = time.perf_counter()

    @property
    def elapsed_s(self) -> float:
        """Seconds since it was made."""
        return time.perf_counter() - self._began_s


class PacedClock:
    """A clock that begins at a moment of one's own and runs at one's own pace: for trials and for days gone by.

    Parameters
    ----------
    start
        What it says at first, aware.
    speed
        Its seconds in a real one.
    """

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._start, self._speed, self._watch = start.astimezone(UTC), speed, Stopwatch()

    def __call__(self) -> datetime:
        """Return its present moment, in UTC."""
        return self._start + timedelta(seconds=self._watch.elapsed_s * self._speed)
