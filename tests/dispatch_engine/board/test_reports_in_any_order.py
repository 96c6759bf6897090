"""A phone's reports come late, twice and in any order; its numbers say the order."""

import itertools
import random
from typing import Any

import pytest

from dispatch_engine.board.state import VisitState
from tests.dispatch_engine.board.desk import Desk, at, moment

NUMBERED: list[dict[str, Any]] = [
    {"status": "dispatched", "at": at(8), "sequence": 1},
    {"status": "accepted", "at": at(8, 2), "sequence": 2},
    {"status": "en_route", "at": at(8, 10), "sequence": 3},
    {"status": "on_site", "at": at(8, 20), "sequence": 4},
    {"status": "completed", "at": at(8, 50), "sequence": 5},
]


def after(reports: list[dict[str, Any]], call: str = "C-0") -> VisitState:
    desk = Desk().at(at(10))
    for each in reports:
        desk.do("report_visit", **{"call": call, "technician": "T-1", **each})
    return desk.visit(call)


def test_reports_in_order_end_in_a_completed_visit_with_all_times() -> None:
    visit = after(NUMBERED)
    assert visit.status == "completed"
    assert (visit.dispatched_at, visit.accepted_at) == (moment(at(8)), moment(at(8, 2)))
    assert (visit.departed_at, visit.started_at) == (moment(at(8, 10)), moment(at(8, 20)))
    assert visit.ended_at == moment(at(8, 50))


def test_numbered_reports_in_every_order_end_in_the_same_state() -> None:
    expected = after(NUMBERED)
    for order in itertools.permutations(NUMBERED):
        assert after(list(order)) == expected


def test_reports_without_numbers_are_ordered_by_their_times() -> None:
    plain = [{name: value for name, value in each.items() if name != "sequence"} for each in NUMBERED]
    expected = after(plain)
    for order in itertools.permutations(plain):
        assert after(list(order)) == expected


def tour(chance: random.Random) -> list[dict[str, Any]]:
    """A day of one phone: calls begun, left again for others, declined, ended, corrected."""
    said: list[dict[str, Any]] = []
    calls = [f"C-{number}" for number in range(4)]
    steps = ["dispatched", "accepted", "declined", "en_route", "on_site", "completed", "unable"]
    for minute in range(12):
        status = chance.choices(steps, [1, 2, 1, 4, 4, 3, 1])[0]
        said.append({"call": chance.choice(calls), "status": status, "at": at(8, 2 * minute), "sequence": minute})
    return said


@pytest.mark.parametrize("seed", range(40))
def test_a_whole_tour_in_any_order_ends_in_the_same_states(seed: int) -> None:
    chance = random.Random(seed)
    reports = tour(chance)

    def states(order: list[dict[str, Any]]) -> dict[str, VisitState]:
        desk = Desk().at(at(10))
        for each in order:
            desk.do("report_visit", technician="T-1", follow_up=False, **each)
        return {name: desk.visit(name) for name in ("C-0", "C-1", "C-2", "C-3")}

    expected = states(reports)
    for _ in range(5):
        assert states(chance.sample(reports, len(reports))) == expected


def test_a_late_on_site_fills_the_time_and_lowers_nothing() -> None:
    desk = Desk().at(at(10))
    desk.report("C-0", "completed", at=at(9))
    visit = desk.report("C-0", "on_site", at=at(8, 30))
    assert (visit.status, visit.started_at, visit.ended_at) == ("completed", moment(at(8, 30)), moment(at(9)))


def test_a_late_accepted_does_not_lower_a_visit_that_is_under_way() -> None:
    desk = Desk().at(at(10))
    desk.report("C-0", "en_route", at=at(9), sequence=7)
    visit = desk.report("C-0", "accepted", at=at(8), sequence=6)
    assert (visit.status, visit.accepted_at) == ("en_route", moment(at(8)))


def test_the_same_report_again_changes_nothing() -> None:
    desk = Desk().at(at(10))
    desk.report("C-0", "completed", at=at(9), sequence=5)
    assert desk.do("report_visit", call="C-0", technician="T-1", status="completed", at=at(9), sequence=5) == ()


def test_what_is_so_already_is_not_reported_again() -> None:
    desk = Desk()
    desk.report("C-0", "en_route")
    assert desk.do("report_visit", call="C-0", technician="T-1", status="en_route") == ()


def test_a_visit_that_ends_without_an_arrival_began_when_it_ended() -> None:
    visit = Desk().at(at(9)).report("C-0", "completed")
    assert visit.started_at == visit.ended_at == moment(at(9))


