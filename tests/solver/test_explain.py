"""Why a visit is not planned, proven by trying it on every shift, and what it would cost there."""

from __future__ import annotations

from typing import Any

import pytest

from solver.explain import Alternative, UnplannedReason, alternatives, why_unplanned
from solver.money import FORBIDDEN
from solver.problem import (
    ORDER_FIXED,
    START_FIXED,
    TECHNICIAN_FIXED,
    TERRITORY_REQUIRED,
    UNREACHABLE,
    Problem,
)
from solver.reasons import Reason
from solver.tables import build_tables
from solver.timetable import route_ticks
from tests.solver.builder import Break, Fact, Location, Reserve, Shift, Technician, Visit, make_problem
from tests.solver.planning import at_position, codes, order, plan
from tests.solver.search.standing import problems


def alone(visit: dict[str, Any], shift: dict[str, Any] | None = None, **problem: Any) -> Problem:
    return make_problem([Visit(**visit)], shifts=[Shift(**(shift or {}))], **problem)


HURRIED = {"windows": [(600, 600)]}
LEFT_OUT: list[tuple[str, Problem]] = [
    ("skill", alone({"skills": {0: 1}})),
    ("tool", alone({"tools": {0}})),
    ("technician", alone({"excluded": {0}})),
    ("territory", alone({"territory": 0, "territory_rule": TERRITORY_REQUIRED})),
    ("window", alone({"windows": [(0, 599)]})),
    ("release", alone({"windows": [(0, 900)], "release_s": 901})),
    ("shift", alone({}, {"regular_end_s": 1799})),
    ("break", alone(HURRIED, {"breaks": [Break(601, 1199)]})),
    ("max_visits", alone({}, {"max_visits": 0})),
    ("max_driving", alone({}, {"max_driving_s": 1199})),
    ("max_distance", alone({}, {"max_distance_m": 11_999})),
    ("max_duration", alone({}, {"max_duration_s": 1799})),
    ("part", alone({"parts": {0: 1}})),
    ("pin", alone({"pin_level": START_FIXED, "pin_shift": 0, "pin_start_s": 599})),
    ("unreachable", alone({}, travel_s={(1, 0): UNREACHABLE})),
    ("no_technicians", make_problem([Visit()], [], [])),
    ("capacity", make_problem([Visit(drop_ticks=20_000), Visit(place=1)], shifts=[Shift(max_visits=1)])),
    ("price", alone({"drop_ticks": 13_799})),
    ("reserve", alone({"drop_ticks": 13_801}, reserves=[Reserve(wanted_s=36_000)])),
]


@pytest.mark.parametrize(("code", "problem"), LEFT_OUT, ids=[code for code, _ in LEFT_OUT])
def test_a_visit_left_out_has_its_reason_code(code: str, problem: Problem) -> None:
    assert codes(plan(problem), 0) == [code]


def test_every_reason_is_explained_by_a_case() -> None:
    codes_seen = {code for code, _ in LEFT_OUT} | {Reason.LIMIT_REACHED.code, Reason.NONE.code}
    assert codes_seen == {reason.code for reason in Reason}


def test_a_visit_that_would_still_be_worth_it_was_left_out_for_lack_of_effort() -> None:
    problem = make_problem([Visit(), Visit()])
    why = why_unplanned(problem, build_tables(problem), [[0]], [1])
    assert why == {1: (UnplannedReason(Reason.LIMIT_REACHED, 0, 0),)}


@pytest.mark.parametrize(("drop_ticks", "shortfall"), [(13_800, 0), (13_799, 1), (0, 13_800)])
def test_what_is_not_worth_its_price_says_by_how_many_ticks(drop_ticks: int, shortfall: int) -> None:
    result = plan(make_problem([Visit(drop_ticks=drop_ticks)]))
    assert result.why[0] == (UnplannedReason(Reason.PRICE, 0, 0, shortfall),)


