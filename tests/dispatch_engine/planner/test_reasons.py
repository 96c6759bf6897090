"""Every reason names the thing, the value and the way out, and it is true."""

from typing import Any

import pytest

from dispatch_engine.model.problem import ProblemDocument
from tests.dispatch_engine.planner.days import (
    at,
    call,
    day,
    plan_of,
    reasons_of,
    shift,
    straight_road,
    technician,
    window,
)

LUNCH = {"earliest": at(9), "latest": at(9), "duration": 3600}


def busy(*shifts: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    return [technician(shifts=list(shifts), **more)]


def walled() -> dict[str, Any]:
    roads = straight_road()["matrices"][0]
    roads["duration_s"][0][1] = roads["distance_m"][0][1] = None
    return {"source": "matrix", "matrices": [roads]}


CASES: dict[str, tuple[ProblemDocument, str]] = {
    "skill": (
        day([call(skills={"lift": 3})], [technician(skills={"lift": 1}), technician("T-2", skills={"lift": 2})]),
        "needs skill lift at level 3; T-2 has level 2, the best of all 2 technicians.",
    ),
    "tool": (day([call(tools=["hoist"])]), "needs tool hoist, which T-1 lacks."),
    "technician": (
        day([call(required_technicians=["T-2"])], [technician(), technician("T-2", shifts=[])]),
        "only T-2 may be sent, not T-1.",
    ),
    "territory": (
        day([call(territory="north")], territories=[{"id": "north", "rule": "required"}]),
        "territory north requires its own technicians; T-1 is not at home there.",
    ),
    "window": (
        day([call(windows=[window(8, 8)])]),
        "work has to begin between 09:00 and 09:00; T-1 could be there at 09:10.",
    ),
    "release": (
        day([call(released_at=at(16), windows=[window(9, 10)])]),
        "is released at 17:00 only, too late for T-1.",
    ),
    "shift": (
        day([call(duration=3600)], busy(shift(end=9))),
        "T-1 could end at 10:20 at the earliest, 20 minutes after 10:00, the end of the shift with its overtime.",
    ),
    "break": (
        day([call(duration=1800, windows=[window(9, 9)])], busy(shift(breaks=[LUNCH]))),
        "a break of T-1 could not begin in its window (10:00 to 10:00).",
    ),
    "max_visits": (day([call()], busy(shift(max_visits=0))), "the shift of T-1 has a limit of 0 visits."),
    "max_driving": (
        day([call()], busy(shift(max_driving=600))),
        "the shift of T-1 has a limit of 10 minutes of driving.",
    ),
    "max_distance": (day([call()], busy(shift(max_distance_km="11.5"))), "the shift of T-1 has a limit of 11.5 km."),
    "max_duration": (
        day([call()], busy(shift(max_duration=1799))),
        "the route of T-1 may last 29 minutes from departure to its end.",
    ),
    "part": (
        day([call(parts={"KIT": 3})], [technician(stock={"KIT": 1})]),
        "needs 3 × part KIT; the van of T-1 is 2 short beside what is planned.",
    ),
    "pin": (
        day([call(pin={"level": "start", "technician": "T-1", "shift": "mon", "start": at(8, 5)})]),
        "cannot be served as it is pinned (T-1, shift mon, start at 09:05); T-1 could be there at 09:10.",
    ),
    "unreachable": (day([call()], travel=walled()), "has no way to any other place, or from any."),
    "capacity": (
        day([call("C-0", drop_price=9999), call()], busy(shift(end=9))),
        "fits on an empty route of T-1, but not beside what is planned there.",
    ),
    "price": (
        day([call(drop_price=1)]),
        "sending T-1 would cost 36.53 EUR more than leaving it out.",
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_the_reason_says_what_is_missing(code: str) -> None:
    problem, said = CASES[code]
    found = reasons_of(plan_of(problem))
    assert said in found[code]
    assert ". Maybe " in found[code]


def test_the_nearest_miss_is_named_first() -> None:
    crew = [technician(), technician("T-2", skills={"lift": 1}, shifts=[shift(end=9)])]
    found = reasons_of(plan_of(day([call(skills={"lift": 1}, duration=7200)], crew)))
    assert list(found) == ["shift", "skill"]


def test_a_reason_that_holds_for_one_technician_names_that_one() -> None:
    (unplanned,) = plan_of(day([call(tools=["hoist"])])).unplanned
    assert unplanned.reasons[0].technician == "T-1"
    assert unplanned.reasons[0].detail == {"tools": "hoist", "technicians": 1}


def test_a_reason_that_holds_for_many_counts_them() -> None:
    crew = [technician(f"T-{k}") for k in range(5)]
    (unplanned,) = plan_of(day([call(tools=["hoist"])], crew)).unplanned
    assert unplanned.reasons[0].technician is None
    assert "needs tool hoist, which all 5 technicians lack" in unplanned.reasons[0].message


def test_a_reason_that_holds_for_some_names_the_first_of_them() -> None:
    crew = [technician(f"T-{k}") for k in range(4)] + [
        technician("T-9", tools=["hoist"], shifts=[shift(end=8, start=7)])
    ]
    found = reasons_of(plan_of(day([call(tools=["hoist"], duration=7200)], crew)))
    assert "which 4 technicians (T-0, T-1, T-2, …) lack" in found["tool"]


def test_a_call_pinned_to_another_says_to_whom() -> None:
    crew = [technician(), technician("T-2", shifts=[])]
    pinned = call(pin={"level": "technician", "technician": "T-2"})
    assert "is pinned to T-2, which rules out T-1" in reasons_of(plan_of(day([pinned], crew)))["pin"]


def test_an_excluded_technician_may_not_be_sent() -> None:
    problem = day([call(excluded_technicians=["T-1"])])
    assert "T-1 may not be sent" in reasons_of(plan_of(problem))["technician"]


def test_times_of_another_day_are_named_with_their_date() -> None:
    crew = busy(shift(), {"id": "tue", "start": at(8, day=3), "end": at(9, day=3)})
    late = call(windows=[{"start": at(9, day=3), "end": at(10, day=3)}])
    assert "2026-03-03 10:00" in reasons_of(plan_of(day([late], crew)))["shift"]


def test_what_leaving_a_call_out_costs_stands_beside_its_reasons() -> None:
    stated = call(tools=["hoist"], restore_deadline=at(15), promise={"technician": "T-1"}, drop_price=70)
    (unplanned,) = plan_of(day([stated])).unplanned
    assert {term: float(cost) for term, cost in unplanned.costs.items()} == {
        "unplanned": 70,
        "promise_dropped": 500,
        "deferred": 60,
    }
