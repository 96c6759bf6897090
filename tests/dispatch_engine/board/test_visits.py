"""What comes of the report of a visit: parts, second visits, whoever declines, cancelled calls, ends of days."""

from datetime import timedelta

import pytest

from dispatch_engine.board.decide.errors import NothingSaidError, VisitBegunError
from dispatch_engine.board.errors import (
    CallClosedError,
    CallNotThereError,
    ReportTooEarlyError,
    ReportTooOldError,
    TechnicianNotThereError,
    VisitNotBegunError,
)
from tests.dispatch_engine.board.desk import Desk, at, moment


def stock(desk: Desk, technician: str = "T-1") -> int:
    capacity = desk.state.capacity(technician)
    assert capacity is not None
    return capacity.stock["KIT"]


class TestRefusals:
    def test_a_call_that_is_not_there_is_refused_with_a_suggestion(self) -> None:
        with pytest.raises(CallNotThereError) as caught:
            Desk().report("C0", "en_route")
        assert caught.value.code == "call_not_there"
        assert "C-0" in caught.value.advice

    def test_a_technician_who_is_not_there_is_refused(self) -> None:
        with pytest.raises(TechnicianNotThereError):
            Desk().report("C-0", "en_route", "T-9")

    def test_a_report_of_the_future_is_refused_beyond_the_tolerance(self) -> None:
        desk = Desk().at(at(9))
        assert desk.report("C-0", "en_route", at=at(9, 5)).status == "en_route"
        with pytest.raises(ReportTooEarlyError):
            desk.report("C-0", "on_site", at="2026-03-02T09:05:01+00:00")

    def test_a_report_of_more_than_a_day_ago_is_refused(self) -> None:
        desk = Desk().at(at(9, day=3))
        assert desk.report("C-0", "en_route", at=at(9)).status == "en_route"
        with pytest.raises(ReportTooOldError):
            desk.report("C-0", "on_site", at="2026-03-02T08:59:59+00:00")


class TestParts:
    def test_a_completed_visit_uses_what_was_set_aside_for_it(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "on_site")
        assert desk.visit("C-2").parts == {"KIT": 1}
        desk.report("C-2", "completed")
        assert stock(desk) == 1

    def test_what_the_technician_says_was_used_goes_before_what_was_set_aside(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "completed", parts_used={"KIT": 2})
        assert stock(desk) == 0

    def test_a_visit_that_could_not_be_done_uses_nothing_unless_said(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "unable")
        assert stock(desk) == 2

    def test_a_visit_that_is_completed_after_it_was_awaiting_parts_uses_what_is_said(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "awaiting_parts", at=at(8, 30))
        desk.report("C-2", "completed", parts_used={"KIT": 1})
        assert stock(desk) == 1

    def test_parts_of_a_visit_that_goes_on_are_kept_from_the_planner(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "on_site")
        assert desk.planned("T-1").stock == {"KIT": 1}


