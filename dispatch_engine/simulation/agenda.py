"""What is due when: the virtual clock goes from one moment to the next, and nobody waits."""

from __future__ import annotations

import heapq
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from dispatch_engine.board.commands import Command

    Action: TypeAlias = Callable[[datetime], Iterable[Command]]
    """Lets something happen at a moment, and returns what is reported of it."""


class Agenda:
    """Actions by time; those of one moment in the order in which they were entered."""

    def __init__(self) -> None:
        self._due: list[tuple[datetime, int, Action]] = []
        self._numbers = count()

    def enter(self, at: datetime, action: Action) -> None:
        """Have something happen at a moment."""
        heapq.heappush(self._due, (at, next(self._numbers), action))

    @property
    def next_at(self) -> datetime | None:
        """The next moment at which anything is due; None: nothing is left."""
        return self._due[0][0] if self._due else None

    def take(self, now: datetime) -> list[Action]:
        """Return what is due by a moment, in order, and strike it off."""
        taken = []
        while self._due and self._due[0][0] <= now:
            taken.append(heapq.heappop(self._due)[2])
        return taken
