"""What a dispatcher should look at, and what not."""

import ast
from pathlib import Path

import pytest

from dispatch_engine.board import warnings
from dispatch_engine.catalogue.entries import BOARD_WARNINGS
from dispatch_engine.catalogue.entry import Entry
from tests.dispatch_engine.board.desk import Desk, at, moment


def calls(desk: Desk, code: str) -> list[str | None]:
    return [each.call for each in desk.warnings(code)]


def test_a_board_on_which_nothing_is_odd_has_no_warnings() -> None:
    desk = Desk()
    desk.plan("T-1", ("C-0", at(9)))
    assert warnings.warnings_of(desk.state) == ()


class TestLateStart:
    def test_a_visit_for_which_nobody_has_set_out_is_noticed_after_five_minutes(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))  # ten minutes away
        desk.tick(at(8, 50))
        assert desk.visit("C-0").due is None
        desk.tick(at(8, 55))
        assert desk.warnings("late_start") == []
        desk.tick(at(8, 56))
        (warning,) = desk.warnings("late_start")
        assert (warning.call, warning.technician, warning.since) == ("C-0", "T-1", moment(at(8, 50)))
        assert warning.message.endswith("somebody else.")

    def test_it_is_noticed_since_when_it_was_due_although_the_plan_is_pushed(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))
        for minute in (51, 52, 53, 54, 55, 56):
            desk.tick(at(8, minute))
            desk.publish("T-1", "mon", (desk.stop("C-0", at(9, minute - 50), kind="fact"),))
        assert [each.since for each in desk.warnings("late_start")] == [moment(at(8, 50))]

    def test_who_still_works_elsewhere_is_not_late(self) -> None:
        desk = Desk().at(at(8, 40))
        desk.report("C-4", "on_site")
        desk.plan("T-1", ("C-4", at(8, 40)), ("C-0", at(9)))
        desk.tick(at(9))
        assert desk.warnings("late_start") == []

    def test_setting_out_ends_it(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))
        desk.tick(at(9))
        desk.report("C-0", "en_route")
        assert desk.warnings("late_start") == []

    def test_a_visit_that_goes_to_another_is_not_late_any_more(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))
        desk.tick(at(9))
        desk.plan("T-1", ("C-4", at(12)))
        desk.plan("T-2", ("C-0", at(9, 30)))
        assert calls(desk, "late_start") == []


class TestUnderWay:
    def test_who_should_have_arrived_by_now_is_late(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", expected_at=at(9, 20))
        assert calls(desk.tick(at(9, 25)), "late_arrival") == []
        assert calls(desk.tick(at(9, 26)), "late_arrival") == ["C-0"]

    def test_work_that_should_have_ended_overruns(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site")  # takes 25 minutes
        assert calls(desk.tick(at(9, 30)), "visit_overrunning") == []
        assert calls(desk.tick(at(9, 31)), "visit_overrunning") == ["C-1"]
        desk.do("estimate", call="C-1", ends_at=at(10))
        assert calls(desk, "visit_overrunning") == []

    def test_a_visit_that_was_never_ended_is_left_open_when_its_technician_goes_on(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 30))
        assert calls(desk, "visit_left_open") == []
        desk.report("C-4", "en_route")
        assert calls(desk, "visit_left_open") == ["C-0"]

    def test_a_visit_that_was_never_ended_is_left_open_when_its_technician_goes_home(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 30))
        desk.do("sign_off", technician="T-1")
        assert calls(desk, "visit_left_open") == ["C-0"]

    def test_a_technician_without_the_skill_is_a_fact_with_a_warning(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", "T-2")
        assert calls(desk, "rule_not_met") == ["C-1"]
        assert [each.call for each in desk.facts("T-2").visits] == ["C-1"]  # type: ignore[union-attr] # it has begun

    def test_a_rule_that_was_overridden_is_no_warning(self) -> None:
        desk = Desk().at(at(9))
        desk.do("assign_call", call="C-1", technician="T-2", override="is learning")
        desk.report("C-1", "on_site", "T-2")
        assert calls(desk, "rule_not_met") == []

    def test_two_technicians_on_one_site_are_noticed(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 30))
        desk.report("C-0", "on_site", "T-2", at=at(8, 40))
        assert calls(desk, "visit_shared") == ["C-0"]


class TestWindows:
    def test_a_window_that_is_over_is_missed(self) -> None:
        desk = Desk()
        assert calls(desk.tick(at(11)), "window_missed") == []
        assert calls(desk.tick(at(11, 1)), "window_missed") == ["C-3"]

    def test_work_that_began_outside_of_all_windows_missed_them(self) -> None:
        desk = Desk().at(at(8, 30))
        desk.report("C-3", "on_site")
        assert calls(desk, "window_missed") == ["C-3"]

    def test_work_that_began_in_time_missed_none(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-3", "completed")
        assert calls(desk.tick(at(12)), "window_missed") == []


class TestPhones:
    def test_times_that_run_against_the_numbers_are_odd(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", at=at(8, 30), sequence=1)
        desk.report("C-0", "on_site", at=at(8), sequence=2)
        assert calls(desk, "phone_clock_odd") == ["C-0"]

    def test_a_report_of_the_future_is_odd(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", at=at(9, 4))
        assert calls(desk, "phone_clock_odd") == ["C-0"]


def test_every_warning_of_a_board_is_in_the_catalogue_and_no_other() -> None:
    tree = ast.parse(Path(warnings.__file__).read_text())
    made = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_warning"
        if isinstance(node.args[0], ast.Constant)
    }
    assert made == set(BOARD_WARNINGS)


@pytest.mark.parametrize("entry", BOARD_WARNINGS.values(), ids=BOARD_WARNINGS)
def test_a_warning_ends_with_a_way_out(entry: Entry) -> None:
    assert entry.advice.startswith("Maybe ")
