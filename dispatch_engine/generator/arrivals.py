"""When calls are reported, as in real elevator calls.

References
----------
NYC Open Data, 311 Service Requests, elevator calls to the Departments of Buildings and of Housing, January to June
2024: 10,447 calls, of which 10,322 name the building.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.generator.draw import Draw

CALLS_BY_HOUR = (
    *(111, 68, 42, 40, 40, 42, 112, 286, 512, 845, 852, 889),
    *(816, 784, 783, 774, 763, 625, 544, 475, 353, 301, 226, 164),
)
"""Calls of the half year by hour of the day, local time."""

REPEAT_SHARE = 2490 / 10322
"""Calls within 24 hours after another from the same building."""

REPEAT_GAP_MIN = (0, 6, 28, 76, 153, 261, 443, 813, 1059, 1265, 1440)
"""Deciles of the time from the earlier call of the same building to such a repeat, minutes."""

NO_ALTERNATE_SHARE = 6203 / 9615
"""Of the calls that tell, those about the only lift of a building."""


def report_time(draw: Draw, earliest: datetime, latest: datetime) -> datetime:
    """Return a time between the two, to the minute, as likely as calls are at its hour of the day."""
    hours = max(1, round((latest - earliest) / timedelta(hours=1)))
    weights = {hour: CALLS_BY_HOUR[(earliest + timedelta(hours=hour)).hour] for hour in range(hours)}
    minute = draw.weighted(weights) * 60 + draw.count(0, 59)
    return min(earliest + timedelta(minutes=minute), latest)


def repeat_time(draw: Draw, earlier: datetime, latest: datetime) -> datetime:
    """Return the time of a repeat: after the earlier call by a gap as observed, but not after `latest`."""
    gap_min = int(draw.quantile(REPEAT_GAP_MIN))
    room_min = int((latest - earlier) / timedelta(minutes=1))
    return earlier + timedelta(minutes=min(gap_min, int(room_min * draw.unit())))
