"""Tasks: top-level classes, so that they can be pickled."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dispatch_engine.errors import FileMissingError

Asked = Callable[[], bool]


def nothing() -> None:
    """Get ready for nothing."""


@dataclass(frozen=True)
class Square:
    number: int

    def __call__(self, asked_to_stop: Asked) -> int:
        return self.number**2


@dataclass(frozen=True)
class Waiting:
    """Says that it has begun, and waits until it is asked to stop."""

    begun: Path

    def __call__(self, asked_to_stop: Asked) -> int | None:
        self.begun.touch()
        while not asked_to_stop():
            threading.Event().wait(0.01)
        return None


@dataclass(frozen=True)
class Dying:
    """Ends its process so many times, counted by files in a folder, then does its work."""

    folder: Path
    times: int
    number: int

    def __call__(self, asked_to_stop: Asked) -> int:
        before = len(list(self.folder.iterdir()))
        if before < self.times:
            (self.folder / str(before)).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self.number**2


class Refusing:
    def __call__(self, asked_to_stop: Asked) -> int:
        raise FileMissingError("there is no file")


class Broken:
    def __call__(self, asked_to_stop: Asked) -> int:
        raise ZeroDivisionError("a fault of the program")
