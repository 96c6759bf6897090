"""What can go wrong in generating a day."""

from __future__ import annotations

from dispatch_engine.errors import DispatchError


class NoStreetsError(DispatchError):
    """The road network has no streets of the classes along which people live and work."""

    code = "generator_no_streets"


class TooManyTerritoriesError(DispatchError):
    """The road network is too small to be cut into so many territories."""

    code = "generator_territories"


class TooFewPartsError(DispatchError):
    """A generated day is to have fewer part numbers than there are kinds of parts in its machines."""

    code = "generator_parts"


class TimeZoneUnknownError(DispatchError):
    """The time zone for a generated day is not in the time zone data base."""

    code = "generator_time_zone"
