"""Telling listeners of a board that something was appended, with nothing lost between what they read and what comes."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog

KEPT = 500
"""So many of the latest entries are at hand without reading the log."""


class Feed:
    """The entries of one board for its listeners: a listener is woken, and reads on from where it was."""

    def __init__(self, board: str, log: EventLog) -> None:
        self.board, self.log = board, log
        self._lock = threading.Lock()
        self._latest: deque[Entry] = deque(maxlen=KEPT)
        self._listeners: set[Callable[[], None]] = set()

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call ``wake``, from any thread, whenever something was appended; returns what ends that."""
        with self._lock:
            self._listeners.add(wake)

        def end() -> None:
            with self._lock:
                self._listeners.discard(wake)

        return end

    def publish(self, entry: Entry) -> None:
        """Tell of an entry that is durable."""
        with self._lock:
            self._latest.append(entry)
            listeners = tuple(self._listeners)
        for wake in listeners:
            wake()

    def after(self, revision: int) -> Iterator[Entry]:
        """Return the entries after a revision, in order: from memory where they are at hand, else from the log."""
        with self._lock:
            latest = list(self._latest)
        if latest and latest[0].revision <= revision + 1:
            return (entry for entry in latest if entry.revision > revision)
        return self.log.read(self.board, revision)
