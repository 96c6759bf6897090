import pytest

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.snapshots import STATE_VERSION, bytes_of
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.service import keeper as service_keeper
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.history import loaded
from dispatch_engine.service.keeper import SNAPSHOT_EVERY, Keeper
from dispatch_engine.service.requests import Request
from tests.dispatch_engine.board.histories import Clock, opened, send
from tests.dispatch_engine.planner.days import call, day, technician


def test_a_board_is_loaded_from_a_snapshot_and_what_came_after() -> None:
    log, clock = MemoryEventLog(), Clock()
    opened(log, clock)
    boards = Boards(log, clock)
    board, keeper = boards.board("north"), Keeper(boards)
    for number in range(SNAPSHOT_EVERY + 3):
        clock.move(0.02)
        send(board, type="report_position", technician="T-1", lat=1, lon=number / 1000)
        keeper.keep()
    snapshot = log.latest_snapshot("north", STATE_VERSION)
    assert snapshot is not None
    assert snapshot.revision == SNAPSHOT_EVERY < board.state.revision
    again = loaded(log, "north")
    assert again is not None
    assert bytes_of(again) == bytes_of(board.state)


def test_of_a_board_on_which_nothing_has_happened_no_snapshot_is_taken() -> None:
    log, clock = MemoryEventLog(), Clock()
    opened(log, clock)
    boards = Boards(log, clock)
    boards.load_all()
    Keeper(boards).keep()
    assert log.latest_snapshot("north", STATE_VERSION) is None


def test_boards_that_are_due_at_the_same_time_have_their_snapshots_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service_keeper, "SNAPSHOT_EVERY", 1)
    log, clock = MemoryEventLog(), Clock()
    boards = Boards(log, clock)
    for name in ("north", "south"):
        document = day([call()], [technician(f"T-{name}")])
        boards.open(name, Request((OpenBoard(type="open_board", document=document),), "somebody"))
    keeping = Keeper(boards)
    others = [keeping.keep() for _ in range(3)]
    kept = [log.latest_snapshot(name, STATE_VERSION) for name in ("north", "south")]
    assert others == [1, 0, 0]
    assert None not in kept
