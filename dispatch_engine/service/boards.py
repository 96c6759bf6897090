"""All boards of a log, each loaded when it is first asked for."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.board.errors import BoardNotOpenError, EventBrokenError, EventUnknownError
from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.errors import LogTamperedError
from dispatch_engine.service.crews import Crews
from dispatch_engine.service.live_board import LiveBoard
from dispatch_engine.service.right_of_way import RightOfWay

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from datetime import datetime

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.planner.live import LivePlanner
    from dispatch_engine.service.requests import Accepted, Request

logger = logging.getLogger(__name__)


def planner_of(state: BoardState) -> LivePlanner:
    """Return the planner of a board, with the travel times that its document names."""
    from dispatch_engine.planner.live import LivePlanner
    from dispatch_engine.planner.options import PlanOptions, effective_options
    from dispatch_engine.travel.open import open_travel

    options = effective_options(PlanOptions(), state.setup.policy)
    return LivePlanner(open_travel(state.setup.travel, Path.cwd()), options)


class Boards:
    """The boards of a log.

    Parameters
    ----------
    log
        Where they are kept.
    clock
        The present moment.
    planner
        Makes the planner of a board.
    share
        The names of the boards that this process looks after; None: all.
    taken_up
        Told of each of those that comes into use.
    """

    def __init__(
        self,
        log: EventLog,
        clock: Callable[[], datetime],
        planner: Callable[[BoardState], LivePlanner] = planner_of,
        share: Container[str] | None = None,
        taken_up: Callable[[LiveBoard], None] | None = None,
    ) -> None:
        self.log, self.way = log, RightOfWay()
        self._share, self._taken_up = share, taken_up
        self._clock, self._planner = clock, planner
        self._crews = Crews(log, self._others)
        self._lock = threading.Lock()
        self._boards: dict[str, LiveBoard] = {}

    def names(self) -> list[str]:
        """Return the ids of all boards."""
        return self.log.boards()

    def board(self, name: str) -> LiveBoard:
        """Return a board that is open.

        Raises
        ------
        BoardNotOpenError
        """
        found = self._board(name)
        if found.is_open:
            return found
        self._forget_unless_open(found)
        raise BoardNotOpenError

    def open(self, name: str, request: Request) -> Accepted:
        """Begin a board with the first command of a request.

        Raises
        ------
        BoardExistsError, DocumentErrors
        """
        found = self._board(name)
        try:
            return found.accept(request)
        finally:
            self._forget_unless_open(found)

    def load_all(self) -> None:
        """Take the boards of the share into use, such as after a restart.

        One that cannot be read is logged and left alone.
        """
        for name in filter(self._is_own, self.names()):
            try:
                self._board(name)
            except DispatchError:
                logger.exception("a board cannot be read", extra={"board": name})

    def loaded(self) -> list[LiveBoard]:
        """Return the boards of the share that are in use in this process."""
        with self._lock:
            return [board for name, board in self._boards.items() if self._is_own(name)]

    def known(self, name: str) -> LiveBoard | None:
        """Return a board if it is in use in this process; does not wait for one that is being loaded."""
        return self._boards.get(name)

    def _others(self, name: str) -> Iterator[tuple[str, BoardState]]:
        """Yield all boards but one, as they are; one that cannot be read is served to nobody."""
        for other in self.names():
            if other == name:
                continue
            try:
                board = self._board(other)
                board.catch_up()
            except (EventBrokenError, EventUnknownError, LogTamperedError):
                logger.exception("a board cannot be read", extra={"board": other})
            else:
                yield other, board.state

    def _forget_unless_open(self, board: LiveBoard) -> None:
        """Keep nothing of a name that was only tried, nor of a document that could not be planned."""
        with self._lock:
            if not board.is_open and self._boards.get(board.name) is board:
                del self._boards[board.name]

    def _board(self, name: str) -> LiveBoard:
        with self._lock:
            if name not in self._boards:
                board = LiveBoard(name, self.log, self._planner, self._clock, self._crews, self.way)
                if self._taken_up is not None and self._is_own(name):
                    self._taken_up(board)
                self._boards[name] = board
            return self._boards[name]

    def _is_own(self, name: str) -> bool:
        return self._share is None or name in self._share
