"""Moments of the document as the solver's seconds, and back.

The solver counts from an origin that lies before every moment at which anything can begin. So what the document
states of earlier times (a window that is over, an old promise) can be cut off at zero: nothing happens there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timezone
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.model.effective import horizon_of, shifts_of
from solver.validation import MAX_TIME_S

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.times import Window

HOUR_S = 3600

QUARTER_S = 900
"""Clocks change at full quarters of an hour, so that one that is the same at both ends of a quarter is so within."""


class Timeline:
    """Seconds since an origin, in one time zone.

    Parameters
    ----------
    origin
        Second zero.
    zone
        IANA name of the zone in which moments are given back.
    """

    def __init__(self, origin: datetime, zone: str) -> None:
        self.origin = origin
        self._origin_s = int(origin.timestamp())
        self._zone = ZoneInfo(zone)
        self._zone_by_quarter: dict[int, timezone | None] = {}
        """The offset that holds all through a quarter of an hour, by its number since the epoch; None: it changes."""

    @classmethod
    def of(cls, problem: ProblemDocument) -> Timeline:
        """Return the timeline of a document; its origin is the last full hour (UTC) before anything can begin."""
        begins = [horizon_of(problem).start]
        for _, shift in shifts_of(problem):
            begins.append(shift.start)
            if shift.facts is not None:
                begins.append(shift.facts.departed_at)
        first_s = min(int(moment.timestamp()) for moment in begins)
        return cls(datetime.fromtimestamp((first_s - 1) // HOUR_S * HOUR_S, UTC), problem.time_zone)

    def seconds(self, moment: datetime) -> int:
        """Return the seconds from the origin to a moment, negative before it."""
        return int(moment.timestamp()) - self._origin_s

    def clipped(self, moment: datetime) -> int:
        """Return the seconds from the origin, cut off where nothing can happen any more: before zero, or years on."""
        return min(max(self.seconds(moment), 0), MAX_TIME_S)

    def windows(self, stated: Iterable[Window]) -> list[tuple[int, int]]:
        """Return windows in order; those that are over are one at second zero, in which nothing can begin."""
        clipped = {(self.clipped(window.start), self.clipped(window.end)) for window in stated}
        open_yet = sorted(window for window in clipped if window[1] > 0)
        return open_yet or sorted(clipped)

    def moment(self, seconds: int) -> datetime:
        """Return the moment in the zone's time, with the offset that holds then.

        The offset is fixed to each moment: differences between moments stay right across a change of the clocks.
        """
        at_s = self._origin_s + seconds
        quarter = at_s // QUARTER_S
        if quarter not in self._zone_by_quarter:
            self._zone_by_quarter[quarter] = self._zone_during(quarter)
        zone = self._zone_by_quarter[quarter]
        return datetime.fromtimestamp(at_s, self._zone_at(at_s) if zone is None else zone)

    def _zone_during(self, quarter: int) -> timezone | None:
        first, last = (self._zone_at(quarter * QUARTER_S + at_s) for at_s in (0, QUARTER_S - 1))
        return first if first == last else None

    def _zone_at(self, at_s: int) -> timezone:
        """Return the offset at a moment, which is exact, and thrice as slow as to make a moment of one."""
        offset = datetime.fromtimestamp(at_s, self._zone).utcoffset()
        return UTC if offset is None else timezone(offset)


def whole_s(span: timedelta) -> int:
    """Return a length of time in seconds."""
    return int(span.total_seconds())
