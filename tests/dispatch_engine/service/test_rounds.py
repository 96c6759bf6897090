"""Requests that wait for a board at the same time are planned and kept together, each as its own revision."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from dispatch_engine.board.document import problem_of
from dispatch_engine.board.errors import CallNotThereError
from dispatch_engine.board.reading import command_of
from dispatch_engine.board.snapshots import bytes_of
from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.entries import Draft, Entry
from dispatch_engine.event_log.errors import DatabaseUnwritableError, KeyReusedError, RevisionConflictError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.planner.live import LivePlanner, RunningPlan
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.errors import AssignmentRefusedError
from dispatch_engine.service.history import loaded
from dispatch_engine.service.live_board import LiveBoard
from dispatch_engine.service.requests import Accepted, Request
from dispatch_engine.travel.errors import TravelError
from tests.dispatch_engine.board.histories import Clock, opened, send
from tests.dispatch_engine.planner.days import call


def asked(command: Mapping[str, object], key: str | None = None, revision: int | None = None) -> Request:
    return Request((command_of(command),), "somebody", key, None if key is None else "a" * 64, revision)


def created(name: str, place: str = "P2") -> dict[str, object]:
    return {"type": "create_call", "call": call(name, place)}


NOT_THERE: dict[str, object] = {"type": "cancel_call", "call": "none"}


def at_once(board: LiveBoard, requests: Sequence[Request]) -> list[Accepted | BaseException]:
    """Return what became of requests that came, in this order, while the board was busy."""
    pause = threading.Event()
    with ThreadPoolExecutor(len(requests)) as pool:
        told: list[Future[Accepted]] = []
        with board._lock:
            for request in requests:
                told.append(pool.submit(board.accept, request))
                while len(board._turns._waiting) < len(told):
                    pause.wait(0.001)
        return [each.exception() or each.result() for each in told]


def revisions(answers: Sequence[Accepted | BaseException]) -> list[int | type]:
    return [each.revision if isinstance(each, Accepted) else type(each) for each in answers]


class Counting(MemoryEventLog):
    """A log that notes how many entries come together, and fails where it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.together: list[int] = []
        self.is_full = False
        self.at_the_disk: Callable[[], None] = nothing

    def append_all(
        self,
        board: str,
        expected_revision: int,
        drafts: Sequence[Draft],
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        if self.is_full:
            raise DatabaseUnwritableError("the disk is full")
        self.together.append(len(drafts))
        made = super().append_all(board, expected_revision, drafts, before_waiting)
        self.at_the_disk()
        return made


@pytest.fixture
def log() -> Counting:
    return Counting()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(log: Counting, clock: Clock) -> LiveBoard:
    return opened(log, clock)


def test_each_gets_its_revision_in_one_transaction_and_the_plan_comes_with_the_last(
    board: LiveBoard, log: Counting
) -> None:
    told = at_once(board, [asked(created(f"N-{i}")) for i in range(3)])
    assert revisions(told) == [2, 3, 4]
    assert log.together == [1, 3]
    kinds = [[event.type for event in entry.events] for entry in log.read("north", 1)]
    assert kinds == [["call_created"], ["call_created"], ["call_created", "plan_published"]]


def test_when_they_are_answered_all_of_them_are_planned(board: LiveBoard) -> None:
    at_once(board, [asked(created(f"N-{i}")) for i in range(3)])
    state, running = board.snapshot_of_plan()
    assert all(state.planned_on(f"N-{i}") is not None for i in range(3))
    assert problem_of(state.as_planned()) == running.problem


def test_another_board_may_plan_while_the_entries_go_to_the_disk(board: LiveBoard, log: Counting) -> None:
    turns: list[bool] = []

    def plan_elsewhere() -> None:
        turns.append(board._way._turn.acquire(0))
        board._way._turn.release()

    log.at_the_disk = plan_elsewhere
    board.accept(asked(created("N-1")))
    assert turns == [True]


def test_a_replay_gives_the_same_board_to_the_byte(board: LiveBoard, log: Counting) -> None:
    at_once(board, [asked(created("N-1")), asked(NOT_THERE), asked({"type": "cancel_call", "call": "C-0"}, "k")])
    again = loaded(log, "north")
    assert again is not None
    assert bytes_of(again) == bytes_of(board.state)


def test_each_is_decided_on_what_comes_of_those_before_it(board: LiveBoard) -> None:
    cancelled = {"type": "cancel_call", "call": "N-1"}
    told = at_once(board, [asked(created("N-1")), asked(cancelled), asked(cancelled)])
    assert revisions(told) == [2, 3, 3]
    assert board.state.visits["N-1"].status == "cancelled"


def test_who_is_refused_does_not_take_the_others_along(board: LiveBoard) -> None:
    told = at_once(board, [asked(created("N-1")), asked(NOT_THERE), asked(created("N-2"))])
    assert revisions(told) == [2, CallNotThereError, 3]


def test_an_expected_revision_is_held_against_those_before_it(board: LiveBoard) -> None:
    told = at_once(board, [asked(created("N-1")), asked(created("N-2"), revision=1), asked(created("N-3"), revision=2)])
    assert revisions(told) == [2, RevisionConflictError, 3]


def test_a_request_that_comes_twice_at_once_is_taken_once(board: LiveBoard) -> None:
    told = at_once(board, [asked(created("N-1"), "k"), asked(created("N-2")), asked(created("N-1"), "k")])
    assert revisions(told) == [2, 3, 2]
    assert [each.is_repeated for each in told if isinstance(each, Accepted)] == [False, False, True]


def test_a_key_of_another_request_concerns_nobody_else(board: LiveBoard) -> None:
    board.accept(asked(created("N-1"), "k"))
    other = Request((command_of(created("N-2")),), "somebody", "k", "b" * 64)
    assert revisions(at_once(board, [other, asked(created("N-3"))])) == [KeyReusedError, 3]


def test_an_assignment_by_hand_is_tried_in_the_plan_as_it_is_then(board: LiveBoard) -> None:
    told = at_once(
        board,
        [
            asked({"type": "create_call", "call": call("N-1", "P2", skills={"lift": 2})}),
            asked({"type": "assign_call", "call": "N-1", "technician": "T-2"}),
            asked(created("N-2")),
        ],
    )
    assert revisions(told) == [2, AssignmentRefusedError, 3]


def test_where_one_cannot_be_planned_the_others_are(board: LiveBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    repair = LivePlanner.repair

    def failing(planner: LivePlanner, running: RunningPlan, problem: Any) -> RunningPlan:
        if any(each.id == "FAR" for each in problem.calls):
            raise TravelError("no travel times")
        return repair(planner, running, problem)

    monkeypatch.setattr(LivePlanner, "repair", failing)
    told = at_once(board, [asked(created("N-1")), asked(created("FAR")), asked(created("N-2"))])
    assert revisions(told) == [2, TravelError, 3]
    assert "FAR" not in board.state.calls


def test_where_the_disk_fails_all_are_told_and_nothing_has_happened(board: LiveBoard, log: Counting) -> None:
    before, log.is_full = board.state, True
    told = at_once(board, [asked(created("N-1")), asked(created("N-2"))])
    assert revisions(told) == [DatabaseUnwritableError] * 2
    assert board.state is before


def test_what_another_process_wrote_meanwhile_is_caught_up_with(log: Counting, clock: Clock) -> None:
    here = opened(log, clock)
    send(Boards(log, clock).board("north"), **created("N-0"))
    told = at_once(here, [asked(created("N-1")), asked({"type": "cancel_call", "call": "N-0"})])
    assert revisions(told) == [3, 4]
    assert not any(isinstance(each, DispatchError) for each in told)
