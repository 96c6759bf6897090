"""What has happened on a shift, and what will whatever is decided: the head of its route."""

from datetime import datetime, timedelta

from dispatch_engine.model.facts import Facts
from tests.dispatch_engine.board.desk import Desk, at, moment


def told(facts: Facts | None) -> list[tuple[str, str, datetime, datetime]]:
    assert facts is not None
    return [(each.call, each.status, each.started_at, each.completed_at) for each in facts.visits]


class TestFacts:
    def test_a_shift_on_which_nothing_has_happened_has_no_head(self) -> None:
        assert Desk().facts() is None

    def test_visits_that_have_ended_are_facts_with_their_times(self) -> None:
        desk = Desk().at(at(10))
        desk.report("C-0", "en_route", at=at(8, 10))
        desk.report("C-0", "on_site", at=at(8, 20))
        desk.report("C-0", "unable", at=at(8, 50))
        facts = desk.facts()
        assert facts is not None
        assert facts.departed_at == moment(at(8, 10))
        assert told(facts) == [("C-0", "unable", moment(at(8, 20)), moment(at(8, 50)))]

    def test_work_that_goes_on_ends_after_its_duration(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", at=at(8, 50))  # takes 25 minutes
        assert told(desk.facts())[0][3] == moment(at(9, 15))

    def test_work_that_should_have_ended_ends_now_at_the_earliest(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", at=at(8, 50))
        assert told(desk.tick(at(9, 40)).facts())[0][3] == moment(at(9, 40))

    def test_work_that_should_have_ended_goes_on_as_such_work_does(self) -> None:
        """C-1 takes 25 minutes, up to 50 of them; after 30 these are all alike, 40 on the mean."""
        desk = Desk().at(at(9))
        desk.do("set_policy", policy={"spread": {"work": {"p25": 0.5, "p75": 1.5}}})
        desk.report("C-1", "on_site", at=at(8, 50))
        assert told(desk.facts())[0][3] == moment(at(9, 15))
        ends_at = told(desk.tick(at(9, 20)).facts())[0][3]
        assert abs(ends_at - moment(at(9, 30))) <= timedelta(minutes=1)
        assert told(desk.tick(at(9, 50)).facts())[0][3] == moment(at(9, 50))

    def test_the_technicians_word_goes_before_what_such_work_takes(self) -> None:
        desk = Desk().at(at(9))
        desk.do("set_policy", policy={"spread": {"work": {"p25": 0.5, "p75": 1.5}}})
        desk.report("C-1", "on_site", at=at(8, 50))
        desk.do("estimate", call="C-1", ends_at=at(9, 18))
        assert told(desk.tick(at(9, 20)).facts())[0][3] == moment(at(9, 20))

    def test_who_is_on_the_way_arrives_when_expected_and_not_before_now(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", expected_at=at(9, 30))
        assert told(desk.facts())[0][2] == moment(at(9, 30))
        assert told(desk.tick(at(9, 50)).facts())[0][2] == moment(at(9, 50))

    def test_who_arrives_before_the_window_waits_for_it(self) -> None:
        desk = Desk().at(at(8, 30))
        desk.report("C-3", "en_route", expected_at=at(8, 40))
        assert told(desk.facts())[0][2] == moment(at(9))

    def test_a_visit_that_was_never_ended_ended_when_its_technician_set_out_for_the_next(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 10))
        desk.report("C-1", "en_route", at=at(8, 30), expected_at=at(9, 10))
        assert [each[2:] for each in told(desk.facts())] == [
            (moment(at(8, 10)), moment(at(8, 30))),
            (moment(at(9, 10)), moment(at(9, 35))),
        ]

    def test_visits_that_overlap_by_the_reports_are_put_in_order(self) -> None:
        desk = Desk().at(at(10))
        desk.report("C-0", "on_site", at=at(8, 10))
        desk.report("C-1", "on_site", at=at(8, 30))
        desk.report("C-0", "completed", at=at(9))
        starts = [(each[0], each[2], each[3]) for each in told(desk.facts())]
        assert starts[0] == ("C-0", moment(at(8, 10)), moment(at(9)))
        assert starts[1][:2] == ("C-1", moment(at(9)))

    def test_a_call_that_is_a_fact_is_held_to_nothing(self) -> None:
        desk = Desk().at(at(9))
        desk.do("assign_call", call="C-0", technician="T-1")
        desk.report("C-0", "on_site")
        planned = desk.call("C-0")
        assert planned is not None
        assert planned.pin is None


class TestFreezeHorizon:
    def test_a_visit_about_to_begin_keeps_its_technician_and_start(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)), ("C-4", at(12)))
        assert told(desk.facts()) == [("C-0", "on_site", moment(at(9)), moment(at(9, 20)))]

    def test_the_horizon_itself_is_within(self) -> None:
        desk = Desk().at(at(8, 45))
        desk.plan("T-1", ("C-0", at(9)))
        assert len(told(desk.facts())) == 1
        desk.plan("T-1", ("C-0", "2026-03-02T09:00:01+00:00"))
        assert desk.facts() is None

    def test_a_board_without_a_freeze_horizon_holds_nothing(self) -> None:
        desk = Desk(freeze_horizon=0).at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        assert desk.facts() is None

    def test_a_visit_for_which_nobody_has_set_out_in_time_is_pushed(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        assert told(desk.tick(at(9, 30)).facts())[0][2] == moment(at(9, 40))  # ten minutes of driving from now

    def test_a_call_that_is_wanted_from_another_is_not_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        desk.do("assign_call", call="C-0", technician="T-2")
        assert desk.facts() is None

    def test_a_call_whose_order_another_has_is_not_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        desk.report("C-0", "dispatched", "T-2")
        assert desk.facts() is None

    def test_a_call_that_was_declined_is_not_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        desk.report("C-0", "declined")
        assert desk.facts() is None

    def test_a_call_that_asks_for_another_skill_by_now_is_not_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(9)))
        desk.do("change_call", call="C-0", changes={"skills": {"gas": 1}})
        assert desk.facts() is None

    def test_a_call_whose_part_is_not_in_the_van_any_more_is_not_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-2", at(9)))
        assert desk.facts() is not None
        desk.do("report_parts", technician="T-1", movement="missing", parts={"KIT": 2})
        assert desk.facts() is None

    def test_a_call_that_another_has_set_out_for_does_not_keep_the_next_from_being_held(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-0", at(8, 55)), ("C-4", at(9)))
        desk.report("C-0", "en_route", "T-2")
        assert [each[0] for each in told(desk.facts())] == ["C-4"]

    def test_what_comes_after_a_break_is_not_held(self) -> None:
        desk = Desk().at(at(11))
        stops = (desk.stop("", at(11, 2), kind="break", minutes=5), desk.stop("C-0", at(11, 10)))
        desk.publish("T-1", "mon", stops)
        assert desk.facts() is None

    def test_parts_of_a_held_visit_are_kept_from_the_planner(self) -> None:
        desk = Desk().at(at(8, 50))
        desk.plan("T-1", ("C-2", at(9)))
        assert desk.planned("T-1").stock == {"KIT": 1}


class TestDelays:
    def test_a_technician_who_starts_late_leaves_then(self) -> None:
        desk = Desk().at(at(7, 30))
        desk.do("report_delay", technician="T-1", delay="PT45M")
        facts = desk.facts()
        assert facts is not None
        assert facts.departed_at == moment(at(8, 45))

    def test_a_delay_that_is_over_is_forgotten(self) -> None:
        desk = Desk().at(at(7, 30))
        desk.do("report_delay", technician="T-1", delay="PT45M")
        assert desk.tick(at(9)).facts() is None

    def test_a_delay_on_the_site_pushes_the_end(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", at=at(8, 50))
        desk.do("report_delay", technician="T-1", delay="PT30M")
        assert told(desk.facts())[0][3] == moment(at(9, 45))

    def test_a_delay_on_the_way_pushes_the_arrival(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", expected_at=at(9, 20))
        desk.do("report_delay", technician="T-1", delay="PT30M")
        assert told(desk.facts())[0][2] == moment(at(9, 50))

    def test_a_delay_between_two_visits_says_when_the_technician_can_go_on(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "completed")
        desk.do("report_delay", technician="T-1", free_at=at(9, 40))
        facts = desk.facts()
        assert facts is not None
        assert facts.resume is not None
        assert (facts.resume.place.id, facts.resume.at) == ("P1", moment(at(9, 40)))

    def test_setting_out_ends_a_delay(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "completed")
        desk.do("report_delay", technician="T-1", free_at=at(9, 40))
        desk.at(at(9, 10)).report("C-4", "en_route", expected_at=at(9, 20))
        assert told(desk.facts())[1][2] == moment(at(9, 20))

    def test_a_position_moves_the_arrival_of_who_is_on_the_way(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", expected_at=at(9, 20))
        desk.at(at(9, 5)).do("report_position", technician="T-1", lat=1, lon=2, arrives_at=at(9, 33))
        assert told(desk.facts())[0][2] == moment(at(9, 33))

    def test_an_older_position_changes_nothing(self) -> None:
        desk = Desk().at(at(9))
        desk.do("report_position", technician="T-1", lat=1, lon=2)
        assert desk.do("report_position", technician="T-1", lat=3, lon=4, at=at(8, 59)) == ()

    def test_positions_do_not_pile_up_in_what_was_said_of_a_visit(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", expected_at=at(9, 20))
        for minute in range(1, 6):
            desk.at(at(9, minute)).do("report_position", technician="T-1", lat=1, lon=2, arrives_at=at(9, 30 + minute))
        assert [each.kind for each in desk.visit("C-0").said] == ["en_route", "arrival_expected"]


class TestBreaks:
    def test_a_technician_is_free_after_the_break_at_the_last_visit(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "completed")
        desk.do("report_break", technician="T-1")
        facts = desk.facts()
        assert facts is not None
        assert facts.breaks_taken == 1
        assert facts.resume is not None
        assert (facts.resume.place.id, facts.resume.at) == ("P1", moment(at(11, 30)))

    def test_a_report_during_a_break_is_of_that_break(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "completed")
        desk.do("report_break", technician="T-1")
        desk.at(at(11, 10)).do("report_break", technician="T-1", at=at(11, 2), ends_at=at(12))
        facts = desk.facts()
        assert facts is not None
        assert facts.breaks_taken == 1
        assert facts.resume is not None
        assert facts.resume.at == moment(at(12))

    def test_a_report_that_arrives_late_does_not_end_a_break(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "completed", at=at(10, 50))
        desk.do("report_break", technician="T-1")
        desk.at(at(11, 5)).report("C-1", "on_site", at=at(10, 20))
        facts = desk.facts()
        assert facts is not None
        assert facts.resume is not None

    def test_a_break_that_comes_due_by_the_plan_is_counted_by_the_clock(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "completed")
        desk.publish("T-1", "mon", (desk.stop("", at(11, 5), kind="break", minutes=30), desk.stop("C-0", at(12))))
        desk.at(at(11, 4)).do("pass_time")
        assert "break_taken" not in [each.type for each in desk.events]
        desk.at(at(11, 5)).do("pass_time")
        facts = desk.facts()
        assert facts is not None
        assert facts.breaks_taken == 1
        desk.at(at(11, 6)).do("pass_time")
        assert "break_taken" not in [each.type for each in desk.events]

    def test_a_break_does_not_come_due_while_work_goes_on(self) -> None:
        desk = Desk().at(at(11))
        desk.report("C-1", "on_site")
        desk.publish("T-1", "mon", (desk.stop("", at(11, 5), kind="break", minutes=30),))
        desk.at(at(11, 10)).do("pass_time")
        assert "break_taken" not in [each.type for each in desk.events]
