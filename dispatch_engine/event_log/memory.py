"""A log in memory: for tests and trials, gone with the process."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dispatch_engine.event_log.chain import opened, verified
from dispatch_engine.event_log.entries import GENESIS_HASH, NO_HEAD, Head
from dispatch_engine.event_log.errors import (
    BoardUnknownError,
    KeyReusedError,
    RevisionConflictError,
    SnapshotUnfitError,
)
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.sealing import checked, sealed_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dispatch_engine.event_log.entries import Draft, Entry, Snapshot
    from dispatch_engine.event_log.sealing import Checked, SealedEntry


class MemoryEventLog:
    """Keeps rows as a database would, so that what is read is what a database would give back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, list[SealedEntry]] = {}
        self._revision_of_key: dict[tuple[str, str], int] = {}
        self._snapshots: dict[tuple[str, int], Snapshot] = {}
        self._leaders: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    def append(self, board: str, expected_revision: int, draft: Draft) -> Entry:
        """Append an entry; see ``EventLog``."""
        entry = checked(board, draft)
        with self._lock:
            earlier = self._answered(board, draft)
            return earlier or self._appended(board, expected_revision, [entry])[0]

    def append_all(
        self,
        board: str,
        expected_revision: int,
        drafts: Sequence[Draft],
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        """Append entries; see ``EventLog``."""
        entries = [checked(board, draft) for draft in drafts]
        before_waiting()
        with self._lock:
            return self._appended(board, expected_revision, entries)

    def entry_of_key(self, board: str, key: str) -> Entry | None:
        """Return the entry that a request with this key became."""
        revision = self._revision_of_key.get((board, key))
        return None if revision is None else self._rows[board][revision - 1].opened()

    def head(self, board: str) -> Head:
        """Return the latest revision and its hash."""
        with self._lock:
            return self._head(board)

    def read(self, board: str, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """Read entries in order."""
        with self._lock:
            rows = self._rows.get(board, [])[after:upto]
        return opened(board, rows, after, GENESIS_HASH if after == 0 else None)

    def boards(self) -> list[str]:
        """Return the boards that have entries."""
        with self._lock:
            return sorted(self._rows)

    def save_snapshot(self, board: str, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of an earlier one of the same version."""
        with self._lock:
            row = next(iter(self._rows.get(board, [])[snapshot.revision - 1 : snapshot.revision]), None)
            if row is None or row.hash != snapshot.hash:
                raise SnapshotUnfitError(board, snapshot.revision)
            kept = self._snapshots.get((board, snapshot.version))
            if kept is None or kept.revision <= snapshot.revision:
                self._snapshots[board, snapshot.version] = snapshot

    def latest_snapshot(self, board: str, version: int) -> Snapshot | None:
        """Return the newest snapshot of this version of the state."""
        with self._lock:
            return self._snapshots.get((board, version))

    def verify(self, board: str) -> Head:
        """Read everything that is kept of a board."""
        with self._lock:
            if board not in self._rows:
                raise BoardUnknownError(board, sorted(self._rows))
            rows, head = list(self._rows[board]), self._head(board)
        return verified(board, rows, head)

    @contextmanager
    def lead(self, board: str, purpose: str) -> Iterator[bool]:
        """Try to become the only one of this process who does something for a board."""
        with self._lock:
            leader = self._leaders[board, purpose]
        granted = leader.acquire(blocking=False)
        try:
            yield granted
        finally:
            if granted:
                leader.release()

    def close(self) -> None:
        """Do nothing: what is in memory goes with the process."""

    def _head(self, board: str) -> Head:
        rows = self._rows.get(board)
        return Head(rows[-1].revision, rows[-1].hash) if rows else NO_HEAD

    def _appended(self, board: str, expected: int, entries: Sequence[Checked]) -> list[Entry]:
        head = self._head(board)
        if head.revision != expected:
            raise RevisionConflictError(board, expected, head.revision)
        used = (self._revision_of_key.get((board, each.unplaced.key or "")) for each in entries)
        for each, revision in zip(entries, used, strict=True):
            if revision is not None:
                raise KeyReusedError(board, each.unplaced.key or "", revision)
        made = []
        for sealed, entry in sealed_after(head, entries):
            self._rows.setdefault(board, []).append(sealed)
            if entry.key is not None:
                self._revision_of_key[board, entry.key] = entry.revision
            made.append(entry)
        return made

    def _answered(self, board: str, draft: Draft) -> Entry | None:
        if draft.key is None:
            return None
        earlier = self.entry_of_key(board, draft.key)
        if earlier is not None and earlier.request_sha256 != draft.request_sha256:
            raise KeyReusedError(board, draft.key, earlier.revision)
        return earlier
