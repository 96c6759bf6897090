"""What to generate: size, dates, seed; and the days that come with the project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from dispatch_engine.generator.errors import TimeZoneUnknownError

TIME_ZONE_BY_NETWORK = {"coquimbo": "America/Santiago", "nauru": "Pacific/Nauru"}
"""Of the networks that come with the project."""

PLANNED_AT = time(6)
"""Everything in a document was reported before this time of its first day."""


@dataclass(frozen=True)
class Settings:
    """Size, dates and seed of a document.

    Parameters
    ----------
    id
        Of the document.
    network
        Road network, as the document will name it.
    time_zone
        IANA name.
    first_day
        The first working day.
    technicians, calls, days, providers, territories
        How many.
    seed
        The same settings give the same document to the byte.
    work_factor
        Multiplies the duration of every call: how much work there is for the same number of calls.
    days_off
        Share of the shifts of several days that are days off.
    beyond_skill, beyond_stock
        How many of the calls need a level of skill, or a part, that nobody has.
    parts
        How many part numbers the catalogue has; 0: no catalogue, vans hold a few parts and there is nowhere to restock.
    stock_locations
        How many, at least one, where there is a catalogue.
    technician_prefix
        What the ids of technicians begin with: those of two boards that run at the same time are not the same.
    """

    id: str = "generated"
    network: str = "coquimbo"
    time_zone: str = "America/Santiago"
    first_day: date = date(2026, 3, 10)
    technicians: int = 12
    calls: int = 70
    days: int = 1
    seed: int = 1
    providers: int = 2
    territories: int = 4
    work_factor: float = 1.0
    days_off: float = 0.2
    beyond_skill: int = 0
    beyond_stock: int = 0
    parts: int = 0
    stock_locations: int = 3
    technician_prefix: str = "T"

    def at(self, day: int, hour: float) -> datetime:
        """Return the time at this hour, whole minutes, of this day of the document, from 0."""
        moment = datetime.combine(self.first_day + timedelta(days=day), time())
        return (moment + timedelta(minutes=round(hour * 60))).replace(tzinfo=self._zone)

    def date(self, day: int) -> str:
        """Return this day of the document, from 0, as in 2026-03-10: the id of the shifts on it."""
        return (self.first_day + timedelta(days=day)).isoformat()

    @cached_property
    def _zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.time_zone)
        except (OSError, ValueError, KeyError) as error:
            raise TimeZoneUnknownError(
                f"there is no time zone {self.time_zone!r}",
                value=self.time_zone,
                advice="Maybe Europe/Berlin or America/Santiago; an offset is not enough.",
            ) from error

    @property
    def now(self) -> datetime:
        """When the plan is made."""
        return self.at(0, PLANNED_AT.hour)


PRESETS = {
    "tomorrow": Settings(id="tomorrow", work_factor=1.1, beyond_skill=1, beyond_stock=1),
    "large": Settings(
        id="large", technicians=40, calls=300, providers=4, territories=10, work_factor=0.9, beyond_skill=2
    ),
    "week": Settings(id="week", technicians=15, calls=200, days=3, territories=5, beyond_skill=1),
    "parts": Settings(id="parts", technicians=40, calls=300, providers=4, territories=10, work_factor=0.95, parts=120),
    "nauru": Settings(
        id="nauru",
        network="nauru",
        time_zone="Pacific/Nauru",
        technicians=3,
        calls=12,
        providers=1,
        territories=1,
    ),
}
"""The documents in `data/`."""
