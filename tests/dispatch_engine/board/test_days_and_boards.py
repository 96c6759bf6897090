"""How a board begins, how days end on it, what changed between two revisions, and how it is kept."""

from datetime import datetime, timedelta

import pytest

from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.differences import difference
from dispatch_engine.board.document import ProblemWriter, problem_of
from dispatch_engine.board.errors import BoardExistsError, BoardNotOpenError, CommandUnknownError
from dispatch_engine.board.events import TimePassed
from dispatch_engine.board.evolve import evolve, folded
from dispatch_engine.board.reading import command_of, parse_command, parse_commands
from dispatch_engine.board.snapshots import bytes_of, state_of
from dispatch_engine.errors import DocumentErrors
from tests.dispatch_engine.board.desk import Desk, at, moment
from tests.dispatch_engine.board.histories import BEGIN, small_day
from tests.dispatch_engine.planner.days import call, day, shift, technician

NO_COMMANDS = (
    b"",
    b"{",
    b"[]",
    b"\xff",
    b'"text"',
    b"[" * 5000,
    b'{"type":"pass_time","type":"pass_time"}',
    b'{"type":"pass_time","at":1}',
    b'{"type":"change_call","call":"C-0","changes":{"name":"\\ud800"}}',
)


def taken(data: bytes) -> None:
    """Read commands, and have a board take them."""
    state = Desk().state
    for each in parse_commands(data).commands:
        decide(state, each, datetime.fromisoformat(at(9)))


class TestOpening:
    def test_facts_of_the_document_are_what_has_happened(self) -> None:
        facts = {
            "departed_at": at(8),
            "visits": [
                {"call": "C-1", "started_at": at(8, 10), "completed_at": at(8, 40)},
                {"call": "C-2", "status": "on_site", "started_at": at(8, 50), "completed_at": at(9, 30)},
            ],
        }
        crew = [technician(shifts=[shift(facts=facts)])]
        desk = Desk(day([call("C-1"), call("C-2")], crew), moment(at(9)))
        assert (desk.visit("C-1").status, desk.visit("C-2").status) == ("completed", "on_site")
        planned = desk.facts()
        assert planned is not None
        assert [(each.call, each.completed_at) for each in planned.visits] == [
            ("C-1", moment(at(8, 40))),
            ("C-2", moment(at(9, 30))),
        ]

    def test_reports_go_on_from_the_facts_of_the_document(self) -> None:
        facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(8), "completed_at": at(8, 40)}]}
        desk = Desk(day([call("C-1")], [technician(shifts=[shift(facts=facts)])]), moment(at(9)))
        desk.report("C-1", "awaiting_parts", follow_up=False)
        assert (desk.visit("C-1").status, desk.visit("C-1").started_at) == ("awaiting_parts", moment(at(8)))

    def test_a_document_with_faults_is_refused_at_their_places(self) -> None:
        document = small_day().model_dump(mode="json", exclude_unset=True)
        document["calls"][0]["contract"] = "gold"
        with pytest.raises(DocumentErrors) as caught:
            decide(None, command_of({"type": "open_board", "document": document}), BEGIN)
        assert [each.pointer for each in caught.value.faults] == ["/document/calls/0/contract"]

    def test_a_board_is_opened_once_and_before_all_else(self) -> None:
        desk = Desk()
        with pytest.raises(BoardExistsError):
            desk.do("open_board", document=small_day().model_dump(mode="json", exclude_unset=True))
        with pytest.raises(BoardNotOpenError):
            decide(None, command_of({"type": "pass_time"}), BEGIN)
        with pytest.raises(AssertionError):
            evolve(None, TimePassed())


