"""Whatever is reported on a board, in whatever order: it stays plannable, and its log gives the same board again."""

import random
from datetime import timedelta

import pytest

from dispatch_engine.board.document import ProblemWriter, problem_of
from dispatch_engine.board.errors import CommandRefusedError
from dispatch_engine.board.snapshots import bytes_of, state_of
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.service.history import loaded
from dispatch_engine.service.live_board import LiveBoard
from tests.dispatch_engine.board.histories import Clock, drawn, opened, send

HISTORIES, STEPS = 10, 40


def played(seed: int) -> LiveBoard:
    """Return a board after a random history; it is a valid problem with a checked plan after each step.

    The problem that is written from step to step is the one that is written from scratch, and that of a revision is the
    one that its plan was made for, better plans of the background included.
    """
    chance, clock, writer = random.Random(seed), Clock(), ProblemWriter()
    board = opened(MemoryEventLog(), clock)
    for step in range(STEPS):
        clock.now += timedelta(seconds=chance.choice([0, 7, 300, 1500, 4000]))
        before = board.state
        try:
            send(board, **drawn(chance, before, clock.now))
        except (CommandRefusedError, DocumentErrors):
            assert board.state is before
        problem = problem_of(board.state)
        assert faults_of(problem) == ()
        assert writer.problem_of(board.state) == problem
        if step % 8 == 7:
            clock.now += timedelta(seconds=90)
            improve(board)
        state, running = board.snapshot_of_plan()
        assert problem_of(state.as_planned()) == running.problem
    return board


def improve(board: LiveBoard) -> None:
    better = board.planner.improve_by(board.snapshot_of_plan()[1], 60)
    if better is not None:
        board.publish_better(better)


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_replay_gives_the_same_board_to_the_byte(seed: int) -> None:
    board = played(seed)
    again = loaded(board.feed.log, board.name)
    assert again is not None
    assert bytes_of(again) == bytes_of(board.state)
    assert bytes_of(state_of(bytes_of(again))) == bytes_of(again)
