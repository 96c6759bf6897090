"""JSON as text: read strictly, with a code and a place for everything that is wrong with it."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.catalogue.text_entries import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.catalogue.faults import Path
    from dispatch_engine.errors import Fault


class _RepeatedKeys(dict[str, Any]):
    """An object of the text in which ``keys_repeated`` stand more than once."""

    keys_repeated: tuple[str, ...] = ()


@dataclass(frozen=True)
class JsonText:
    """What was read: the value, None where the text is broken, and the faults of the text."""

    value: Any
    faults: tuple[Fault, ...]


def read_json(data: bytes) -> JsonText:
    """Read UTF-8 JSON (a byte order mark is skipped); NaN and infinite numbers are left for the schema to refuse."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        return JsonText(None, (fault("not_utf8", (), position=error.start),))
    if not text.strip():
        return JsonText(None, (fault("json_empty", ()),))
    try:
        value = json.loads(text, object_pairs_hook=marked)
    except json.JSONDecodeError as error:
        return JsonText(None, (_syntax_fault(error.lineno, error.colno, error.msg),))
    except RecursionError:
        return JsonText(None, (fault("json_too_deep", ()),))
    except ValueError:  # an integer of more digits than Python converts
        return JsonText(None, (_syntax_fault(1, 1, "a whole number has thousands of digits"),))
    return JsonText(value, tuple(faults_within(value, ())))


def _syntax_fault(line: int, column: int, problem: str) -> Fault:
    return fault("json_syntax", (), line=line, column=column, problem=problem)


def marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of these keys and values, which remembers the keys that stand more than once."""
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    counts = Counter(key for key, _ in pairs)
    repeated = _RepeatedKeys(plain)
    repeated.keys_repeated = tuple(key for key, count in counts.items() if count > 1)
    return repeated


def faults_within(value: Any, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the text of a value: keys that repeat, and too many levels."""
    if len(path) >= MAX_DEPTH:
        yield fault("json_too_deep", ())
        return
    if isinstance(value, _RepeatedKeys):
        yield from (fault("duplicate_key", (*path, key), value[key]) for key in value.keys_repeated)
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        if isinstance(child, dict | list):
            yield from faults_within(child, (*path, key))
