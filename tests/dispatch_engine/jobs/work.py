"""Work for processes: top-level functions, so that they can be pickled."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from decimal import Decimal

from dispatch_engine.errors import DocumentErrors, Fault
from dispatch_engine.planner.search import SearchState

Tell = Callable[[SearchState], None]
Asked = Callable[[], bool]


def nothing() -> None:
    """Get ready for nothing."""


def pid(tell: Tell, asked_to_stop: Asked) -> bytes:
    return str(os.getpid()).encode()


def until_stopped(tell: Tell, asked_to_stop: Asked) -> bytes:
    """Tell the process's id as progress, and go on until told to stop."""
    tell(SearchState(Decimal(1), 0, os.getpid(), 1.0))
    while not asked_to_stop():
        threading.Event().wait(0.01)
    return b"stopped"


def refused(tell: Tell, asked_to_stop: Asked) -> bytes:
    raise DocumentErrors((Fault("/calls/0", "wrong_type", "1", "rule", "Maybe."),), "the day")


def broken(tell: Tell, asked_to_stop: Asked) -> bytes:
    raise OSError("no such thing")
