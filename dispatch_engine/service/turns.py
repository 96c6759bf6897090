"""Turns: the threads that wait while one is served are served together by the next one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager


class Waiting(Protocol):
    """What waits to be served."""

    @property
    def is_done(self) -> bool:
        """Whether it has been served, well or not."""


W = TypeVar("W", bound=Waiting)


class Turns(Generic[W]):
    """A queue in front of something that one thread at a time may use.

    Parameters
    ----------
    turn
        Held by the thread whose turn it is.
    serve
        Serves all who wait, in the order in which they came; each of them is done after it.
    """

    def __init__(self, turn: AbstractContextManager[object], serve: Callable[[Sequence[W]], None]) -> None:
        self._turn, self._serve = turn, serve
        self._lock = threading.Lock()
        self._waiting: list[W] = []

    def take(self, one: W) -> None:
        """Wait until somebody has served ``one``, this thread at the latest."""
        with self._lock:
            self._waiting.append(one)
        with self._turn:
            if not one.is_done:
                self._serve(self._taken())

    def _taken(self) -> list[W]:
        with self._lock:
            taken, self._waiting = self._waiting, []
        return taken
