"""JSON with one spelling for one value, so that its digest means something; and the pointer to what has none."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import pointer_of, shown
from dispatch_engine.event_log.errors import EntryInvalidError

if TYPE_CHECKING:
    from dispatch_engine.catalogue.faults import Path

MAX_DEPTH = 100

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, check_circular=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(value: object) -> str:
    """Return JSON with sorted keys and no blanks; numbers in the shortest spelling that reads back the same."""
    return _encode(value)


def kept_exactly(value: object, path: Path = (), *, is_json: bool = False) -> str:
    """Return the canonical JSON of a value, from which an equal one is read.

    Parameters
    ----------
    value
        To be kept.
    path
        Where it stands in an entry.
    is_json
        It is what a reader of JSON makes of a text, so that it is not read back.

    Raises
    ------
    EntryInvalidError
        JSON has no spelling for it from which the same would be read; the pointer says where.
    """
    try:
        text = canonical(value)
        text.encode()
        read = value if is_json else json.loads(text)
    except (TypeError, ValueError, RecursionError):
        read = None
    if read is None or read != value:
        _refuse(value, path, 0)
        raise _invalid(path, value, "it does not read back from JSON as it was")
    return text


def _refuse(value: object, path: Path, depth: int) -> None:
    """Raise for the first place that JSON cannot keep exactly."""
    if depth > MAX_DEPTH:
        raise _invalid(path, None, f"nothing is nested more than {MAX_DEPTH} deep")
    if isinstance(value, dict):
        for name, child in value.items():
            _require_text(name, path)
            _refuse(child, (*path, name), depth + 1)
    elif isinstance(value, list):
        for place, child in enumerate(value):
            _refuse(child, (*path, place), depth + 1)
    elif isinstance(value, str):
        _require_text(value, path)
    elif isinstance(value, float) and not math.isfinite(value):
        raise _invalid(path, str(value), "a number is finite")
    elif value is not None and not isinstance(value, bool | int | float):
        raise _invalid(
            path, type(value).__name__, "a value is null, boolean, number, text, list or object with text keys"
        )


def _require_text(value: object, path: Path) -> None:
    if not isinstance(value, str):
        raise _invalid(path, type(value).__name__, "a key is text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise _invalid(path, ascii(value), "text has no half characters (lone surrogates)") from error


def _invalid(path: Path, value: object, rule: str) -> EntryInvalidError:
    found = "" if value is None else f" ({shown(value) if isinstance(value, str) else type(value).__name__})"
    return EntryInvalidError(
        f"an entry keeps every value exactly, and cannot keep that at {pointer_of(path) or 'the top'}{found}: {rule}",
        pointer=pointer_of(path),
        advice="Maybe write it as text, as amounts of money are.",
    )
