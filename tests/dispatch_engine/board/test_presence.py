"""When technicians work: signing on and off, absences with and without an end, shifts that change."""

from datetime import timedelta

import pytest

from dispatch_engine.board.decide.errors import AbsenceOrderError, FactsStatedError
from dispatch_engine.board.errors import OverlapError, ShiftNotThereError
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.model.technicians import Shift
from tests.dispatch_engine.board.desk import Desk, at, moment
from tests.dispatch_engine.planner.days import call, day, shift, technician


def left(desk: Desk, name: str = "T-1") -> Shift:
    found = desk.shift(name)
    assert found is not None
    assert faults_of(desk.problem()) == ()
    return found


def breaks(desk: Desk, name: str = "T-1") -> list[tuple[str, str, timedelta]]:
    return [(f"{b.earliest:%H:%M}", f"{b.latest:%H:%M}", b.duration) for b in left(desk, name).breaks]


HALF, HOUR = timedelta(minutes=30), timedelta(hours=1)


class TestSigning:
    def test_who_signs_off_takes_nothing_on_any_more(self) -> None:
        desk = Desk().at(at(12))
        desk.do("sign_off", technician="T-1")
        assert left(desk).end == moment(at(12))

    def test_who_signs_off_gives_orders_back(self) -> None:
        desk = Desk().at(at(12))
        desk.report("C-0", "accepted")
        desk.report("C-1", "en_route")
        desk.report("C-4", "accepted", "T-2")
        desk.do("sign_off", technician="T-1")
        assert [desk.visit(name).status for name in ("C-0", "C-1", "C-4")] == ["new", "new", "accepted"]

    def test_who_signs_on_again_works_to_the_end(self) -> None:
        desk = Desk().at(at(12))
        desk.do("sign_off", technician="T-1")
        desk.at(at(13)).do("sign_on", technician="T-1")
        assert left(desk).end == moment(at(16))

    def test_signing_on_twice_changes_nothing(self) -> None:
        desk = Desk().at(at(8))
        desk.do("sign_on", technician="T-1")
        assert desk.do("sign_on", technician="T-1", at=at(8)) == ()

    def test_signing_on_far_from_any_shift_is_refused(self) -> None:
        with pytest.raises(ShiftNotThereError):
            Desk().at(at(23)).do("sign_on", technician="T-1")