def test_a_visit_never_ends_before_it_began() -> None:
    desk = Desk().at(at(10))
    desk.report("C-0", "on_site", at=at(9), sequence=1)
    visit = desk.report("C-0", "completed", at=at(8, 30), sequence=2)
    assert visit.ended_at == moment(at(9))


def test_setting_out_elsewhere_gives_the_first_call_back() -> None:
    desk = Desk().at(at(9))
    desk.report("C-0", "en_route", at=at(8, 30))
    desk.report("C-1", "en_route", at=at(8, 40))
    left = desk.visit("C-0")
    assert (left.status, left.technician, left.departed_at) == ("new", None, None)
    assert desk.visit("C-1").status == "en_route"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_who_ends_a_visit_and_sets_out_in_the_same_second_is_on_the_way(order: tuple[int, int]) -> None:
    desk = Desk().at(at(9))
    said = [("C-0", "completed"), ("C-1", "en_route")]
    for number in order:
        desk.report(*said[number], at=at(8, 50))
    assert [desk.visit(call).status for call in ("C-0", "C-1")] == ["completed", "en_route"]


def test_of_two_departures_in_the_same_second_the_one_told_last_counts() -> None:
    desk = Desk().at(at(9))
    desk.report("C-0", "en_route", at=at(8, 50))
    desk.report("C-1", "en_route", at=at(8, 50))
    assert [desk.visit(call).status for call in ("C-0", "C-1")] == ["new", "en_route"]


def test_a_late_departure_for_a_call_that_was_left_does_not_bring_it_back() -> None:
    desk = Desk().at(at(9))
    desk.report("C-1", "en_route", at=at(8, 40), sequence=2)
    desk.report("C-0", "en_route", at=at(8, 30), sequence=1)
    assert (desk.visit("C-0").status, desk.visit("C-1").status) == ("new", "en_route")


def test_a_visit_that_was_never_ended_stays_begun_when_its_technician_is_elsewhere() -> None:
    desk = Desk().at(at(9))
    desk.report("C-0", "on_site", at=at(8, 10))
    desk.report("C-1", "on_site", at=at(8, 40))
    assert desk.visit("C-0").status == desk.visit("C-1").status == "on_site"


def test_a_correction_of_the_same_phone_changes_how_a_visit_ended() -> None:
    desk = Desk().at(at(10))
    desk.report("C-0", "unable", at=at(9), sequence=1)
    visit = desk.report("C-0", "completed", at=at(9, 5), sequence=2)
    assert (visit.status, visit.follow_up) == ("completed", None)


def test_an_estimate_outlives_a_report_that_arrives_late() -> None:
    desk = Desk().at(at(9))
    desk.report("C-0", "en_route", at=at(8, 50), expected_at=at(9, 10), sequence=3)
    desk.do("estimate", call="C-0", arrives_at=at(9, 40))
    visit = desk.report("C-0", "accepted", at=at(8), sequence=2)
    assert visit.arrival_expected_at == moment(at(9, 40))


class TestTwoTechnicians:
    def test_who_is_on_the_site_keeps_the_visit_when_another_sets_out_for_it(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site", at=at(8, 30))
        visit = desk.report("C-0", "en_route", "T-2", at=at(8, 50))
        assert (visit.status, visit.technician) == ("on_site", "T-1")

    def test_who_arrives_first_takes_the_visit_from_who_is_on_the_way(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", at=at(8, 30))
        visit = desk.report("C-0", "on_site", "T-2", at=at(8, 50))
        assert (visit.status, visit.technician, visit.departed_at) == ("on_site", "T-2", None)

    def test_the_one_who_was_on_the_site_did_the_work_whoever_ends_it(self) -> None:
        desk = Desk().at(at(10))
        desk.report("C-0", "on_site", at=at(8, 30))
        visit = desk.report("C-0", "completed", "T-2", at=at(9))
        assert (visit.status, visit.technician) == ("completed", "T-1")

    def test_who_helps_is_free_at_the_site(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-1", "on_site", at=at(8, 30))
        desk.report("C-1", "on_site", "T-2", at=at(8, 50), expected_at=at(9, 30))
        facts = desk.facts("T-2")
        assert facts is not None
        assert facts.visits == ()
        assert facts.resume is not None
        assert (facts.resume.place.id, facts.resume.at) == ("P1", moment(at(9, 30)))
