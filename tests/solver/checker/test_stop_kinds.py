"""A stop is a visit, a restock or a meeting, and its lines can be read."""

from dataclasses import replace

import pytest

from solver.checker import check
from solver.problem import NONE
from solver.solution import Stop
from tests.solver.builder import Location, Meeting, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive, meet, plan, restock, serve, with_stop

PROBLEM = make_problem(
    [Visit(parts={0: 1}, tools=[0], sourcings=[Sourcing()])],
    [Technician(stock={0: 9}, tools=[0])],
    [Shift(overnight_location=0)],
    locations=[Location(supplies=[(0, 0, 9)], tools={0: 9})],
    meetings=[Meeting()],
)
ROUTE = drive(PROBLEM, [restock(loads={0: 1}), 0])


def test_a_stop_is_of_one_kind() -> None:
    assert codes(PROBLEM, ROUTE) == set()
    assert codes(PROBLEM, with_stop(ROUTE, 0, meeting=0)) == {"stop_mixed"}
    assert codes(PROBLEM, with_stop(ROUTE, 1, location=0)) == {"stop_mixed"}


def test_a_stop_of_no_kind_is_unknown() -> None:
    assert "visit_unknown" in codes(PROBLEM, with_stop(ROUTE, 0, location=NONE))


@pytest.mark.parametrize(
    "stop",
    [
        replace(serve(0), loads=((0, 1),)),
        replace(serve(0), gives=((0, 1),)),
        replace(serve(0), tools=(0,)),
        replace(restock(loads={0: 1}), gives=((0, 1),)),
        replace(restock(loads={0: 1}), sourcing=0),
        replace(meet(gives={0: 1}), tools=(0,)),
        replace(meet(gives={0: 1}), sourcing=0),
    ],
)
def test_a_stop_records_nothing_of_another_kind(stop: Stop) -> None:
    assert "stop_mixed" in codes(PROBLEM, drive(PROBLEM, [stop]), unplanned=[0])


@pytest.mark.parametrize("number", [-2, 1])
@pytest.mark.parametrize("kind", ["location", "meeting"])
def test_a_place_to_stop_at_is_one_of_the_problem(kind: str, number: int) -> None:
    route = with_stop(with_stop(ROUTE, 0, location=NONE), 0, **{kind: number})
    assert codes(PROBLEM, route, unplanned=[]) == {f"{kind}_unknown"}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (((0, 0),), "pieces_wrong"),
        (((0, -1),), "pieces_wrong"),
        (((0, 1), (0, 1)), "pieces_wrong"),
        (((1, 1),), "part_unknown"),
        (((-1, 1),), "part_unknown"),
    ],
)
def test_each_part_is_known_and_listed_once_with_a_piece_or_more(lines: tuple[tuple[int, int], ...], code: str) -> None:
    assert codes(PROBLEM, with_stop(ROUTE, 0, loads=lines)) == {code}
    assert codes(PROBLEM, replace(drive(PROBLEM, [0]), overnight=lines)) == {code}
    assert codes(PROBLEM, with_stop(drive(PROBLEM, [meet(), 0]), 0, gives=lines)) == {code}


@pytest.mark.parametrize(("tools", "code"), [((0, 0), "pieces_wrong"), ((1,), "tool_unknown"), ((-1,), "tool_unknown")])
def test_each_tool_is_known_and_listed_once(tools: tuple[int, ...], code: str) -> None:
    assert codes(PROBLEM, with_stop(ROUTE, 0, tools=tools)) == {code}


def test_a_violation_at_a_restock_names_its_location() -> None:
    (violation,) = check(PROBLEM, plan(with_stop(ROUTE, 0, arrival_s=-5))).violations
    assert (violation.code, violation.visit, violation.detail) == ("time_wrong", None, "location 0, arrival")


def test_a_violation_at_a_meeting_names_it() -> None:
    giver = drive(PROBLEM, [meet(), 0])
    (violation,) = check(PROBLEM, plan(giver)).violations
    assert (violation.code, violation.visit, violation.detail) == ("meeting", None, "meeting 0")


def test_a_violation_in_the_night_says_so() -> None:
    (violation,) = check(PROBLEM, plan(drive(PROBLEM, [0], overnight={0: 2}))).violations
    assert (violation.code, violation.visit, violation.detail) == ("load_unused", None, "the night's load, part 0")


def test_a_restock_that_claims_to_have_happened_is_no_fact() -> None:
    assert codes(PROBLEM, with_stop(ROUTE, 0, is_fact=True)) == {"fact_changed"}
