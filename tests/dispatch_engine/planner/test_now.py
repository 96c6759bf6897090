"""Nothing that is decided begins earlier than now."""

from typing import Any

from solver.problem import NONE, Shifts
from tests.dispatch_engine.planner.days import at, call, day, plan_of, reasons_of, shift, technician, translation_of

HOUR = 3600
LUNCH = {"earliest": at(11), "latest": at(12), "duration": 1800}


def shifts_at(now: str, calls: list[dict[str, Any]] | None = None, **stated: Any) -> Shifts:
    problem = day(calls or [call()], [technician(shifts=[shift(**stated)])], now=now)
    return translation_of(problem).solver_problem.shifts


def test_a_shift_that_has_not_begun_starts_now() -> None:
    assert shifts_at(at(10)).start_s[0] == 3 * HOUR


def test_a_shift_of_later_starts_as_stated() -> None:
    assert shifts_at(at(7, 30)).start_s[0] == HOUR


def test_breaks_whose_window_has_gone_by_are_behind() -> None:
    assert shifts_at(at(12, 1), breaks=[LUNCH]).break_latest_s.row(0) == []


def test_a_break_that_can_still_begin_now_is_to_be_taken() -> None:
    assert shifts_at(at(12), breaks=[LUNCH]).break_latest_s.row(0) == [5 * HOUR]


def test_in_overtime_already_only_overtime_is_left() -> None:
    shifts = shifts_at(at(16, 30), overtime_cap="PT2H")
    assert (shifts.start_s[0], shifts.regular_end_s[0]) == (9.5 * HOUR, 9.5 * HOUR)
    assert shifts.overtime_cap_s[0] == 1.5 * HOUR


def test_a_shift_that_is_over_takes_no_visit_and_says_so() -> None:
    crew = [technician(shifts=[shift(end=12), shift("evening", 18, 19)])]
    found = plan_of(day([call(windows=[{"start": at(8), "end": at(12)}])], crew, now=at(12)))
    assert "was over at 13:00" in reasons_of(found)["shift"]


def test_a_route_of_facts_goes_on_now_from_its_last_fact() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    problem = day([call()], [technician(shifts=[shift(facts=facts)])], now=at(11))
    translation = translation_of(problem)
    shifts = translation.solver_problem.shifts
    assert shifts.resume_s[0] == 4 * HOUR
    assert shifts.resume_place[0] == translation.frame.places.number(problem.calls[0].place)
    assert shifts.start_s[0] == HOUR


def test_a_fact_that_ends_later_than_now_is_waited_for() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(12)}]}
    assert shifts_at(at(11), facts=facts).resume_s[0] == NONE


def test_a_resume_point_of_earlier_is_left_now() -> None:
    facts = {"departed_at": at(8), "resume": {"place": "P2", "at": at(9)}}
    assert shifts_at(at(11), facts=facts).resume_s[0] == 4 * HOUR


def test_a_resume_point_of_later_stands() -> None:
    facts = {"departed_at": at(8), "resume": {"place": "P2", "at": at(12)}}
    assert shifts_at(at(11), facts=facts).resume_s[0] == 5 * HOUR


def test_a_shift_with_facts_that_is_over_ends_with_them() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    problem = day([call(), call("C-2")], [technician(shifts=[shift(facts=facts), shift("tue", 20, 22)])], now=at(18))
    shifts = translation_of(problem).solver_problem.shifts
    assert (shifts.max_visits[0], shifts.resume_s[0]) == (1, NONE)
    found = plan_of(problem)
    assert [[stop.call for stop in route.stops] for route in found.routes] == [["C-1"], ["C-2"]]


def test_nothing_in_a_plan_begins_before_now() -> None:
    problem = day([call(), call("C-2", "P2")], now=at(13))
    (route,) = plan_of(problem).routes
    assert problem.now is not None
    assert route.departure >= problem.now
    assert all(stop.start >= problem.now for stop in route.stops)