def test_the_shortfall_is_measured_beside_the_rest_of_the_route() -> None:
    visits = [Visit(), Visit(drop_ticks=13_000)]
    result = plan(make_problem(visits))
    assert result.why[1] == (UnplannedReason(Reason.PRICE, 0, 0, 1200 + 600 + 12_000 - 13_000),)


def test_the_price_of_a_broken_promise_and_of_lateness_counts_for_leaving_out() -> None:
    visit = Visit(drop_ticks=10_000, promised_technician=0, promise_drop_ticks=3000, response=[(86_300, 1)])
    assert plan(make_problem([visit])).why[0][0].shortfall == 13_800 - 13_100


def test_each_shift_has_its_own_reason_in_their_order() -> None:
    visit = Visit(skills={0: 1}, parts={0: 2}, windows=[(0, 3000)])
    crew = [Technician(), Technician(skills={0: 1}, stock={0: 1}), Technician(skills={0: 1}, stock={0: 2})]
    shifts = [
        Shift(technician=0),
        Shift(technician=1),
        Shift(technician=2, start_s=2401),
        Shift(technician=2, start_s=9000),
    ]
    reasons = plan(make_problem([visit], crew, shifts)).why[0]
    assert [(why.reason.code, why.technician, why.shift, why.shortfall) for why in reasons] == [
        ("skill", 0, 0, 0),
        ("part", 1, 1, 1),
        ("window", 2, 2, 0),
        ("window", 2, 3, 0),
    ]


def test_facts_belong_to_the_bare_shift() -> None:
    shift = Shift(facts=[Fact(0, 700, 1500)], departed_s=50)
    result = plan(make_problem([Visit(), Visit(windows=[(0, 2099)])], shifts=[shift]))
    assert codes(result, 1) == ["window"]


def test_a_part_that_another_visit_uses_up_is_missing_by_what_is_left() -> None:
    visits = [Visit(parts={1: 2}), Visit(parts={1: 3}, drop_ticks=20_000)]
    why = plan(make_problem(visits, [Technician(stock={1: 4})])).why[1][0]
    assert (why.reason, why.short, why.shortfall) == (Reason.PART, 1, 1)


WANTS = Visit(parts={0: 2}, drop_ticks=20_000)


def test_a_part_that_nobody_has_is_missing_by_what_is_needed() -> None:
    result = plan(make_problem([WANTS], locations=[Location(supplies=[(1, 0, 9)])]))
    assert result.why[0] == (UnplannedReason(Reason.PART, 0, 0, shortfall=2, short=0),)


def test_a_part_of_which_a_place_has_too_few_is_missing() -> None:
    result = plan(make_problem([WANTS], [Technician(stock={0: 1})], locations=[Location(supplies=[(0, 86_401, 9)])]))
    assert (result.why[0][0].reason, result.why[0][0].short) == (Reason.PART, 0)


def test_a_part_that_others_have_taken_on_is_missing() -> None:
    visits = [Visit(parts={0: 2}), Visit(place=1, parts={0: 1}, drop_ticks=20_000)]
    shifts = [Shift(), Shift(technician=1)]
    result = plan(make_problem(visits, shifts=shifts, locations=[Location(supplies=[(0, 0, 2)])]))
    assert [(why.reason, why.short, why.shortfall) for why in result.why[1]] == [(Reason.PART, 0, 1)] * 2


def test_a_tool_that_is_lent_to_others_is_missing() -> None:
    visits = [Visit(tools={0}, excluded={1}), Visit(tools={0}, excluded={0}, drop_ticks=20_000)]
    shifts = [Shift(), Shift(technician=1)]
    result = plan(make_problem(visits, shifts=shifts, locations=[Location(tools={0: 1})]))
    assert codes(result, 1) == ["technician", "tool"]


def test_a_visit_that_a_restock_makes_too_dear_is_left_out_for_its_price() -> None:
    location = Location(place=2, supplies=[(0, 0, 9)])
    result = plan(make_problem([WANTS], locations=[location]))
    assert result.why[0] == (UnplannedReason(Reason.PRICE, 0, 0, 2400 + 600 + 24_000 - 20_000),)


