import json
from collections.abc import Callable, Mapping, Sequence

import pytest

from dispatch_engine.board.document import problem_of
from dispatch_engine.board.errors import CallClosedError, CallNotThereError, CommandRefusedError
from dispatch_engine.board.reading import command_of
from dispatch_engine.board.snapshots import bytes_of
from dispatch_engine.event_log.entries import Draft, Entry
from dispatch_engine.event_log.errors import KeyReusedError, RevisionConflictError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.service.boards import Boards, planner_of
from dispatch_engine.service.errors import AssignmentRefusedError
from dispatch_engine.service.history import loaded, plan_difference
from dispatch_engine.service.live_board import LiveBoard
from dispatch_engine.service.requests import Accepted, Request
from dispatch_engine.travel.geodesic import GeodesicSource
from dispatch_engine.travel.open import OPENERS
from tests.dispatch_engine.board.histories import Clock, opened, send
from tests.dispatch_engine.planner.days import at, call

URGENT = call("N-1", "P5", priority=1, response_deadline=at(8), required_technicians=["X-1"])
NEW_CALL: dict[str, object] = {"type": "create_call", "call": call("N-1", "P2")}


@pytest.fixture
def log() -> MemoryEventLog:
    return MemoryEventLog()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(log: MemoryEventLog, clock: Clock) -> LiveBoard:
    return opened(log, clock)


def asked(*commands: Mapping[str, object], key: str | None = None, revision: int | None = None) -> Request:
    sha256 = None if key is None else f"{hash(json.dumps(commands)) & 0xFFFF:064x}"
    return Request(tuple(command_of(each) for each in commands), "somebody", key, sha256, revision)


def placed(accepted: Accepted, name: str) -> str:
    key = accepted.state.planned_on(name)
    assert key is not None
    return key.technician


def test_a_new_call_is_planned_in_the_revision_that_takes_it_in(board: LiveBoard) -> None:
    accepted = board.accept(asked(NEW_CALL))
    assert accepted.revision == 2
    assert placed(accepted, "N-1") in ("T-1", "T-2", "X-1")
    assert accepted.entry is not None
    assert [event.type for event in accepted.entry.events] == ["call_created", "plan_published"]


def test_the_problem_of_a_revision_is_the_one_that_its_plan_was_made_for(board: LiveBoard, clock: Clock) -> None:
    clock.move(58)
    send(board, type="create_call", call=URGENT)
    state, running = board.snapshot_of_plan()
    assert problem_of(state.as_planned()) == running.problem
    assert problem_of(state) != running.problem  # what is about to begin by the new plan was still to be decided for it


def test_a_board_that_is_loaded_again_goes_on_from_the_problem_of_its_plan(log: MemoryEventLog, clock: Clock) -> None:
    board = opened(log, clock)
    clock.move(58)
    send(board, type="create_call", call=URGENT)
    again = Boards(log, clock).board("north")
    assert again.snapshot_of_plan()[1].problem == board.snapshot_of_plan()[1].problem
    assert again.snapshot_of_plan()[1].routes == board.snapshot_of_plan()[1].routes


def test_an_entry_tells_only_the_routes_that_changed(board: LiveBoard) -> None:
    accepted = board.accept(asked(NEW_CALL))
    assert accepted.entry is not None
    published = accepted.entry.events[-1].data
    assert len(published["routes"]) == 1  # type: ignore[arg-type] # a list
    assert len(accepted.state.plan.routes) > 1


def test_a_request_that_comes_again_with_its_key_is_answered_as_the_first_time(board: LiveBoard) -> None:
    first = board.accept(asked(NEW_CALL, key="k"))
    again = board.accept(asked(NEW_CALL, key="k"))
    assert again.is_repeated
    assert again.revision == first.revision == board.state.revision


def test_a_key_stands_for_one_request(board: LiveBoard) -> None:
    board.accept(asked(NEW_CALL, key="k"))
    with pytest.raises(KeyReusedError):
        board.accept(asked({"type": "cancel_call", "call": "N-1"}, key="k"))


def test_a_request_for_another_revision_is_refused(board: LiveBoard) -> None:
    board.accept(asked(NEW_CALL))
    with pytest.raises(RevisionConflictError) as caught:
        board.accept(asked({"type": "cancel_call", "call": "N-1"}, revision=1))
    assert (caught.value.expected, caught.value.actual) == (1, 2)


def test_a_refused_command_leaves_the_board_as_it_was(board: LiveBoard) -> None:
    before = board.state
    with pytest.raises(CallNotThereError):
        board.accept(asked({"type": "cancel_call", "call": "none"}))
    assert board.state is before


