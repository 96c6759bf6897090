"""Making a fault from its code: rule and advice come from the catalogue, the rest from the case."""

from __future__ import annotations

import difflib
import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.entries import FAULTS, HISTORY_FAULTS, SCENARIO_FAULTS, TABLE_FAULTS, WARNINGS
from dispatch_engine.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SHOWN_LENGTH = 80
MAX_COMPARED = 300

Path = tuple[str | int, ...]


def fault(code: str, path: Path, value: object = None, **detail: object) -> Fault:
    """Make the fault ``code`` at ``path``; ``detail`` fills the templates of rule and advice.

    ``value`` is what was found, any JSON value, model, time or amount; None shows nothing.
    """
    entry = FAULTS[code]
    return _made(entry.code, path, value, entry.rule.format(**detail), entry.advice.format(**detail))


def table_fault(code: str, path: Path, value: object = None, **detail: object) -> Fault:
    """Make the fault ``code`` of a table or of the mapping file that names its columns."""
    entry = TABLE_FAULTS[code]
    return _made(entry.code, path, value, entry.rule.format(**detail), entry.advice.format(**detail))


def history_fault(code: str, path: Path, value: object = None, **detail: object) -> Fault:
    """Make the fault ``code`` of a history of use."""
    entry = HISTORY_FAULTS[code]
    return _made(entry.code, path, value, entry.rule.format(**detail), entry.advice.format(**detail))


def scenario_fault(code: str, path: Path, value: object = None, **detail: object) -> Fault:
    """Make the fault ``code`` of a scenario or of one of its changes."""
    entry = SCENARIO_FAULTS[code]
    return _made(entry.code, path, value, entry.rule.format(**detail), entry.advice.format(**detail))


def warning(code: str, path: Path, value: object = None, **detail: object) -> Fault:
    """Make the warning ``code``: like a fault, but the document is used as it is."""
    entry = WARNINGS[code]
    return _made(entry.code, path, value, entry.rule.format(**detail), entry.advice.format(**detail))


def _made(code: str, path: Path, value: object, rule: str, advice: str) -> Fault:
    return Fault(pointer_of(path), code, "" if value is None else shown(value), rule, advice)


def pointer_of(path: Iterable[str | int]) -> str:
    """Return the JSON pointer (RFC 6901) of a path; long parts are shortened."""
    return "".join("/" + _short(str(part)).replace("~", "~0").replace("/", "~1") for part in path)


def shown(value: object) -> str:
    """Return a value as JSON for people, shortened to 80 characters."""
    text = ""
    for piece in json.JSONEncoder(ensure_ascii=False, default=_plain).iterencode(_clipped(value)):
        text += piece
        if len(text) > SHOWN_LENGTH:
            return text[:SHOWN_LENGTH] + "…"
    return text


def suggestion(value: str, known: Collection[str], otherwise: str) -> str:
    """Return "Maybe <the known word that looks like the value>?", else ``otherwise``.

    Words are compared by letters and digits first; likeness is tried only among a few hundred, which keeps a
    document full of faults quick to report.
    """
    by_letters = {_letters(word): word for word in known}
    close = by_letters.get(_letters(value[:SHOWN_LENGTH]))
    if close is None and len(known) <= MAX_COMPARED:
        close = next(iter(difflib.get_close_matches(value[:SHOWN_LENGTH], known, 1)), None)
    return otherwise if close is None else f"Maybe {shown(close)} was meant."


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def _short(text: str) -> str:
    return text if len(text) <= MAX_COMPARED else text[:SHOWN_LENGTH] + "…"


def _clipped(value: object) -> object:
    return _short(value) if isinstance(value, str) else value


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Decimal):
        return float(value)
    return value.model_dump(mode="json", exclude_defaults=True)
