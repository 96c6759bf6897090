"""Single cells: text, numbers, lengths of time, lists, yes or no. Dates and times are in `moments`.

What a spreadsheet program has typed already, a number or a time, is taken as it is; text is read strictly, and what
could be meant in two ways is refused.
"""

from __future__ import annotations

import math
import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.importer.cell_error import CellError

if TYPE_CHECKING:
    from dispatch_engine.importer.moments import Context

MAX_DECIMALS = 9
"""Numbers are rounded to this; beyond it there is only the noise of binary fractions."""

_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_SEPARATOR = re.compile(r"[;\n]")
_YES = frozenset(("yes", "y", "true", "1", "x"))
_NO = frozenset(("no", "n", "false", "0"))


def read_text(value: object, _: Context) -> str:
    """Read text; a whole number is read as its digits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def read_number(value: object, _: Context) -> float:
    """Read a number, with a decimal point or comma, without thousands separators.

    Raises
    ------
    CellError
        It is none.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value, MAX_DECIMALS)
    text = value.strip() if isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text):
        raise CellError("cell_number")
    return round(float(text.replace(",", ".")), MAX_DECIMALS)


def read_whole(value: object, context: Context) -> int:
    """Read a whole number.

    Raises
    ------
    CellError
        It is no number, or has a fraction.
    """
    number = read_number(value, context)
    if number != int(number):
        raise CellError("cell_whole_number")
    return int(number)


def read_minutes(value: object, context: Context) -> int:
    """Read a length of time, a number of minutes or hours and minutes as in 1:15, and return seconds.

    Raises
    ------
    CellError
        It is none, or not in whole seconds.
    """
    if isinstance(value, time):  # what a cell of the format h:mm holds
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, str) and (match := _CLOCK.fullmatch(value.strip())):
        return int(match[1]) * 3600 + int(match[2]) * 60
    try:
        seconds = round(read_number(value, context) * 60, MAX_DECIMALS - 3)
    except CellError as error:
        raise CellError("cell_minutes") from error
    if not math.isfinite(seconds) or seconds != int(seconds):
        raise CellError("cell_minutes")
    return int(seconds)


def read_names(value: object, context: Context) -> list[str]:
    """Read names separated by semicolons or line breaks."""
    pieces = (piece.strip() for piece in _SEPARATOR.split(read_text(value, context)))
    return [piece for piece in pieces if piece]


def read_counts(value: object, context: Context) -> dict[str, int]:
    """Read names with whole numbers, as in `lift:2; boiler:1`; a name alone counts 1.

    Raises
    ------
    CellError
        A number is none, a name is missing or stands twice.
    """
    counts: dict[str, int] = {}
    for piece in read_names(value, context):
        name, colon, number = piece.rpartition(":")
        name = (name if colon else piece).strip()
        if not name or name in counts or (colon and not _COUNT.fullmatch(number.strip())):
            raise CellError("cell_list", piece=piece)
        counts[name] = int(number) if colon else 1
    return counts


def read_flag(value: object, context: Context) -> bool:
    """Read yes or no.

    Raises
    ------
    CellError
        It is neither.
    """
    word = read_text(value, context).casefold()
    if word not in _YES | _NO:
        raise CellError("cell_yes_no")
    return word in _YES