def test_of_several_commands_all_are_taken_or_none(board: LiveBoard) -> None:
    before = board.state
    with pytest.raises(CommandRefusedError):
        board.accept(asked(NEW_CALL, {"type": "cancel_call", "call": "none"}))
    assert board.state is before
    assert board.accept(asked(NEW_CALL, {"type": "cancel_call", "call": "N-1"})).revision == 2


def test_what_is_so_already_makes_no_revision(board: LiveBoard) -> None:
    board.accept(asked({"type": "cancel_call", "call": "C-0"}))
    again = board.accept(asked({"type": "cancel_call", "call": "C-0"}))
    assert again.entry is None
    assert again.revision == 2


def test_a_request_with_a_key_that_changed_nothing_does_nothing_when_it_comes_again(board: LiveBoard) -> None:
    board.accept(asked(NEW_CALL, {"type": "cancel_call", "call": "N-1"}))
    cancelled = asked({"type": "cancel_call", "call": "N-1"}, key="k")
    first = board.accept(cancelled)
    assert (first.revision, first.is_repeated) == (3, False)
    assert board.accept(cancelled).is_repeated
    assert board.state.revision == 3


def test_another_process_that_wrote_first_is_caught_up_with(log: MemoryEventLog, clock: Clock) -> None:
    here = opened(log, clock)
    there = Boards(log, clock).board("north")
    send(there, **NEW_CALL)
    assert send(here, type="cancel_call", call="N-1").revision == 3
    there.catch_up()
    assert bytes_of(there.state) == bytes_of(here.state)


def test_what_another_process_has_made_possible_is_not_refused(log: MemoryEventLog, clock: Clock) -> None:
    here = opened(log, clock)
    send(Boards(log, clock).board("north"), **NEW_CALL)
    assert here.accept(asked({"type": "cancel_call", "call": "N-1"}, revision=2)).revision == 3


def test_what_another_process_has_undone_is_done_again(log: MemoryEventLog, clock: Clock) -> None:
    here = opened(log, clock)
    send(here, type="pin_call", call="C-0", level="technician", technician="T-1")
    send(Boards(log, clock).board("north"), type="unpin_call", call="C-0")
    again = here.accept(asked({"type": "pin_call", "call": "C-0", "level": "technician", "technician": "T-1"}))
    assert (again.revision, again.entry is None) == (4, False)
    assert here.state.calls["C-0"].pin is not None


