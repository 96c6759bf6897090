"""An entry as it is stored: its texts, and the seal over them that every reading checks."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dispatch_engine.event_log.canonical import canonical, kept_exactly
from dispatch_engine.event_log.entries import Entry, Head
from dispatch_engine.event_log.errors import EntryInvalidError, LogTamperedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.event_log.entries import Draft, LoggedEvent

MAX_NAME = 255
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """A row of the log.

    ``at`` is ISO 8601 in UTC with microseconds, ``events`` canonical JSON; both are hashed as they are stored.
    """

    board: str
    revision: int
    at: str
    actor: str
    key: str | None
    request_sha256: str | None
    events: str
    previous_hash: str
    hash: str = ""

    def digest(self) -> str:
        """Return SHA-256 over the canonical JSON of everything but ``hash``, in which the events stand as stored."""
        text = (
            f'{{"actor":{_quoted(self.actor)},"at":{_quoted(self.at)},"board":{_quoted(self.board)},'
            f'"events":{self.events},"key":{_quoted(self.key)},"previous_hash":{_quoted(self.previous_hash)},'
            f'"request_sha256":{_quoted(self.request_sha256)},"revision":{self.revision}}}'
        )
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()

    def opened(self) -> Entry:
        """Return the entry.

        Raises
        ------
        LogTamperedError
            The seal is broken.
        """
        if not self._is_of_right_types() or self.digest() != self.hash:
            raise LogTamperedError(
                self.board, self.revision, "its content does not have the hash that is stored with it"
            )
        return _entry(self)

    def _is_of_right_types(self) -> bool:
        """Whether all is text but the revision; SQLite stores anything anywhere."""
        optional = {"key", "request_sha256"}
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        texts = [
            value
            for name, value in values.items()
            if name != "revision" and (value is not None or name not in optional)
        ]
        return type(self.revision) is int and all(isinstance(text, str) for text in texts)


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that can be kept: its texts, ready for the seal."""

    unplaced: SealedEntry

    def sealed_after(self, head: Head) -> tuple[SealedEntry, Entry]:
        """Return the row that follows the head, and the entry that it holds."""
        placed = replace(self.unplaced, revision=head.revision + 1, previous_hash=head.hash)
        sealed = replace(placed, hash=placed.digest())
        return sealed, _entry(sealed)


def sealed_after(head: Head, entries: Iterable[Checked]) -> Iterator[tuple[SealedEntry, Entry]]:
    """Yield the rows that follow the head one behind the other, and the entries that they hold."""
    for each in entries:
        sealed, made = each.sealed_after(head)
        head = Head(made.revision, made.hash)
        yield sealed, made


def checked(board: str, draft: Draft) -> Checked:
    """Check a draft for a board.

    Raises
    ------
    EntryInvalidError
        Something in it cannot be kept exactly.
    """
    _require_name("board", board)
    _require_name("actor", draft.actor)
    _require_key(draft)
    written = [{"data": dict(each.data), "type": each.type, "version": each.version} for each in draft.events]
    _require_events(draft.events)
    text = kept_exactly(written, ("events",), is_json=all(each.is_json for each in draft.events))
    return Checked(SealedEntry(board, 0, _moment(draft.at), draft.actor, draft.key, draft.request_sha256, text, ""))


def _entry(sealed: SealedEntry) -> Entry:
    return Entry(
        board=sealed.board,
        revision=sealed.revision,
        at=datetime.fromisoformat(sealed.at),
        actor=sealed.actor,
        key=sealed.key,
        request_sha256=sealed.request_sha256,
        events_text=sealed.events,
        previous_hash=sealed.previous_hash,
        hash=sealed.hash,
    )


def _quoted(text: str | None) -> str:
    return "null" if text is None else canonical(text)


def _moment(at: datetime) -> str:
    try:
        if at.utcoffset() is not None:
            return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except OverflowError:  # before the year 1 or after 9999 in UTC
        pass
    raise EntryInvalidError(
        f"the time of an entry has an offset and lies in the years 1 to 9999 of UTC, {at.isoformat()} does not",
        pointer="/at",
        value=at.isoformat(),
        advice="Maybe it is UTC: datetime(…, tzinfo=UTC).",
    )


def _require_name(what: str, name: str) -> None:
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise EntryInvalidError(
            f"the {what} of an entry is 1 to {MAX_NAME} printable characters, not {name[: MAX_NAME + 1]!a}",
            pointer=f"/{what}",
            value=name,
            advice="Maybe leave out line breaks and control characters, or shorten it.",
        )


def _require_key(draft: Draft) -> None:
    if draft.key is not None:
        _require_name("key", draft.key)
    digest = draft.request_sha256
    if (draft.key is None) != (digest is None) or (digest is not None and not _SHA256.fullmatch(digest)):
        raise EntryInvalidError(
            f"a key comes with the SHA-256 of its request in 64 lower-case hexadecimal digits, not with {digest!r}",
            pointer="/request_sha256",
            value=digest,
            advice="Maybe hashlib.sha256(body).hexdigest() is what is needed.",
        )


def _require_events(events: tuple[LoggedEvent, ...]) -> None:
    for place, event in enumerate(events):
        if not event.type or event.version < 1:
            raise EntryInvalidError(
                f"an event has a type and a version from 1 on, not {event.type!r} in version {event.version}",
                pointer=f"/events/{place}",
                advice="Maybe the event was made by hand.",
            )
