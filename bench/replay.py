"""A day on which requests come in, replayed on a live board: the ordinary board with a log in memory.

Time is the instance's, not the wall's: between two releases the crew does what the plan says, then the releases are
reported, and the plan is repaired and searched on for a fixed number of iterations, during which no time passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.crew import Crew
from bench.families.documents import ORIGIN
from bench.families.trsp_document import trsp_call
from bench.families.trsp_dynamic import UNITS
from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.reading import command_of
from dispatch_engine.board.rules import BoardRules
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.planner.live import LivePlanner
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.requests import Request
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.families.trsp_drive import Drive
    from bench.families.trsp_dynamic import ComingIn
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.service.live_board import LiveBoard

BOARD = "replay"
BEFORE = timedelta(hours=1)
"""The board is opened so long before the day."""
EVER = timedelta(days=365)
RULES = BoardRules.model_validate({"freeze_horizon": 0, "least_gain": "0.01", "oldest_report": EVER})
"""Nothing is frozen but who is under way, which is the authors' rule."""


@dataclass(frozen=True)
class Effort:
    """Iterations of the search: before the day, and behind each moment at which requests come in."""

    first: int
    each: int


EFFORT = Effort(first=25_000, each=5_000)


@dataclass(frozen=True)
class Replayed:
    """What came of a day."""

    drives: tuple[Drive, ...]
    revisions: int
    better: int
    """Plans of the background that were published."""
    iterations: int


def replayed(instance: ComingIn, effort: Effort, seed: int) -> Replayed:
    """Replay an instance; the same seed gives the same day."""
    return _Replay(instance, effort, seed).played()


def _planner(state: BoardState, seed: int) -> LivePlanner:
    options = effective_options(PlanOptions(seed=seed), state.setup.policy)
    return LivePlanner(open_travel(state.setup.travel, Path.cwd()), options)


class _Replay:
    def __init__(self, instance: ComingIn, effort: Effort, seed: int) -> None:
        self.instance, self.effort = instance, effort
        self.now = ORIGIN - BEFORE
        boards = Boards(MemoryEventLog(), lambda: self.now, partial(_planner, seed=seed))
        opening = OpenBoard(type="open_board", document=instance.document(), rules=RULES)
        boards.open(BOARD, Request((opening,), "replay"))
        self.board: LiveBoard = boards.board(BOARD)
        self.crew = Crew(instance.file, UNITS)
        self.better = self.iterations = 0

    def played(self) -> Replayed:
        self._improve(self.effort.first)
        for unit in sorted({at for at in self.instance.releases.values() if at is not None}):
            at = ORIGIN + timedelta(seconds=UNITS * unit)
            reports = self.crew.until(at, self.board.state)
            self._tell(at, [*reports, *self._calls(unit)])
            self._improve(self.effort.each)
        self._tell(ORIGIN + EVER / 2, self.crew.until(ORIGIN + EVER / 2, self.board.state))
        return Replayed(tuple(self.crew.drives), self.board.state.revision, self.better, self.iterations)

    def _calls(self, unit: int) -> list[dict[str, Any]]:
        known = (node for node, at in self.instance.releases.items() if at == unit)
        return [{"type": "create_call", "call": trsp_call(self.instance.file, node, UNITS)} for node in known]

    def _tell(self, at: datetime, commands: Sequence[dict[str, Any]]) -> None:
        self.now = at
        if commands:
            self.board.accept(Request([command_of(each) for each in commands], "replay"))

    def _improve(self, iterations: int) -> None:
        """Do what the background does on a quiet board, for so many iterations."""
        _, running = self.board.snapshot_of_plan()
        better = self.board.planner.improve_by(running, iterations)
        self.iterations += iterations
        self.better += better is not None and self.board.publish_better(better)
