"""Better plans in the background: while a board is quiet its plan is searched on, until that pays no more."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dispatch_engine.errors import DispatchError
from dispatch_engine.service.background import Background

if TYPE_CHECKING:
    from dispatch_engine.service.boards import Boards
    from dispatch_engine.service.live_board import LiveBoard

SLICE_S = 1.0
"""A search is as short as this at first, so that what it finds does not come too late."""

LONGEST_SLICE_S = 16.0
"""Slices double while nothing is found; after one of this length the plan is left alone until something happens."""

IDLE_S = 0.2
"""So often it is looked whether something has happened."""

logger = logging.getLogger(__name__)


class Improver(Background):
    """One thread that improves the plans of all boards in use, one after the other.

    Of several processes that serve the same board one improves it; another takes over when that one ends.
    """

    def __init__(self, boards: Boards) -> None:
        super().__init__("improver")
        self._boards = boards
        self._next_slice_s: dict[str, float] = {}
        self._seen: dict[str, int] = {}

    def _turn(self) -> float:
        """Search on every board for a slice."""
        worked = [self._work(board) for board in self._boards.loaded() if board.is_open]
        return 0.0 if any(worked) else IDLE_S

    def _work(self, board: LiveBoard) -> bool:
        """Search on a board for one slice; returns whether there was anything to do."""
        revision = board.state.revision
        if self._seen.get(board.name) != revision:
            self._next_slice_s[board.name] = SLICE_S
        seconds = self._next_slice_s[board.name]
        if seconds > LONGEST_SLICE_S or self._stopping.is_set():
            return False
        try:
            with self._boards.log.lead(board.name, "improver") as is_leader:
                if not is_leader:
                    return False
                self._improve(board, seconds)
        except DispatchError:
            logger.exception("improving a plan failed", extra={"board": board.name})
            self._next_slice_s[board.name] = 2 * LONGEST_SLICE_S
        return True

    def _is_stopped(self) -> bool:
        """Let commands go before, then tell whether the search is to end."""
        self._boards.way.give_way()
        return self._stopping.is_set()

    def _improve(self, board: LiveBoard, seconds: float) -> None:
        state, running = board.snapshot_of_plan()
        self._seen[board.name] = state.revision
        better = board.planner.improve(running, self._is_stopped, seconds)
        if better is not None:
            self._boards.way.give_way()
        if better is not None and board.publish_better(better):
            self._seen[board.name] = board.state.revision
            self._next_slice_s[board.name] = SLICE_S
        else:
            self._next_slice_s[board.name] = 2 * seconds
