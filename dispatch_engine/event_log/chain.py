"""Reading a chain of entries: every seal is checked, and that each entry follows the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.event_log.entries import NO_HEAD, Head
from dispatch_engine.event_log.errors import LogTamperedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.sealing import SealedEntry


def opened(board: str, rows: Iterable[SealedEntry], before: int, before_hash: str | None) -> Iterator[Entry]:
    """Open rows in order.

    Parameters
    ----------
    rows
        The rows after revision ``before``.
    before_hash
        Hash of revision ``before``; None where it is not known.

    Raises
    ------
    LogTamperedError
        At the first row that is changed, or that does not follow the one before.
    """
    for row in rows:
        if row.revision != before + 1:
            raise LogTamperedError(board, before + 1, f"the next entry is revision {row.revision!r}")
        entry = row.opened()
        if before_hash is not None and entry.previous_hash != before_hash:
            raise LogTamperedError(board, entry.revision, "it does not follow the entry before it")
        before, before_hash = entry.revision, entry.hash
        yield entry


def verified(board: str, rows: Iterable[SealedEntry], head: Head) -> Head:
    """Return the head after reading all entries of a board up to it.

    Raises
    ------
    LogTamperedError
        Naming the first revision that is not as it was written.
    """
    if type(head.revision) is not int or type(head.hash) is not str:
        raise LogTamperedError(board, 0, f"the board is said to be at revision {head.revision!r}, hash {head.hash!r}")
    last = NO_HEAD
    for entry in opened(board, rows, last.revision, last.hash):
        last = Head(entry.revision, entry.hash)
        if last.revision > head.revision:
            raise LogTamperedError(board, last.revision, f"the board is said to be at revision {head.revision}")
    if last.revision < head.revision:
        raise LogTamperedError(board, last.revision + 1, f"it is missing; the board is at revision {head.revision}")
    if last != head:
        raise LogTamperedError(board, last.revision, "it does not have the hash that the board is said to have")
    return head