class FirstElsewhere(MemoryEventLog):
    """A log into which another process writes the same request just before this one does."""

    other: LiveBoard | None = None
    clock: Clock

    def append_all(
        self,
        board: str,
        expected_revision: int,
        drafts: Sequence[Draft],
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        other, self.other = self.other, None
        if other is not None:
            self.clock.move(1)
            other.accept(asked(NEW_CALL, key=drafts[0].key))
        return super().append_all(board, expected_revision, drafts, before_waiting)


def test_of_one_request_sent_to_two_processes_at_once_one_is_taken(clock: Clock) -> None:
    log = FirstElsewhere()
    here = opened(log, clock)
    there = Boards(log, clock).board("north")
    log.other, log.clock = there, clock
    accepted = here.accept(asked(NEW_CALL, key="k"))
    assert (accepted.revision, accepted.is_repeated) == (2, True)
    assert bytes_of(here.state) == bytes_of(there.state)
    assert log.head("north").revision == 2


def test_listeners_miss_nothing_whoever_writes(log: MemoryEventLog, clock: Clock) -> None:
    here, woken = opened(log, clock), list[int]()
    end = here.feed.listen(lambda: woken.append(1))
    send(Boards(log, clock).board("north"), **NEW_CALL)
    send(here, type="cancel_call", call="N-1")
    end()
    send(here, type="pass_time")
    assert len(woken) == 2
    assert [entry.revision for entry in here.feed.after(1)] == [2, 3, 4]
    assert [entry.revision for entry in here.feed.after(0)] == [1, 2, 3, 4]


class Prepared(GeodesicSource):
    """A source that says when it is got ready."""

    is_ready = False

    def get_ready(self) -> None:
        self.is_ready = True


def test_travel_times_are_got_ready_before_the_first_new_place_asks(
    board: LiveBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Prepared()
    monkeypatch.setitem(OPENERS, board.state.setup.travel.source, lambda *_: source)
    planner_of(board.state)
    assert source.is_ready


def test_a_closed_call_has_no_candidates(board: LiveBoard) -> None:
    send(board, type="cancel_call", call="C-0")
    with pytest.raises(CallClosedError):
        board.candidates("C-0")


def test_candidates_are_ranked_by_what_they_add_and_those_who_cannot_say_why(board: LiveBoard) -> None:
    options = board.candidates("C-1")
    costs = [each.added for each in options if each.added is not None]
    assert costs == sorted(costs)
    assert {each.code for each in options if each.technician == "T-2"} == {"skill"}


def test_an_assignment_that_breaks_a_hard_rule_is_refused_with_the_rule(board: LiveBoard) -> None:
    with pytest.raises(AssignmentRefusedError) as caught:
        send(board, type="assign_call", call="C-1", technician="T-2")
    assert caught.value.broken.code == "skill"


def test_who_says_why_may_break_a_hard_rule(board: LiveBoard) -> None:
    accepted = board.accept(
        asked({"type": "assign_call", "call": "C-1", "technician": "T-2", "override": "was there last week"})
    )
    assert placed(accepted, "C-1") == "T-2"


def test_an_assignment_moves_a_call_whatever_it_costs(board: LiveBoard) -> None:
    other = {"T-1": "T-2", "T-2": "T-1", "X-1": "T-1"}
    key = board.state.planned_on("C-4")
    assert key is not None
    wanted = other[key.technician]
    accepted = board.accept(asked({"type": "assign_call", "call": "C-4", "technician": wanted}))
    assert placed(accepted, "C-4") == wanted


def test_a_better_plan_of_a_while_ago_takes_in_what_has_happened_since(board: LiveBoard, log: MemoryEventLog) -> None:
    for name in ("C-4", "C-5", "C-6"):
        send(board, type="assign_call", call=name, technician="X-1", override="a test")
        send(board, type="unpin_call", call=name)
    _, running = board.snapshot_of_plan()
    better = board.planner.begin(running.problem)
    assert better.cost.total < running.cost.total
    before = send(board, **NEW_CALL)
    assert board.publish_better(better)
    assert board.state.plan.cost.total < before.plan.cost.total
    assert board.state.planned_on("N-1") is not None
    again = loaded(log, "north")
    assert again is not None
    assert bytes_of(again) == bytes_of(board.state)


def is_shared(board: LiveBoard) -> bool:
    """Whether board and running plan have the same routes and calls left out, not only equal ones."""
    state, running = board.snapshot_of_plan()
    routes = all(running.routes[key.technician, key.shift] is route for key, route in state.plan.routes.items())
    return routes and all(running.unplanned[call] is left for call, left in state.plan.unplanned.items())


def test_board_and_running_plan_share_what_they_say_so_that_a_glance_tells_what_is_new(
    board: LiveBoard, log: MemoryEventLog, clock: Clock
) -> None:
    for name in ("C-4", "C-5", "C-6"):
        send(board, type="assign_call", call=name, technician="X-1", override="a test")
        send(board, type="unpin_call", call=name)
    send(board, type="create_call", call=call("N-1", "P2", skills={"nobody has it": 1}))
    assert is_shared(board)
    assert board.publish_better(board.planner.begin(board.snapshot_of_plan()[1].problem))
    assert is_shared(board)
    again = Boards(log, clock).board("north")
    assert again.state.plan.unplanned
    assert is_shared(again)


def test_a_plan_that_saves_nothing_is_not_published(board: LiveBoard) -> None:
    _, running = board.snapshot_of_plan()
    assert not board.publish_better(running)


def test_a_difference_says_what_changed_for_whom_and_why(board: LiveBoard, log: MemoryEventLog) -> None:
    send(board, type="publish_plan")
    send(board, type="report_absence", technician="T-1")
    changed = plan_difference(log, "north", 2, 3)
    moved = {each.call for each in changed.calls if each.technician_before == "T-1"}
    assert moved
    assert {*changed.customers_to_call} >= moved
    assert [cause.events[0] for cause in changed.causes] == ["absence_set"]
    assert changed.gain < 0


def test_a_technician_under_way_is_not_sent_elsewhere(board: LiveBoard, clock: Clock) -> None:
    key = next(key for key in board.state.plan.routes if key.technician == "T-1")
    first = board.state.plan.routes[key].stops[0].call
    clock.now = board.state.plan.routes[key].departure
    send(board, type="report_visit", call=first, technician="T-1", status="en_route")
    urgent = call("N-9", board.state.calls[first or ""].place.id or "", priority=1, response_deadline=at(8, 5))
    state = send(board, type="create_call", call=urgent)
    assert state.plan.routes[key].stops[0].call == first
