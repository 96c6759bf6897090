"""Who decides on a command goes first, and one after the other: work that can wait stands aside meanwhile.

Threads of one process take turns at Python's interpreter. A search in the background does not hold it for long, but a
command asks for it again dozens of times. Several commands that are planned at once take it from each other all the
time, so that together they need twice the time that they need one after the other.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_S = 0.1
"""So long it is waited at most, so that the search gets on where commands come without a pause."""

TURN_S = 1.0
"""So long a command waits for its turn at most: who asks another server for travel times holds nobody up for longer."""


class RightOfWay:
    """Tells who can wait whether anybody is deciding; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._deciding = 0
        self._is_clear = threading.Event()
        self._is_clear.set()
        self._turn = threading.Lock()

    @contextmanager
    def turn(self, longest_s: float = TURN_S) -> Iterator[None]:
        """Plan within the block while nobody else does, unless that takes too long."""
        is_alone = self._turn.acquire(timeout=longest_s)
        try:
            yield
        finally:
            if is_alone:
                self._turn.release()

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
                    self._is_clear.set()

    def give_way(self, longest_s: float = LONGEST_S) -> None:
        """Wait while anybody goes before, but not for longer than that."""
        self._is_clear.wait(longest_s)
