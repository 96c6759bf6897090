"""Dates and times in cells, local to one time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.importer.cell_error import CellError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_DAY = r"(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})\.(?P<m2>\d{1,2})\.(?P<y2>\d{4}))"
_HOUR = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_DATE = re.compile(_DAY, re.ASCII)
_TIME = re.compile(_HOUR, re.ASCII)
_BOTH = re.compile(rf"{_DAY}(?:T|\s+){_HOUR}", re.ASCII)


@dataclass(frozen=True)
class Context:
    """What a time alone lacks.

    Parameters
    ----------
    zone
        Of all times without an offset.
    day
        Of times without a date; None where no day is known.
    """

    zone: ZoneInfo
    day: date | None = None


def read_day(value: object, _: Context) -> date:
    """Read a date: a date cell, 2026-03-10, or 10.03.2026 with the day first.

    Raises
    ------
    CellError
        It is none; 10/03/2026 is refused, because it names another day elsewhere.
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise CellError("cell_date")
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise CellError("cell_date")
    return _date_of(match, "cell_date")


def read_moment(value: object, context: Context) -> str:
    """Read a time of day or a date with a time, and return it in ISO 8601 with its offset.

    A time of day is on the day of its row. A time with an offset is taken as it is.

    Raises
    ------
    CellError
        It is no time, has no day, or falls in the hour that a change of clocks skips or repeats.
    """
    try:
        local = _local_of(value, context)
        return (local if local.tzinfo is not None else _zoned(local, context.zone)).isoformat()
    except OverflowError as error:  # before the year 1 or after 9999
        raise CellError("cell_time") from error


def _local_of(value: object, context: Context) -> datetime:
    if isinstance(value, datetime):
        return _to_the_second(value)
    if isinstance(value, timedelta):  # what a cell of the format [h]:mm holds
        return _on_day(context) + value
    if isinstance(value, time):
        return _to_the_second(datetime.combine(_on_day(context), value))
    if isinstance(value, str):
        return _local_of_text(value.strip(), context)
    raise CellError("cell_time")


def _local_of_text(text: str, context: Context) -> datetime:
    if match := _TIME.fullmatch(text):
        return datetime.combine(_on_day(context), _time_of(match))
    if match := _BOTH.fullmatch(text):
        return datetime.combine(_date_of(match, "cell_time"), _time_of(match))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CellError("cell_time") from error
    if moment.tzinfo is None:  # a date alone, or basic format: not a time as people write it
        raise CellError("cell_time")
    return moment


def _on_day(context: Context) -> datetime:
    if context.day is None:
        raise CellError("cell_day_missing")
    return datetime.combine(context.day, time())


def _to_the_second(moment: datetime) -> datetime:
    """Round away the noise of a day counted in binary fractions."""
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0)


def _zoned(local: datetime, zone: ZoneInfo) -> datetime:
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        raise CellError("cell_clock_change", zone=zone.key)
    return first


def _date_of(match: re.Match[str], code: str) -> date:
    parts = match.groupdict()
    year, month, day = (parts[key] or parts[f"{key}2"] for key in "ymd")
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise CellError(code) from error


def _time_of(match: re.Match[str]) -> time:
    parts = match.groupdict()
    try:
        return time(int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0))
    except ValueError as error:
        raise CellError("cell_time") from error