class TestDays:
    def test_what_is_over_for_a_day_leaves_the_board_and_the_rest_stays(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "completed")
        desk.do("cancel_call", call="C-4")
        desk.tick(at(15, day=3))
        assert "C-0" in desk.state.calls
        desk.tick(at(17, day=3))
        assert desk.state.technicians["T-1"].shifts == ()
        assert desk.state.crew["T-1"].moves == ()
        assert {"C-0", "C-4"}.isdisjoint(desk.state.calls)
        assert {"C-1", "C-2"} <= desk.state.calls.keys()

    def test_a_cancelled_call_stays_for_a_day_though_nobody_knows_when_it_was_reported(self) -> None:
        desk = Desk()
        desk.do("cancel_call", call="C-0")
        desk.tick(at(8))
        assert "C-0" in desk.state.calls

    def test_who_never_arrived_is_not_on_the_way_for_ever(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route")
        desk.tick(at(17, day=3))
        assert (desk.visit("C-0").status, desk.state.technicians["T-1"].shifts) == ("new", ())

    def test_work_that_was_never_ended_stays_on_the_board_with_a_warning(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site")
        desk.tick(at(17, day=3))
        assert desk.visit("C-0").status == "on_site"
        assert [each.call for each in desk.warnings("visit_left_open")] == ["C-0"]
        desk.report("C-0", "completed")
        assert desk.visit("C-0").status == "completed"

    def test_a_board_whose_shifts_are_all_over_is_still_a_problem(self) -> None:
        desk = Desk().tick(at(12, day=4))
        assert desk.problem().now == moment(at(12, day=4))

    def test_time_never_goes_back(self) -> None:
        desk = Desk().tick(at(9))
        assert folded(desk.state, 9, desk.now - timedelta(hours=1), (TimePassed(),)).now == moment(at(9))

    def test_plans_begin_at_the_next_full_minute(self) -> None:
        desk = Desk()
        assert desk.state.plans_from == BEGIN
        desk.now = BEGIN + timedelta(microseconds=1)
        desk.do("pass_time")
        assert desk.state.plans_from == BEGIN + timedelta(minutes=1)


class TestDifferences:
    def changes(self, before: Desk, after: Desk) -> dict[str, str]:
        return {each.call: each.change for each in difference(before.state, after.state).calls}

    def test_what_was_planned_moved_retimed_and_ended_is_told(self) -> None:
        before, after = Desk(), Desk()
        before.plan("T-1", ("C-0", at(9)), ("C-4", at(10)), ("C-5", at(11)))
        after.plan("T-1", ("C-4", at(10, 5)), ("C-6", at(12)))
        after.plan("T-2", ("C-0", at(9)))
        after.do("cancel_call", call="C-5")
        assert self.changes(before, after) == {"C-0": "moved", "C-4": "retimed", "C-5": "ended", "C-6": "planned"}

    def test_a_few_minutes_are_no_change_unless_they_break_a_promise(self) -> None:
        before = Desk()
        before.plan("T-1", ("C-0", at(9)))
        before.do("publish_plan")
        after = Desk()
        after.plan("T-1", ("C-0", at(9)))
        after.do("publish_plan")
        before.plan("T-1", ("C-0", at(9, 14)))
        after.plan("T-1", ("C-0", at(9, 17)))
        found = difference(before.state, after.state)
        assert found.customers_to_call == ("C-0",)
        after.plan("T-1", ("C-0", at(9, 15)))
        assert difference(before.state, after.state).calls == ()

    def test_the_route_of_each_technician_is_told_where_its_order_changed(self) -> None:
        before, after = Desk(), Desk()
        before.plan("T-1", ("C-0", at(9)), ("C-4", at(10)))
        before.plan("T-2", ("C-5", at(9)))
        after.plan("T-1", ("C-4", at(9)), ("C-0", at(10)))
        after.plan("T-2", ("C-5", at(9)))
        (route,) = difference(before.state, after.state).routes
        assert (route.technician, route.calls_before, route.calls) == ("T-1", ("C-0", "C-4"), ("C-4", "C-0"))


class TestSnapshots:
    def test_a_board_comes_back_to_the_byte_with_all_that_was_said(self) -> None:
        desk = Desk().at(at(9))
        desk.plan("T-1", ("C-2", at(9)))
        desk.report("C-2", "on_site", sequence=3)
        desk.report("C-0", "declined", "T-2")
        desk.do("report_parts", technician="T-1", movement="used", parts={"KIT": 5})
        desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 9}, location="L-1")
        desk.do("report_absence", technician="T-2", since=at(10), until=at(11))
        again = state_of(bytes_of(desk.state))
        assert bytes_of(again) == bytes_of(desk.state)
        assert problem_of(again) == problem_of(desk.state)


class TestProblems:
    def test_what_has_not_changed_is_the_same_object(self) -> None:
        desk, writer = Desk().at(at(9)), ProblemWriter()
        desk.report("C-4", "on_site", "T-2")
        desk.do("assign_call", call="C-5", technician="T-2")
        before = writer.problem_of(desk.state)
        desk.report("C-0", "on_site")
        after = writer.problem_of(desk.state)
        assert after == problem_of(desk.state)
        assert after.technicians[1] is before.technicians[1]
        kept = {each.id: each for each in before.calls}
        assert all(each is kept[each.id] for each in after.calls)

    def test_a_call_that_comes_back_has_its_place_in_the_order_of_the_board(self) -> None:
        desk, writer = Desk().at(at(9)), ProblemWriter()
        writer.problem_of(desk.state)
        desk.report("C-0", "en_route", at=at(8, 50))
        writer.problem_of(desk.state)
        desk.report("C-1", "en_route")
        assert writer.problem_of(desk.state) == problem_of(desk.state)


class TestReading:
    @pytest.mark.parametrize("kind", [[], {}, 3, None, True])
    def test_a_type_that_is_no_text_is_a_fault(self, kind: object) -> None:
        with pytest.raises(DocumentErrors):
            command_of({"type": kind})

    def test_a_type_that_is_not_known_is_refused_with_the_one_that_was_meant(self) -> None:
        with pytest.raises(CommandUnknownError) as caught:
            command_of({"type": "create-call"})
        assert "create_call" in caught.value.advice

    def test_all_faults_of_a_command_are_told_at_once(self) -> None:
        data = b'{"type":"report_visit","call":"","technician":"T-1","status":"gone","at":"2026-03-02T08:00:00"}'
        with pytest.raises(DocumentErrors) as caught:
            parse_command(data)
        assert [(each.pointer, each.code) for each in caught.value.faults] == [
            ("/at", "naive_time"),
            ("/call", "empty_value"),
            ("/status", "unknown_choice"),
        ]

    @pytest.mark.parametrize("data", NO_COMMANDS)
    def test_what_is_no_command_is_a_fault_and_no_crash(self, data: bytes) -> None:
        with pytest.raises(DocumentErrors):
            taken(data)
