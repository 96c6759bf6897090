"""Agreed meetings as arrays."""

from typing import Any

from solver.supply import Meetings
from tests.dispatch_engine.planner.days import call, day, meeting, technician, translation_of


def meetings_of(*meetings: dict[str, Any], **more: Any) -> Meetings:
    crew = [technician(), technician("T-2")]
    return translation_of(day([call()], crew, meetings=list(meetings), **more)).solver_problem.meetings


def test_a_meeting_has_its_place_time_and_handling() -> None:
    found = meetings_of(meeting(hour=12))
    assert (found.at_s.tolist(), found.handling_s.tolist(), found.place.tolist()) == ([5 * 3600], [600], [2])


def test_all_technicians_may_take_part_unless_some_are_named() -> None:
    found = meetings_of(meeting(), meeting("M-2", technicians=["T-2", "X-1"]), providers=[technician("X-1")])
    assert found.may_meet.tolist() == [[True, False], [True, True], [False, True]]


def test_nobody_meets_where_it_is_over_or_switched_off() -> None:
    assert not meetings_of(meeting(hour=12), now="2026-03-02T12:00:01+00:00").may_meet.any()
    assert not meetings_of(meeting(), policy={"transfers": "none"}).may_meet.any()
