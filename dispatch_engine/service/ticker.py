"""The clock as a source of events: time passes on every board, so that late starts are noticed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import PassTime
from dispatch_engine.errors import DispatchError
from dispatch_engine.service.background import Background
from dispatch_engine.service.requests import Request

if TYPE_CHECKING:
    from dispatch_engine.service.boards import Boards

CLOCK = "clock"
"""The actor of entries of the clock."""

logger = logging.getLogger(__name__)


class Ticker(Background):
    """A thread that lets time pass on all boards in use, every so many seconds."""

    def __init__(self, boards: Boards, every_s: float = 30.0) -> None:
        super().__init__("ticker")
        self._boards, self._every_s = boards, every_s

    def _turn(self) -> float:
        """Let time pass once."""
        tick(self._boards)
        return self._every_s


def tick(boards: Boards) -> None:
    """Let time pass on all boards in use, commands going before; of several processes one does it."""
    for board in boards.loaded():
        if not board.is_open:
            continue
        boards.way.give_way()
        try:
            with boards.log.lead(board.name, CLOCK) as is_leader:
                if is_leader:
                    board.accept(Request((PassTime(type="pass_time"),), CLOCK))
        except DispatchError:
            logger.exception("the clock of a board failed", extra={"board": board.name})
