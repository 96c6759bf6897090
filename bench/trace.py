"""What the best plan of a search costs as time goes by."""

from __future__ import annotations


class Trace:
    """The moments at which a search found a better plan."""

    def __init__(self) -> None:
        self._points: list[tuple[float, int]] = []

    def add(self, seconds: float, ticks: int) -> None:
        """Note what a plan costs that is there after so many seconds; one that is no better is passed over."""
        if not self._points or ticks < self._points[-1][1]:
            self._points.append((round(seconds, 3), ticks))

    @property
    def points(self) -> tuple[tuple[float, int], ...]:
        """Seconds and ticks, in order."""
        return tuple(self._points)