def test_an_alternative_may_fetch_what_it_needs_on_the_way() -> None:
    problem = make_problem([WANTS, Visit()], locations=[Location(supplies=[(0, 0, 9)])])
    assert [(found.reason, found.added_ticks) for found in alternatives(problem, [[1]], 0)] == [(Reason.NONE, 600)]


def test_a_day_is_full_where_the_visit_would_fit_an_empty_one() -> None:
    visits = [Visit(service_s=9000), Visit(place=1, drop_ticks=20_000, service_s=2000)]
    result = plan(make_problem(visits, shifts=[Shift(regular_end_s=12_000)]))
    assert codes(result, 1) == ["capacity"]


def test_alternatives_take_the_visit_out_of_its_own_route_first() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(), Shift(technician=1)])
    assert alternatives(problem, [[0, 1], []], 1) == [
        Alternative(0, Reason.NONE, 1200 + 600 + 12_000, 0),
        Alternative(1, Reason.NONE, 2400 + 600 + 24_000, 0),
    ]


def test_an_alternative_names_the_rule_that_forbids_it_and_the_pieces_that_are_short() -> None:
    visits = [Visit(tools={0}, parts={0: 3}), Visit(place=1)]
    crew = [Technician(), Technician(tools={0}, stock={0: 1}), Technician(tools={0}, stock={0: 3})]
    shifts = [Shift(technician=0), Shift(technician=1), Shift(technician=2, max_visits=1), Shift(technician=2)]
    found = alternatives(make_problem(visits, crew, shifts), [[], [], [1], [0]], 0)
    assert [(a.shift, a.reason, a.shortfall, a.short) for a in found] == [
        (0, Reason.TOOL, 0, None),
        (1, Reason.PART, 2, 0),
        (2, Reason.CAPACITY, 0, None),
        (3, Reason.NONE, 0, None),
    ]


def test_an_alternative_on_another_shift_than_the_pinned_one_is_against_the_pin() -> None:
    visit = Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, pin_shift=0)
    problem = make_problem([visit], shifts=[Shift(), Shift(start_s=50_000, regular_end_s=90_000), Shift(technician=1)])
    reasons = [alternative.reason for alternative in alternatives(problem, [[0], [], []], 0)]
    assert reasons == [Reason.NONE, Reason.PIN, Reason.PIN]


def test_a_place_reached_only_by_way_of_another_visit_is_an_alternative_behind_it() -> None:
    problem = make_problem([Visit(), Visit()], travel_s={(0, 1): UNREACHABLE})
    assert order(plan(problem).solution) == (1, 0)
    found = alternatives(problem, [[1, 0]], 0)[0]
    assert (found.reason, found.position) == (Reason.NONE, 1)
    assert alternatives(problem, [[0]], 0)[0].reason is Reason.UNREACHABLE


def test_an_order_that_leaves_no_room_is_a_full_day() -> None:
    visits = [
        Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=2, windows=[(0, 2399)], drop_ticks=20_000),
        Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=1),
    ]
    assert codes(plan(make_problem(visits)), 0) == ["capacity"]


def test_what_an_alternative_costs_is_what_its_route_costs_more() -> None:
    tried = 0
    for problem in problems(32, 20):
        result, tables = plan(problem), build_tables(problem)
        routes = [list(order(result.solution, s)) for s in range(problem.n_shifts)]
        for visit in {v for visits in routes for v in visits}:
            others = [[v for v in visits if v != visit] for visits in routes]
            before = [route_ticks(tables, s, visits) for s, visits in enumerate(others)]
            if max(before) >= FORBIDDEN:
                continue  # the rest of its route cannot be driven without the visit: a leg has no way
            for found in alternatives(problem, routes, visit):
                if found.reason is Reason.NONE:
                    tried += 1
                    forced = at_position(others[found.shift], found.position, visit)
                    assert route_ticks(tables, found.shift, forced) - before[found.shift] == found.added_ticks
    assert tried > 100
