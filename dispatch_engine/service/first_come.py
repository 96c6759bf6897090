"""A lock that is handed to who has waited the longest.

A thread that lets go of an ordinary lock and asks again often has it before those who wait have woken up.
"""

from __future__ import annotations

import threading
from collections import deque


class FirstComeLock:
    """Held by one thread at a time, first come, first served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_held = False
        self._waiting: deque[threading.Lock] = deque()
        """A lock for each thread that waits, opened when it is its turn."""

    def acquire(self, longest_s: float) -> bool:
        """Wait for the lock, but not for longer than that; return whether it is held now."""
        with self._lock:
            if not self._is_held:
                self._is_held = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        return gate.acquire(timeout=longest_s) or self._was_handed_over(gate)

    def release(self) -> None:
        """Hand the lock to the next one."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False

    def _was_handed_over(self, gate: threading.Lock) -> bool:
        """Leave the queue; return whether the lock came in the very moment in which the time was up."""
        with self._lock:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True
