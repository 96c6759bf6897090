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


class _Place(Generic[W]):
    """A place in the queue, and the thread that sleeps there until it is called."""

    def __init__(self, one: W) -> None:
        self.one = one
        self._gate = threading.Lock()
        self._gate.acquire()

    def sleep(self) -> None:
        self._gate.acquire()

    def call(self) -> None:
        self._gate.release()


class Turns(Generic[W]):
    """A queue in front of something that one thread at a time may use.

    Of all who wait one thread asks for the turn. The others sleep until they are served, or until it is for them to
    ask, so that nobody has to be woken to find that there is nothing left to do.

    Parameters
    ----------
    turn
        Held by the thread whose turn it is.
    serve
        Gets what takes all who wait out of the queue, in the order in which they came, and serves them; each of them is
        done after it. It does so as late as it can, so that whoever comes until then is served with the others.
    """

    def __init__(
        self, turn: AbstractContextManager[object], serve: Callable[[Callable[[], Sequence[W]]], None]
    ) -> None:
        self._turn, self._serve = turn, serve
        self._lock = threading.Lock()
        self._waiting: list[_Place[W]] = []
        self._is_led = False

    def take(self, one: W) -> None:
        """Wait until somebody has served ``one``, this thread at the latest."""
        place = _Place(one)
        with self._lock:
            self._waiting.append(place)
            follows, self._is_led = self._is_led, True
        if follows:
            place.sleep()
        if not one.is_done:
            self._lead(place)

    def _lead(self, place: _Place[W]) -> None:
        """Serve all who wait, and have the first of those who come meanwhile lead next."""
        served: list[_Place[W]] = []

        def taken() -> list[W]:
            with self._lock:
                new, self._waiting = self._waiting, []
            served.extend(new)
            return [each.one for each in new]

        try:
            with self._turn:
                self._serve(taken)
        finally:
            self._go(place, served)

    def _go(self, leader: _Place[W], served: Sequence[_Place[W]]) -> None:
        with self._lock:
            self._waiting = [each for each in self._waiting if each is not leader]  # it is where the turn did not come
            following = self._waiting[:1]
            self._is_led = bool(following)
        for each in (*following, *served):
            if each is not leader:
                each.call()
