"""What a log holds: entries of events, one a revision, and snapshots of the state that they lead to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What an event may carry. Money is text, so that it stays exact for every reader."""

GENESIS_HASH = "0" * 64
"""The hash before the first entry of a board."""


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """Something that happened: its type, the version of that type's shape (from 1 on), and its data.

    ``is_json``: the data is what a reader of JSON makes of a text (lists, no tuples; all keys are text), so that it
    need not be read back to know that it is kept exactly.
    """

    type: str
    version: int
    data: Mapping[str, JSON]
    is_json: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its place in the log.

    Parameters
    ----------
    events
        What happened, in order; all of them are kept, or none.
    at
        When, aware; kept to the microsecond, in UTC.
    actor
        Who.
    key
        Idempotency key of the request, unique on the board.
    request_sha256
        Digest of the request (64 hexadecimal digits); stands exactly where there is a key.
    """

    events: tuple[LoggedEvent, ...]
    at: datetime
    actor: str
    key: str | None = None
    request_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision of a board, as it is in the log.

    ``hash`` is SHA-256 over everything else, hexadecimal. Events stay the text that is stored until somebody asks for
    them: as objects they take several times the memory, and most entries are only handed on as text.
    """

    board: str
    revision: int
    at: datetime
    actor: str
    key: str | None
    request_sha256: str | None
    events_text: str
    """Canonical JSON of the events, a list of objects with ``data``, ``type`` and ``version``."""
    previous_hash: str
    hash: str

    @property
    def events(self) -> tuple[LoggedEvent, ...]:
        """What happened, in order; read from the text each time."""
        return tuple(LoggedEvent(**each) for each in json.loads(self.events_text))


@dataclass(frozen=True, slots=True)
class Head:
    """The latest revision of a board and its hash; revision 0 is a board without entries."""

    revision: int
    hash: str


NO_HEAD = Head(0, GENESIS_HASH)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state as bytes: of which revision, the hash of that entry, and the version of the state's own shape."""

    revision: int
    hash: str
    version: int
    data: bytes
