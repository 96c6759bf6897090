"""Telling listeners of a board that something was appended, with nothing lost between what they read and what comes."""

from __future__ import annotations

import threading
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog

KEPT = 500
"""So many of the latest entries are at hand without reading the log."""


class Feed:
    """The entries of one board for its listeners: a listener is woken, and reads on from where it was.

    Parameters
    ----------
    board, log
        Which board, and where its entries are kept.
    revision
        Up to there the entries are known already.
    """

    def __init__(self, board: str, log: EventLog, revision: int) -> None:
        self.board, self.log = board, log
        self.revision = revision
        """The latest one that is known here."""
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

    def publish(self, entries: Iterable[Entry]) -> None:
        """Tell of entries that are durable, in order; what has been told of before is told of once."""
        with self._lock:
            new = [entry for entry in entries if entry.revision > self.revision]
            if not new:
                return
            if new[0].revision > self.revision + 1:  # those between are for the log to tell
                self._latest.clear()
            self._latest.extend(new)
            self.revision = new[-1].revision
            listeners = tuple(self._listeners)
        for wake in listeners:
            wake()

    def look(self) -> None:
        """Tell of what other processes have appended."""
        if self.log.head(self.board).revision > self.revision:
            self.publish(self.log.read(self.board, self.revision))

    def at_hand(self, revision: int) -> list[Entry] | None:
        """Return the entries after a revision, in order; None where they are not all in memory."""
        with self._lock:
            if not self._latest or self._latest[0].revision > revision + 1:
                return None
            new = max(0, self._latest[-1].revision - revision)
            return list(islice(self._latest, max(0, len(self._latest) - new), None))

    def after(self, revision: int) -> Iterator[Entry]:
        """Return the entries after a revision, in order: from memory where they are at hand, else from the log."""
        at_hand = self.at_hand(revision)
        return self.log.read(self.board, revision) if at_hand is None else iter(at_hand)
