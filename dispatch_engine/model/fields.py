"""The types of single fields: ids, times, durations, money, coordinates. One definition each."""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_ID_LENGTH = 200
MAX_MONEY = 10_000_000
MAX_PER_HOUR = 200_000
MAX_PER_KM = 50_000
"""Amounts and rates stay within what ``solver.validation`` allows; larger currencies are stated in thousands."""
MIN_YEAR, MAX_YEAR = 1970, 2199
MAX_DURATION = timedelta(days=366)
MAX_WORK = timedelta(days=30)
MAX_HANDLING = timedelta(days=1)

_ISO_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SECONDS_PER_UNIT = (604_800, 86_400, 3_600, 60, 1)


def _instant_from(value: Any) -> datetime:
    """Read ISO 8601 with an offset; numbers are refused, they say nothing about their zone or unit."""
    moment = value if isinstance(value, datetime) else _datetime_of_text(value)
    if moment.tzinfo is None:
        raise PydanticCustomError("naive_time", "the time has no offset from UTC")
    if moment.microsecond:
        raise PydanticCustomError("not_whole_seconds", "the time has a fraction of a second")
    if not MIN_YEAR <= moment.year <= MAX_YEAR:
        raise PydanticCustomError("out_of_range", "a time lies from 1970 to 2199")
    return moment


def _datetime_of_text(value: Any) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("time_syntax", "not a time") from error


def _duration_from(value: Any) -> timedelta:
    """Read seconds or ISO 8601; years and months have no fixed length and are refused."""
    if isinstance(value, timedelta):
        seconds: float = value.total_seconds()
    elif isinstance(value, str):
        seconds = _seconds_of_text(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value
    else:
        raise PydanticCustomError("duration_syntax", "not a duration")
    return _checked_duration(seconds)


def _seconds_of_text(text: str) -> int:
    match = _ISO_DURATION.fullmatch(text) if len(text) <= MAX_ID_LENGTH else None
    if match is None or not any(match.groups()) or text.endswith("T"):
        raise PydanticCustomError("duration_syntax", "not a duration")
    return sum(int(count) * unit for count, unit in zip(match.groups(), _SECONDS_PER_UNIT, strict=True) if count)


def _checked_duration(seconds: float) -> timedelta:
    if not math.isfinite(seconds):
        raise PydanticCustomError("finite_number", "a duration is finite")
    if not 0 <= seconds <= MAX_DURATION.total_seconds():
        raise PydanticCustomError("out_of_range", "a duration is from 0 to 366 days")
    if seconds != int(seconds):
        raise PydanticCustomError("not_whole_seconds", "the duration has a fraction of a second")
    return timedelta(seconds=int(seconds))


ID_PATTERN = r"^[^\x00-\x20\x7f]([^\x00-\x1f\x7f]*[^\x00-\x20\x7f])?$"


def _text_of_duration(span: timedelta) -> str:
    """Write ISO 8601 without years, in which pydantic's own writer counts 365 days."""
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = f"{span.days}D" if span.days else ""
    clock = "".join(f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if count)
    return f"P{days}T{clock}" if clock else f"P{days}" if days else "PT0S"


Version = Annotated[int, Field(ge=1, le=1), WithJsonSchema({"const": 1})]
"""The version of the document's format."""

Id = Annotated[str, Field(min_length=1, max_length=MAX_ID_LENGTH, pattern=ID_PATTERN)]
"""A name for a thing in the document; compared to the letter."""

CURRENCY_PATTERN = "^[A-Z]{3}$"

Currency = Annotated[str, Field(pattern=CURRENCY_PATTERN)]
"""ISO 4217, three capital letters."""

SHA256_PATTERN = "^[0-9a-f]{64}$"

Sha256 = Annotated[str, Field(pattern=SHA256_PATTERN)]
"""A checksum, in 64 hexadecimal digits."""

Text = Annotated[str, Field(max_length=2_000)]
"""Words for people; the engine does not read them."""

Instant = Annotated[datetime, BeforeValidator(_instant_from)]
"""A time with its offset, such as 2026-03-02T08:00:00-03:00, in whole seconds."""

Duration = Annotated[
    timedelta,
    BeforeValidator(_duration_from),
    PlainSerializer(_text_of_duration, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "duration", "examples": ["PT45M"]},
                {"type": "integer", "minimum": 0, "maximum": int(MAX_DURATION.total_seconds())},
            ]
        }
    ),
]
"""A length of time: ISO 8601 (weeks, days, hours, minutes, seconds) or a number of seconds; whole, not negative."""


