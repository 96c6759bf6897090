"""Who decides on a command goes first, and one after the other: work that can wait stands aside meanwhile.

Threads of one process take turns at Python's interpreter. A search in the background does not hold it for long, but a
command asks for it again dozens of times. Several commands that are planned at once take it from each other all the
time, so that together they need twice the time that they need one after the other.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dispatch_engine.clock import Stopwatch
from dispatch_engine.service.first_come import FirstComeLock

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_S = 0.25
"""So long it is waited at most, so that the search gets on where commands come without a pause."""

PAUSE_S = 0.05
"""So long nobody may have decided before it is a pause: where commands come in numbers the next one is about to
come, and a search that has begun a slice takes a core from it."""

TURN_S = 1.0
"""So long a command waits for its turn at most: who asks another server for travel times holds nobody up for longer."""


class Turn:
    """A turn that can be ended early, while what was planned is written down, and begun anew.

    Parameters
    ----------
    lock
        Held during a turn.
    longest_s
        So long it is waited for.
    """

    def __init__(self, lock: FirstComeLock, longest_s: float) -> None:
        self._lock, self._longest_s = lock, longest_s
        self._is_begun = self._is_held = False

    def begin(self) -> None:
        """Wait for the turn, unless it has begun."""
        if not self._is_begun:
            self._is_held = self._lock.acquire(self._longest_s)
            self._is_begun = True

    def end(self) -> None:
        """Let the next one have a turn."""
        is_held, self._is_begun, self._is_held = self._is_held, False, False
        if is_held:
            self._lock.release()


class RightOfWay:
    """Tells who can wait whether anybody is deciding; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deciding = 0
        self._is_clear = threading.Event()
        self._is_clear.set()
        self._turn = FirstComeLock()
        self._watch = Stopwatch()
        self._decided_s = -PAUSE_S
        """When the last one had decided."""

    @contextmanager
    def turn(self, longest_s: float = TURN_S) -> Iterator[Turn]:
        """Plan within the block while nobody else does, unless that takes too long."""
        turn = Turn(self._turn, longest_s)
        turn.begin()
        try:
            yield turn
        finally:
            turn.end()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Go before others until the block ends."""
        with self._lock:
            self._deciding += 1
            self._is_clear.clear()
        try:
            yield
        finally:
            with self._lock:
                self._deciding -= 1
                if not self._deciding:
                    self._decided_s = self._watch.elapsed_s
                    self._is_clear.set()

    def give_way(self, longest_s: float = LONGEST_S) -> None:
        """Wait while anybody goes before or has just done so, but not for longer than that."""
        until_s = self._watch.elapsed_s + longest_s
        while self._is_clear.wait(max(0.0, until_s - self._watch.elapsed_s)):
            now_s = self._watch.elapsed_s
            rest_s = min(self._decided_s + PAUSE_S, until_s) - now_s
            if rest_s <= 0:
                return
            time.sleep(rest_s)
