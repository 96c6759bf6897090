"""Snapshots of boards, taken beside the work: writing a whole board down takes longer than to decide on it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dispatch_engine.board.snapshots import STATE_VERSION, bytes_of
from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.entries import Snapshot
from dispatch_engine.service.background import Background

if TYPE_CHECKING:
    from dispatch_engine.service.boards import Boards
    from dispatch_engine.service.live_board import LiveBoard

SNAPSHOT_EVERY = 200
"""A snapshot is taken when so many entries have come since the last one: a replay reads few more besides it."""

LOOK_S = 1.0
"""So often it is looked how many have come."""

logger = logging.getLogger(__name__)


class Keeper(Background):
    """A thread that keeps snapshots of all boards in use."""

    def __init__(self, boards: Boards) -> None:
        super().__init__("keeper")
        self._boards = boards
        self._kept: dict[str, int] = {}

    def keep(self) -> None:
        """Take a snapshot of each board of which enough has happened."""
        for board in self._boards.loaded():
            try:
                self._keep(board)
            except DispatchError:
                logger.exception("a snapshot of a board was not kept", extra={"board": board.name})

    def _turn(self) -> float:
        self.keep()
        return LOOK_S

    def _keep(self, board: LiveBoard) -> None:
        latest = board.latest_entry()
        if latest is None:
            return
        state, hash_ = latest
        if state.revision - self._kept.get(board.name, 0) >= SNAPSHOT_EVERY:
            snapshot = Snapshot(state.revision, hash_, STATE_VERSION, bytes_of(state))
            self._boards.log.save_snapshot(board.name, snapshot)
            self._kept[board.name] = state.revision
