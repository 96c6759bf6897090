"""A board without a plan: the ordinary rules and fold, for policies that decide in another way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.errors import BoardNotOpenError
from dispatch_engine.board.evolve import evolved, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.simulation.policies.policy import Planned


class PlainBoard:
    """Knows what has happened, and plans nothing."""

    def __init__(self) -> None:
        self._state: BoardState | None = None

    @property
    def state(self) -> BoardState:
        """The board as it is now.

        Raises
        ------
        BoardNotOpenError
        """
        if self._state is None:
            raise BoardNotOpenError
        return self._state

    def open(self, document: ProblemDocument, now: datetime) -> None:
        """Begin with a document."""
        self._state = None
        self.tell((OpenBoard(type="open_board", document=document),), now)

    def tell(self, commands: Sequence[Command], now: datetime) -> None:
        """Fold what comes of the commands.

        Raises
        ------
        CommandRefusedError, DocumentErrors
            The board cannot do one of them; those before it are done.
        """
        for command in commands:
            state = evolved(self._state, decide(self._state, command, now))
            assert state is not None  # a board begins with its opening
            self._state = recorded(state, state.revision + 1, now)

    def pass_time(self, now: datetime) -> None:
        """Do nothing: no rule looks at the clock."""

    def planned(self) -> Mapping[str, Planned]:
        """Return nothing: nobody knows ahead who will be free."""
        return {}

    def promise(self, calls: Sequence[str], now: datetime) -> None:
        """Do nothing: what customers are told changes no rule."""
