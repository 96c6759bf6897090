"""The only place that reads a clock: the time of day, and how long something takes."""

from __future__ import annotations

import time
from datetime import UTC, datetime


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