def _work(span: timedelta) -> timedelta:
    if span > MAX_WORK:
        raise PydanticCustomError("out_of_range", "work on site takes at most 30 days")
    return span


def _rest(span: timedelta) -> timedelta:
    if not span:
        raise PydanticCustomError("out_of_range", "a break lasts at least a second")
    return span


def _handling(span: timedelta) -> timedelta:
    if span > MAX_HANDLING:
        raise PydanticCustomError("out_of_range", "handling takes at most a day")
    return span


def _pieces(value: Any) -> Any:
    """Refuse what is no number of pieces in words of its own; what is no number at all is left to the type."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value
    if value < 0:
        raise PydanticCustomError("quantity_negative", "less than nothing")
    if value != int(value):
        raise PydanticCustomError("quantity_fractional", "a part of a piece")
    return value


def _chance(value: Any) -> Any:
    """Refuse what is no probability in words of its own; what is no number at all is left to the type."""
    if isinstance(value, int | float) and math.isfinite(value) and not 0 <= value <= 1:
        raise PydanticCustomError("probability_range", "less than never or more than always")
    return value


WorkDuration = Annotated[Duration, AfterValidator(_work)]
"""Time on site, at most 30 days."""

HandlingDuration = Annotated[Duration, AfterValidator(_handling)]
"""Time to hand parts over or take them on, at most a day."""

BreakDuration = Annotated[Duration, AfterValidator(_rest)]
"""Time of rest, at least a second."""

Money = Annotated[Decimal, Field(ge=0, le=MAX_MONEY, decimal_places=3)]
"""An amount in the document's currency, as a number or a string, to the thousandth; not negative."""

HourlyRate = Annotated[Decimal, Field(ge=0, le=MAX_PER_HOUR, decimal_places=3)]
"""A price per hour, as a number or a string, to the thousandth."""

RateChange = Annotated[Decimal, Field(ge=-MAX_PER_HOUR, le=MAX_PER_HOUR, decimal_places=3)]
"""By how much a price per hour rises, or falls where it is negative, to the thousandth."""

KilometreRate = Annotated[Decimal, Field(ge=0, le=MAX_PER_KM, decimal_places=3)]
"""A price per kilometre, as a number or a string, to the thousandth."""

Factor = Annotated[Decimal, Field(ge=Decimal("0.1"), le=10, decimal_places=3)]
"""A multiplier from 0.1 to 10, to the thousandth; 1 changes nothing."""

Latitude = Annotated[float, Field(ge=-90, le=90)]
"""Degrees north, WGS 84."""

Longitude = Annotated[float, Field(ge=-180, le=180)]
"""Degrees east, WGS 84."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""A whole number of things, from 0."""

Pieces = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_pieces)]
"""A whole number of pieces, from 0."""

Quantity = Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(_pieces)]
"""A whole number of pieces, from 1."""

Size = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=3)]
"""How much a piece takes up, to the thousandth; the unit is the document's own, the same for parts and vans."""

Room = Annotated[Decimal, Field(ge=0, le=1_000_000_000, decimal_places=3)]
"""How much a van can take, to the thousandth, in the unit of the parts' sizes."""

Level = Annotated[int, Field(ge=1, le=100)]
"""Level of a skill; higher includes lower."""

Probability = Annotated[float, Field(ge=0, le=1), BeforeValidator(_chance)]
"""From 0 (never) to 1 (always)."""
