"""What the catalogue says about one code."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY


class Absent(Enum):
    """Stands for a key that is not there."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True)
class Change:
    """A sample made from the sample day by setting the value at a JSON pointer; ``""`` is the whole document."""

    pointer: str
    broken: Any
    mend: Any

    def broken_text(self) -> bytes:
        """Return the whole broken document."""
        return _document_with(self.pointer, self.broken)

    def mended_text(self) -> bytes:
        """Return the whole mended document."""
        return _document_with(self.pointer, self.mend)


@dataclass(frozen=True)
class RawText:
    """A sample of a whole document as text, where JSON itself is broken. ``None``: mended by the sample day."""

    broken: bytes
    mend: bytes | None = None

    def broken_text(self) -> bytes:
        """Return the whole broken document."""
        return self.broken

    def mended_text(self) -> bytes:
        """Return the whole mended document."""
        return json.dumps(SAMPLE_DAY).encode() if self.mend is None else self.mend


@dataclass(frozen=True)
class TableText:
    """A sample of importing: a table in place of that of the sample tables, as CSV; ``None`` leaves it out.

    ``mapping`` and ``mended_mapping`` are what stands in the mapping file.
    """

    table: str = "calls"
    broken: str | None = None
    mend: str | None = None
    mapping: Any = None
    mended_mapping: Any = None


@dataclass(frozen=True)
class ScenarioText:
    """A sample of scenarios for the sample day: a list of scenario documents, or the text of one as YAML.

    ``for_board``: they are to come true on a board that was opened with the sample day.
    """

    broken: list[Any] | str
    mend: list[Any] | str
    for_board: bool = False


@dataclass(frozen=True)
class Entry:
    """A code with its title, rule and advice.

    ``rule`` and ``advice`` are templates of ``str.format``; what is filled in depends on the case.
    """

    code: str
    title: str
    rule: str
    advice: str
    sample: Change | RawText | TableText | ScenarioText | None = None


def _document_with(pointer: str, value: Any) -> bytes:
    if not pointer:
        return json.dumps(value).encode()
    document = copy.deepcopy(SAMPLE_DAY)
    *path, last = pointer.split("/")[1:]
    holder: Any = document
    for part in path:
        holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
    key = int(last) if isinstance(holder, list) else last
    if value is ABSENT:
        holder.pop(key, None)
    else:
        holder[key] = value
    return json.dumps(document, ensure_ascii=False).encode()
