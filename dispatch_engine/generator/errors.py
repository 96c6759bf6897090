"""What can go wrong in generating a day."""

from __future__ import annotations

from dispatch_engine.errors import DispatchError


class NoStreetsError(DispatchError):
    """The road network has no streets of the classes along which people live and work."""

    code = "generator_no_streets"


class TooManyTerritoriesError(DispatchError):
    """The road network is too small to be cut into so many territories."""

    code = "generator_territories"


class TimeZoneUnknownError(DispatchError):
    """The time zone for a generated day is not in the time zone data base."""

    code = "generator_time_zone"
