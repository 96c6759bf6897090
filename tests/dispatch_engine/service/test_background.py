from threading import Event

import pytest

from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.service import background
from dispatch_engine.service.background import Background
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.improver import Improver
from dispatch_engine.service.ticker import tick
from tests.dispatch_engine.board.histories import Clock, opened

LONG_S = 60


class Stumbling(Background):
    """Fails at its first turn, and tells of its third."""

    def __init__(self) -> None:
        super().__init__("stumbling")
        self.turns, self.went_on = 0, Event()

    def _turn(self) -> float:
        self.turns += 1
        if self.turns == 1:
            raise ValueError("a turn that fails")
        if self.turns == 3:
            self.went_on.set()
        return 0.0


def test_a_turn_that_fails_is_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "AFTER_FAULT_S", 0.0)
    work = Stumbling()
    work.start()
    assert work.went_on.wait(LONG_S)
    work.stop()


def test_after_a_restart_time_passes_on_boards_that_nobody_has_asked_for() -> None:
    log, clock = MemoryEventLog(), Clock()
    opened(log, clock)
    boards = Boards(log, clock)
    assert boards.loaded() == []
    boards.load_all()
    clock.move(30)
    tick(boards)
    assert boards.board("north").state.now == clock.now


def test_of_two_processes_one_lets_time_pass() -> None:
    log, clock = MemoryEventLog(), Clock()
    opened(log, clock)
    boards = Boards(log, clock)
    boards.load_all()
    with log.lead("north", "clock") as is_leader:
        assert is_leader
        tick(boards)
        assert boards.board("north").state.revision == 1
    tick(boards)
    assert boards.board("north").state.revision == 2


def test_a_board_that_is_quiet_gets_a_better_plan_where_there_is_one() -> None:
    log, clock = MemoryEventLog(), Clock()
    board = opened(log, clock)
    boards = Boards(log, clock)
    boards.load_all()
    improver, before = Improver(boards), board.state.plan.cost.total
    improver.start()
    improver.stop()
    board.catch_up()
    assert board.state.plan.cost.total <= before
