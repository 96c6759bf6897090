"""Snapshots of boards, taken beside the work: writing a whole board down takes longer than to decide on it."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import TYPE_CHECKING

from dispatch_engine.board.snapshots import STATE_VERSION, StateWriter
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

APART_S = 0.2
"""So long after a snapshot the next one is taken: boards that are equally busy are due at the same time, and commands
would wait for all of them."""

logger = logging.getLogger(__name__)


class Keeper(Background):
    """A thread that keeps snapshots of all boards in use."""

    def __init__(self, boards: Boards) -> None:
        super().__init__("keeper")
        self._boards = boards
        self._kept: dict[str, int] = {}
        self._writers: defaultdict[str, StateWriter] = defaultdict(StateWriter)

    def keep(self) -> int:
        """Take a snapshot of the first board of which enough has happened; return of how many others it has."""
        due = [board for board in self._boards.loaded() if self._is_due(board)]
        for board in due[:1]:
            try:
                self._keep(board)
            except DispatchError:
                logger.exception("a snapshot of a board was not kept", extra={"board": board.name})
        return max(0, len(due) - 1)

    def _turn(self) -> float:
        return APART_S if self.keep() else LOOK_S

    def _is_due(self, board: LiveBoard) -> bool:
        latest = board.latest_entry()
        return latest is not None and latest[0].revision - self._kept.get(board.name, 0) >= SNAPSHOT_EVERY

    def _keep(self, board: LiveBoard) -> None:
        latest = board.latest_entry()
        assert latest is not None  # else it is not due
        state, hash_ = latest
        self._kept[board.name] = state.revision  # if it fails, others come before it is tried again
        snapshot = Snapshot(state.revision, hash_, STATE_VERSION, self._writers[board.name].bytes_of(state))
        self._boards.log.save_snapshot(board.name, snapshot)