class TestSecondVisits:
    def test_a_visit_that_could_not_be_done_leaves_a_call_for_a_second_one(self) -> None:
        desk = Desk().at(at(9))
        visit = desk.report("C-2", "unable", reason="no access")
        assert visit.follow_up == "C-2-2"
        second = desk.state.calls["C-2-2"]
        assert (second.pin, second.promise, second.windows) == (None, None, ())
        assert second.parts == {"KIT": 1}

    def test_the_second_visit_needs_the_parts_that_the_technician_names_once_they_are_there(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "awaiting_parts", parts_needed={"PUMP": 2}, parts_expected_at=at(13))
        second = desk.state.calls["C-0-2"]
        assert (second.parts, second.released_at) == ({"PUMP": 2}, moment(at(13)))

    def test_the_second_visit_does_not_need_what_the_first_has_used(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "awaiting_parts", parts_used={"KIT": 1})
        assert desk.state.calls["C-2-2"].parts == {}

    def test_no_second_visit_where_none_is_wanted(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "unable", follow_up=False)
        assert "C-2-2" not in desk.state.calls

    def test_the_second_visit_is_off_when_the_first_was_completed_after_all(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "unable", at=at(8, 30))
        desk.report("C-2", "completed")
        assert desk.visit("C-2-2").status == "cancelled"

    def test_the_second_visit_goes_on_where_somebody_has_set_out_for_it(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "unable", at=at(8, 30))
        desk.report("C-2-2", "en_route", "T-2")
        desk.report("C-2", "completed")
        assert desk.visit("C-2-2").status == "en_route"

    def test_a_second_visit_that_fails_leaves_a_third(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-2", "unable", at=at(8))
        desk.report("C-2-2", "unable", at=at(8, 30))
        assert "C-2-2-2" in desk.state.calls


class TestDeclining:
    def test_a_call_that_was_declined_is_not_offered_to_the_same_technician_again(self) -> None:
        desk = Desk()
        desk.report("C-0", "dispatched")
        visit = desk.report("C-0", "declined")
        assert (visit.status, visit.technician, visit.declined_by) == ("new", None, ("T-1",))
        planned = desk.call("C-0")
        assert planned is not None
        assert planned.excluded_technicians == ("T-1",)

    def test_declining_twice_counts_once(self) -> None:
        desk = Desk()
        desk.report("C-0", "declined", sequence=1)
        assert desk.report("C-0", "declined", sequence=2).declined_by == ("T-1",)

    def test_who_was_not_asked_does_not_take_the_order_from_another(self) -> None:
        desk = Desk()
        desk.report("C-0", "dispatched", "T-1")
        visit = desk.report("C-0", "declined", "T-2")
        assert (visit.status, visit.technician) == ("dispatched", "T-1")

    def test_who_turns_back_on_the_way_gives_the_call_back(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", at=at(8, 30), sequence=1)
        assert desk.report("C-0", "declined", at=at(8, 40), sequence=2).status == "new"

    def test_a_pin_to_who_declines_is_taken_away(self) -> None:
        desk = Desk()
        desk.do("assign_call", call="C-0", technician="T-1")
        desk.report("C-0", "declined")
        assert desk.state.calls["C-0"].pin is None

    def test_who_declined_is_asked_again_when_the_dispatcher_insists(self) -> None:
        desk = Desk()
        desk.report("C-0", "declined")
        desk.do("assign_call", call="C-0", technician="T-1")
        planned = desk.call("C-0")
        assert planned is not None
        assert (desk.visit("C-0").declined_by, planned.excluded_technicians) == ((), ())

    def test_nobody_else_is_sent_where_only_those_who_declined_may_come(self) -> None:
        desk = Desk()
        desk.do("change_call", call="C-0", changes={"required_technicians": ["T-1"]})
        desk.report("C-0", "declined")
        planned = desk.call("C-0")
        assert planned is not None
        assert {*planned.excluded_technicians} == {"T-1", "T-2", "X-1"}
        assert [each.call for each in desk.warnings("nobody_left_to_ask")] == ["C-0"]


class TestCancelling:
    def test_a_cancelled_call_is_closed_and_not_planned(self) -> None:
        desk = Desk()
        desk.do("cancel_call", call="C-0", reason="runs again")
        assert (desk.visit("C-0").status, desk.visit("C-0").reason) == ("cancelled", "runs again")
        assert desk.call("C-0") is None

    def test_to_cancel_twice_changes_nothing(self) -> None:
        desk = Desk()
        desk.do("cancel_call", call="C-0")
        assert desk.do("cancel_call", call="C-0") == ()

    def test_what_is_completed_is_not_cancelled(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "completed")
        with pytest.raises(CallClosedError):
            desk.do("cancel_call", call="C-0")

    def test_setting_out_for_a_cancelled_call_changes_nothing(self) -> None:
        desk = Desk().at(at(9))
        desk.do("cancel_call", call="C-0")
        assert desk.report("C-0", "en_route").status == "cancelled"

    def test_work_on_a_cancelled_call_is_a_fact_with_a_warning(self) -> None:
        desk = Desk().at(at(9))
        desk.do("cancel_call", call="C-0")
        assert desk.at(at(9, 10)).report("C-0", "on_site").status == "on_site"
        assert [each.call for each in desk.warnings("worked_on_cancelled")] == ["C-0"]

    def test_a_late_arrival_of_before_the_cancellation_leaves_the_call_cancelled(self) -> None:
        desk = Desk().at(at(9))
        desk.do("cancel_call", call="C-0")
        assert desk.report("C-0", "on_site", at=at(8, 30)).status == "cancelled"

    def test_who_was_on_the_site_of_a_cancelled_call_is_free_there(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-3", "on_site", at=at(8, 30))
        desk.do("cancel_call", call="C-3")
        facts = desk.facts()
        assert facts is not None
        assert facts.resume is not None
        assert (facts.resume.place.id, facts.resume.at) == ("P3", moment(at(9)))


class TestEstimates:
    def test_the_end_of_work_is_expected_when_the_technician_says(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 50))
        desk.do("estimate", call="C-0", ends_at=at(11))
        facts = desk.facts()
        assert facts is not None
        assert facts.visits[0].completed_at == moment(at(11))

    def test_the_duration_of_work_that_goes_on_says_when_it_ends(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 50))
        desk.do("estimate", call="C-0", duration="PT2H")
        assert desk.visit("C-0").end_expected_at == moment(at(10, 50))

    def test_the_duration_of_a_visit_ahead_is_the_call_s(self) -> None:
        desk = Desk()
        desk.do("estimate", call="C-0", duration="PT2H")
        assert desk.state.calls["C-0"].duration == timedelta(hours=2)

    @pytest.mark.parametrize("said", [{"ends_at": at(10)}, {"arrives_at": at(10)}])
    def test_neither_end_nor_arrival_is_expected_of_a_visit_that_nobody_has_begun(self, said: dict[str, str]) -> None:
        with pytest.raises(VisitNotBegunError):
            Desk().do("estimate", call="C-0", **said)

    def test_an_estimate_of_nothing_is_refused(self) -> None:
        with pytest.raises(NothingSaidError):
            Desk().do("estimate", call="C-0")


class TestUnderWay:
    @pytest.mark.parametrize("kind", ["assign_call", "pin_call"])
    def test_a_visit_under_way_is_not_given_to_another(self, kind: str) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route")
        more = {"level": "technician"} if kind == "pin_call" else {}
        with pytest.raises(VisitBegunError):
            desk.do(kind, call="C-0", technician="T-2", **more)

    def test_a_named_call_is_recalled_also_from_who_is_on_the_way(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route")
        desk.do("recall_plan", calls=["C-0"])
        visit = desk.visit("C-0")
        assert (visit.status, visit.technician, visit.departed_at) == ("new", None, None)

    def test_recalling_the_whole_plan_leaves_who_is_on_the_way_alone(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route")
        desk.report("C-1", "accepted", "T-2")
        desk.do("recall_plan")
        assert (desk.visit("C-0").status, desk.visit("C-1").status) == ("en_route", "new")


class TestWorkWithoutAShift:
    def test_work_far_from_any_shift_is_a_fact_of_no_route_with_a_warning(self) -> None:
        desk = Desk().at(at(23))
        visit = desk.report("C-0", "on_site")
        assert (visit.status, visit.shift) == ("on_site", None)
        assert desk.call("C-0") is None
        assert [each.call for each in desk.warnings("visit_without_shift")] == ["C-0"]

    def test_work_soon_before_or_after_a_shift_belongs_to_it(self) -> None:
        assert Desk().at(at(21)).report("C-0", "on_site").shift == "mon"