class TestAbsences:
    def test_an_absence_without_an_end_takes_the_rest_of_the_shift(self) -> None:
        desk = Desk().at(at(10))
        desk.do("report_absence", technician="T-1", reason="sick")
        assert left(desk).end == moment(at(10))

    def test_an_absence_of_the_whole_shift_leaves_nothing_of_it(self) -> None:
        desk = Desk().at(at(7))
        desk.do("report_absence", technician="T-1")
        assert desk.shift() is None

    def test_an_absence_in_the_past_of_another_day_changes_nothing(self) -> None:
        desk = Desk()
        desk.do("report_absence", technician="T-1", since=at(8, day=3))
        assert left(desk) == desk.state.technicians["T-1"].shifts[0]

    def test_who_is_away_at_first_begins_later(self) -> None:
        desk = Desk().at(at(7))
        desk.do("report_absence", technician="T-1", since=at(7), until=at(12))
        assert left(desk).start == moment(at(12))
        assert breaks(desk) == [("12:00", "13:00", HALF)]

    def test_who_is_away_now_and_has_worked_goes_on_from_the_last_visit_when_back(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "completed")
        desk.do("report_absence", technician="T-1", until=at(10, 30))
        facts = left(desk).facts
        assert facts is not None
        assert facts.resume is not None
        assert (facts.resume.place.id, facts.resume.at) == ("P1", moment(at(10, 30)))

    def test_an_absence_ahead_with_an_end_is_a_break_that_is_fixed_and_not_paid(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(14), until=at(15))
        assert breaks(desk) == [("11:00", "13:00", HALF), ("14:00", "14:00", HOUR)]
        assert not left(desk).breaks[1].paid

    def test_a_break_that_can_be_taken_on_either_side_of_an_absence_is_taken_behind(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(11, 30), until=at(12, 30))
        assert breaks(desk) == [("11:30", "11:30", HOUR), ("12:30", "13:00", HALF)]

    def test_a_break_that_must_begin_during_an_absence_is_taken_before_it(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(12), until=at(14))
        assert breaks(desk) == [("11:00", "11:30", HALF), ("12:00", "12:00", 2 * HOUR)]

    def test_a_break_that_lies_in_an_absence_is_had_by_it(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(10, 50), until=at(14))
        assert breaks(desk) == [("10:50", "10:50", timedelta(hours=3, minutes=10))]

    def test_a_break_that_was_taken_stays_before_an_absence(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "completed")
        desk.do("report_break", technician="T-1")
        desk.at(at(12)).do("report_absence", technician="T-1", since=at(12, 30), until=at(14))
        assert breaks(desk)[1] == ("12:30", "12:30", timedelta(minutes=90))
        facts = left(desk).facts
        assert facts is not None
        assert facts.breaks_taken == 1

    def test_a_visit_that_runs_into_an_absence_is_followed_by_it(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", expected_at=at(10, 10))
        desk.do("report_absence", technician="T-1", since=at(10), until=at(11))
        facts = left(desk).facts
        assert facts is not None
        assert facts.resume is not None
        assert facts.resume.at == moment(at(11))

    def test_two_absences_of_a_day_are_both_kept(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(9), until=at(10))
        desk.do("report_absence", technician="T-1", since=at(14), until=at(15))
        assert breaks(desk) == [("09:00", "09:00", HOUR), ("11:00", "13:00", HALF), ("14:00", "14:00", HOUR)]

    def test_an_absence_takes_the_place_of_one_that_it_overlaps(self) -> None:
        desk = Desk().at(at(8))
        desk.do("report_absence", technician="T-1", since=at(9), until=at(10))
        desk.do("report_absence", technician="T-1", since=at(9, 30), until=at(11))
        assert [each.since for each in desk.state.crew["T-1"].absences] == [moment(at(9, 30))]

    def test_who_can_work_again_has_the_rest_of_the_shift(self) -> None:
        desk = Desk().at(at(9))
        desk.do("report_absence", technician="T-1")
        desk.at(at(10)).do("end_absence", technician="T-1")
        assert left(desk).end == moment(at(16))

    def test_ending_an_absence_leaves_those_ahead(self) -> None:
        desk = Desk().at(at(9))
        desk.do("report_absence", technician="T-1", since=at(14), until=at(15))
        desk.do("report_absence", technician="T-1", until=at(12))
        desk.at(at(10)).do("end_absence", technician="T-1")
        assert [each.since for each in desk.state.crew["T-1"].absences] == [moment(at(14))]

    def test_orders_that_fall_into_an_absence_are_given_back_and_no_others(self) -> None:
        desk = Desk().at(at(8))
        desk.plan("T-1", ("C-0", at(9)), ("C-1", at(12)))
        desk.report("C-0", "accepted")
        desk.report("C-1", "accepted")
        desk.do("report_absence", technician="T-1", since=at(11), until=at(13))
        assert (desk.visit("C-0").status, desk.visit("C-1").status) == ("accepted", "new")

    def test_the_visit_on_the_way_is_given_back_by_who_falls_ill(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route")
        desk.do("report_absence", technician="T-1")
        assert desk.visit("C-0").status == "new"

    def test_work_of_who_falls_ill_on_the_site_is_a_fact_with_a_warning(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site")
        desk.do("report_absence", technician="T-1")
        assert desk.visit("C-0").status == "on_site"
        assert [each.call for each in desk.warnings("absent_on_site")] == ["C-0"]

    def test_an_absence_that_ends_before_it_begins_is_refused(self) -> None:
        with pytest.raises(AbsenceOrderError):
            Desk().do("report_absence", technician="T-1", since=at(10), until=at(10))


class TestShifts:
    def test_a_shift_that_overlaps_another_is_refused(self) -> None:
        with pytest.raises(OverlapError):
            Desk().do("change_shift", technician="T-1", shift=shift("late", 15, 18))

    def test_a_shift_of_impossible_times_is_refused_at_its_place(self) -> None:
        with pytest.raises(DocumentErrors) as caught:
            Desk().do("change_shift", technician="T-1", shift=shift("late", 18, 17))
        assert [(each.pointer, each.code) for each in caught.value.faults] == [("/shift", "shift_order")]

    def test_a_shift_with_facts_is_refused(self) -> None:
        said = shift("late", 18, 20, facts={"departed_at": at(18)})
        with pytest.raises(FactsStatedError):
            Desk().do("change_shift", technician="T-1", shift=said)

    def test_a_longer_shift_is_planned_as_it_is_now(self) -> None:
        desk = Desk()
        desk.do("change_shift", technician="T-2", shift=shift(end=15))
        assert left(desk, "T-2").end == moment(at(15))

    def test_a_shift_that_has_not_begun_is_gone_when_cancelled(self) -> None:
        desk = Desk()
        desk.do("cancel_shift", technician="T-2", shift="mon")
        assert desk.planned("T-2").shifts == ()

    def test_a_shift_that_has_begun_ends_when_cancelled(self) -> None:
        desk = Desk().at(at(10))
        desk.report("C-0", "completed", "T-2", at=at(9))
        desk.do("cancel_shift", technician="T-2", shift="mon")
        assert left(desk, "T-2").end == moment(at(10))

    def test_a_break_behind_the_end_of_a_cut_shift_is_left_out(self) -> None:
        crew = [technician(shifts=[shift(breaks=[{"earliest": at(12), "latest": at(13), "duration": 1800}])])]
        desk = Desk(day([call()], crew)).at(at(9))
        desk.do("report_absence", technician="T-1", since=at(12, 15))
        assert left(desk).breaks == ()
