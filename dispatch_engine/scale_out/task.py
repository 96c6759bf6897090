"""A piece of work, and the wish that it ends early."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T_co = TypeVar("T_co", covariant=True)


class Task(Protocol[T_co]):
    """A piece of work that can be pickled, with its result.

    Done again it has to come to the same result: one whose process ended is begun anew.
    """

    def __call__(self, asked_to_stop: Callable[[], bool]) -> T_co | None:
        """Do it; None where it ended early because it was asked to."""


class StopFlag:
    """Whether somebody has asked to stop. A copy in another process never has: what is done there is told otherwise."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        """Return whether somebody has asked to stop."""
        return self._event.is_set()

    def ask(self) -> None:
        """Ask to stop."""
        self._event.set()

    def __reduce__(self) -> tuple[Any, ...]:
        """Have a copy that nobody asks."""
        return StopFlag, ()
