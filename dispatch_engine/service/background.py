"""Work that goes on in a thread of its own, turn by turn, until it is told to stop."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

AFTER_FAULT_S = 5.0
"""So long nothing is tried again after a turn that failed."""

logger = logging.getLogger(__name__)


class Background(ABC):
    """A thread that takes turns; one that fails is logged, and the next one comes all the same."""

    def __init__(self, name: str) -> None:
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for the turn that is under way."""
        self._stopping.set()
        self._thread.join()

    @abstractmethod
    def _turn(self) -> float:
        """Do some work; returns the seconds until the next turn."""

    def _run(self) -> None:
        wait_s = 0.0
        while not self._stopping.wait(wait_s):
            try:
                wait_s = self._turn()
            except Exception:  # whatever it was: without the thread no board would be looked after any more
                logger.exception("work in the background failed", extra={"work": self._thread.name})
                wait_s = AFTER_FAULT_S
