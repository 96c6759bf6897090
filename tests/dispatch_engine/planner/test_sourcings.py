"""The ways in which calls can get their parts."""

from decimal import Decimal
from typing import Any

import pytest

from dispatch_engine.planner.money import ticks
from dispatch_engine.planner.sourcings import MAX_WAYS
from dispatch_engine.planner.ways import Parcel, Way, without_dominated
from solver.problem import NONE
from tests.dispatch_engine.planner.days import at, call, day, location, shift, technician, translation_of, window

HOUR = 3600
COURIER = {"lead_time": "PT1H", "price": 30}
EVERYTHING = dict.fromkeys("ABCDEK", 9)
PIN = {"level": "technician", "technician": "T-1"}


def units(price: int) -> int:
    return ticks(Decimal(price))


def ways_of(*calls: dict[str, Any], stock: dict[str, int] = EVERYTHING, **more: Any) -> tuple[Way, ...]:
    """Return the ways of the first call; one van holds ``stock``."""
    crew = more.pop("technicians", [technician(stock=stock)])
    return translation_of(day(list(calls), crew, **more)).frame.ways.by_call[0]


def used(ways: tuple[Way, ...]) -> list[tuple[dict[str, int], int]]:
    """Return what each way takes from the van, and the extra price of its substitutes in whole units."""
    return [(dict(way.used), way.substitute_ticks // units(1)) for way in ways]


def sent(ways: tuple[Way, ...]) -> list[list[tuple[str, dict[str, int], int, int]]]:
    """Return location, parts, pick-up and arrival of each way's parcels, in hours."""
    return [
        [(each.location, dict(each.parts), each.pickup_s // HOUR, each.arrival_s // HOUR) for each in way.parcels]
        for way in ways
    ]


def test_a_call_gets_its_parts_as_stated_where_there_is_nothing_else() -> None:
    assert used(ways_of(call(parts={"A": 2, "B": 1}))) == [({"A": 2, "B": 1}, 0)]


def test_a_part_can_be_replaced_by_what_supersedes_it_and_what_supersedes_that_at_no_price() -> None:
    parts = [{"id": "A", "superseded_by": "B"}, {"id": "B", "superseded_by": "C"}]
    assert used(ways_of(call(parts={"A": 1}), parts=parts)) == [({"A": 1}, 0), ({"B": 1}, 0), ({"C": 1}, 0)]


def test_substitutes_of_the_call_go_before_those_of_the_part_and_cost_their_price_for_each_piece() -> None:
    parts = [{"id": "A", "substitutes": [{"part": "B", "price": 1}, {"part": "C", "price": 7}]}]
    own = [{"part": "A", "substitute": "B", "price": 5}]
    found = used(ways_of(call(parts={"A": 4}, substitutes=own), parts=parts))
    assert found == [({"A": 4}, 0), ({"B": 4}, 20), ({"C": 4}, 28)]


def test_substitutes_are_not_transitive_but_their_successors_stand_in_for_them() -> None:
    parts = [
        {"id": "A", "substitutes": [{"part": "B", "price": 2}]},
        {"id": "B", "superseded_by": "C", "substitutes": [{"part": "D", "price": 1}]},
    ]
    found = used(ways_of(call(parts={"A": 1}), parts=parts))
    assert found == [({"A": 1}, 0), ({"B": 1}, 2), ({"C": 1}, 2)]


def test_pieces_of_one_part_can_come_from_different_ones_where_no_van_could_hold_them_all() -> None:
    parts = [{"id": "A", "superseded_by": "B"}]
    found = used(ways_of(call(parts={"A": 2}), parts=parts, stock={"A": 1, "B": 2}))
    assert found == [({"A": 2}, 0), ({"A": 1, "B": 1}, 0), ({"B": 2}, 0)]
    assert len(ways_of(call(parts={"A": 2}), parts=parts)) == 2


def test_a_kit_meets_all_the_wants_that_its_parts_can_meet() -> None:
    parts = [{"id": "K", "contains": {"A": 2, "B": 1}}]
    found = ways_of(call(parts={"A": 2, "B": 1, "C": 1}), parts=parts)
    assert ({"K": 1, "C": 1}, 0) in used(found)
    (kit,) = [way for way in found if dict(way.used) == {"K": 1, "C": 1}]
    assert [tuple(each) for each in kit.replaced] == [("A", "K", 2), ("B", "K", 1)]


def test_a_kit_costs_the_price_at_which_it_is_listed_as_a_substitute() -> None:
    parts = [{"id": "K", "contains": {"A": 3}}, {"id": "A", "substitutes": [{"part": "K", "price": 8}]}]
    assert ({"K": 1}, 8) in used(ways_of(call(parts={"A": 3}), parts=parts))


def test_a_call_that_needs_a_kit_needs_the_kit_itself() -> None:
    parts = [{"id": "K", "contains": {"A": 1}}]
    assert used(ways_of(call(parts={"K": 1}), parts=parts)) == [({"K": 1}, 0)]


def test_what_no_van_can_ever_hold_is_no_way() -> None:
    parts = [{"id": "A", "superseded_by": "B"}]
    assert len(ways_of(call(parts={"A": 2}), parts=parts, stock={"B": 1})) == 1
    there = [location(stock={"B": 1, "A": 1})]
    assert {"B": 2} in [
        way.used for way in ways_of(call(parts={"A": 2}), parts=parts, stock={"B": 1}, stock_locations=there)
    ]


def test_a_courier_brings_what_its_location_has() -> None:
    there = [
        location(stock={"A": 1}, courier=COURIER),
        location("L-2", courier=COURIER),
        location("L-3", stock={"A": 1}),
    ]
    found = ways_of(call(parts={"A": 1}), stock_locations=there)
    assert sent(found)[1:] == [[("L-1", {"A": 1}, 1, 2)]]
    assert (found[1].courier_ticks, found[1].release_s, dict(found[1].used)) == (units(30), 2 * HOUR, {})


def test_a_courier_leaves_no_earlier_than_now_and_when_a_delivery_arrives() -> None:
    there = [
        location(deliveries=[{"at": at(9), "parts": {"A": 1}}, {"at": at(12), "parts": {"A": 1}}], courier=COURIER)
    ]
    found = ways_of(call(parts={"A": 1}), stock_locations=there, now=at(10))
    assert sent(found)[1:] == [[("L-1", {"A": 1}, 3, 4)], [("L-1", {"A": 1}, 5, 6)]]


def test_parts_from_one_location_travel_together_at_one_price() -> None:
    there = [location(stock={"A": 1}, deliveries=[{"at": at(9), "parts": {"B": 1}}], courier=COURIER)]
    found = ways_of(call(parts={"A": 1, "B": 1}), stock_locations=there, stock={})
    assert sent(found)[1:] == [[("L-1", {"A": 1}, 1, 2)], [("L-1", {"B": 1}, 2, 3)], [("L-1", {"A": 1, "B": 1}, 2, 3)]]
    assert found[3].courier_ticks == units(30)


def test_parcels_from_two_locations_cost_twice() -> None:
    there = [location(stock={"A": 1}, courier=COURIER), location("L-2", stock={"B": 1}, courier=COURIER)]
    found = ways_of(call(parts={"A": 1, "B": 1}), stock_locations=there, policy={"restocking": "none"}, stock={})
    assert [way.courier_ticks for way in found[1:]] == [units(60)]


def test_a_courier_can_bring_a_substitute() -> None:
    parts = [{"id": "A", "substitutes": [{"part": "B", "price": 4}]}]
    there = [location(stock={"B": 1}, courier=COURIER)]
    found = ways_of(call(parts={"A": 1}), stock_locations=there, parts=parts, stock={})
    assert (found[-1].courier_ticks, found[-1].substitute_ticks) == (units(30), units(4))
    assert [tuple(each) for each in found[-1].replaced] == [("A", "B", 1)]


def test_a_parcel_that_comes_too_late_for_every_window_or_shift_is_no_way() -> None:
    there = [location(stock={"A": 1}, courier={"lead_time": "PT3H", "price": 1})]
    assert len(ways_of(call(parts={"A": 1}, windows=[window(9, 10)]), stock_locations=there)) == 1
    assert len(ways_of(call(parts={"A": 1}, windows=[window(9, 11)]), stock_locations=there)) == 2
    short = [technician(shifts=[shift(end=10)])]
    assert len(ways_of(call(parts={"A": 1}), stock_locations=there, technicians=short)) == 1


@pytest.mark.parametrize("off", [{"courier_allowed": False}, {}])
def test_no_courier_comes_where_the_call_or_the_policy_does_not_want_it(off: dict[str, Any]) -> None:
    policy = {"couriers": "allowed" if off else "none"}
    there = [location(stock={"A": 1}, courier=COURIER)]
    assert len(ways_of(call(parts={"A": 1}, **off), stock_locations=there, policy=policy)) == 1


def test_nothing_stands_in_where_the_policy_switches_substitution_off() -> None:
    parts = [{"id": "A", "superseded_by": "B", "substitutes": [{"part": "C"}]}, {"id": "K", "contains": {"A": 1}}]
    own = [{"part": "A", "substitute": "D"}]
    assert len(ways_of(call(parts={"A": 1}, substitutes=own), parts=parts)) == 5
    assert len(ways_of(call(parts={"A": 1}, substitutes=own), parts=parts, policy={"substitution": "none"})) == 1


def test_cases_can_be_covered_at_less_risk_of_a_second_visit() -> None:
    cases = [{"probability": 0.4, "parts": {"A": 1}}, {"probability": 0.2, "parts": {"B": 1}}]
    found = ways_of(call(parts_cases=cases))
    assert [(way.covered, dict(way.used), way.revisit_ticks // units(1)) for way in found] == [
        ((), {}, 90),
        ((0, 1), {"A": 1, "B": 1}, 0),
        ((0,), {"A": 1}, 30),
        ((1,), {"B": 1}, 60),
    ]


def parcel(location: str = "L-1", pickup_s: int = 0, **parts: int) -> Parcel:
    return Parcel(location, tuple(parts.items()), pickup_s, pickup_s + HOUR)


@pytest.mark.parametrize(
    ("one", "other", "dominated"),
    [
        (Way({"A": 1}), Way({"A": 1}, substitute_ticks=1), True),
        (Way({"A": 1}), Way({"A": 2}), True),
        (Way({"A": 1}), Way({"B": 1}), False),
        (Way({"A": 1}, revisit_ticks=5), Way({"A": 2}, revisit_ticks=4), False),
        (Way({"A": 1}), Way(parcels=(parcel(A=1),), courier_ticks=9), False),
        (Way(), Way(parcels=(parcel(A=1),), courier_ticks=9), True),
        (Way(parcels=(parcel(A=1),)), Way(parcels=(parcel(A=1, B=1),)), True),
        (Way(parcels=(parcel(A=1),)), Way(parcels=(parcel("L-2", A=1),), courier_ticks=9), False),
        (Way(parcels=(parcel(A=1),)), Way(parcels=(parcel(A=1, pickup_s=60),)), False),
    ],
)
def test_a_way_that_is_no_cheaper_comes_no_sooner_and_takes_no_less_is_dropped(
    one: Way, other: Way, dominated: bool
) -> None:
    assert without_dominated([other, one]) == ([one] if dominated else [other, one])
    assert without_dominated([one, other]) == ([one] if dominated else [one, other])


def test_at_most_so_many_ways_are_kept_the_cheapest_and_one_that_needs_nothing_of_the_van() -> None:
    names = [f"S{k:02}" for k in range(2 * MAX_WAYS)]
    parts = [{"id": "A", "substitutes": [{"part": name, "price": k} for k, name in enumerate(names)]}]
    there = [location(stock={"A": 1}, courier=COURIER | {"price": 900})]
    problem = day(
        [call(parts={"A": 1})], [technician(stock=dict.fromkeys(names, 1))], parts=parts, stock_locations=there
    )
    ways = translation_of(problem).frame.ways
    assert [next(iter(way.used), None) for way in ways.by_call[0]] == ["A", *names[: MAX_WAYS - 1], None]
    assert ways.cut == ("C-1",)


def test_a_fact_has_one_way() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    crew = [technician(stock={"A": 1, "B": 1}, shifts=[shift(facts=facts)])]
    parts = [{"id": "A", "superseded_by": "B"}]
    assert len(ways_of(call(parts={"A": 1}), parts=parts, technicians=crew)) == 1


def test_pieces_that_are_kept_for_the_call_need_no_other_way() -> None:
    parts = [{"id": "A", "superseded_by": "B"}]
    (way,) = ways_of(call(parts={"A": 1}, pin=PIN), parts=parts)
    assert (dict(way.used), way.from_van) == ({}, {"A": 1})


def test_ways_are_rows_in_order_of_visit_with_their_parcels() -> None:
    parts = [{"id": "A", "substitutes": [{"part": "B", "price": 4}]}]
    there = [location(), location("L-2", stock={"A": 1}, courier=COURIER)]
    calls = [call(parts={"A": 1}), call("C-2"), call("C-3", parts={"A": 1})]
    problem = translation_of(
        day(calls, [technician(stock={"B": 1})], parts=parts, stock_locations=there)
    ).solver_problem
    rows = problem.sourcings
    assert rows.visit.tolist() == [0, 0, 2, 2]
    assert rows.parts.tolist() == [[0, 1], [0, 0]] * 2
    assert rows.substitute_ticks.tolist() == [units(4), 0] * 2
    assert (rows.courier_ticks.tolist(), rows.release_s.tolist()) == ([0, units(30)] * 2, [0, 2 * HOUR] * 2)
    assert (rows.parcel_sourcing.tolist(), rows.parcel_location.tolist()) == ([1, 3], [1, 1])
    assert (rows.parcel_pickup_s.tolist(), rows.parcel_parts.tolist()) == ([HOUR] * 2, [[1, 0]] * 2)


def test_a_row_is_found_by_its_description() -> None:
    parts = [{"id": "A", "superseded_by": "B"}]
    ways = translation_of(
        day([call(), call("C-2", parts={"A": 1})], parts=parts, stock_locations=[location(stock={"B": 1})])
    ).frame.ways
    assert ways.row_of(1, ((), (), ())) == NONE
    assert ways.row_of(1, ((), (("A", "B", 1),), ())) == 0
    assert ways.row_of(1, ((), (("A", "C", 1),), ())) is None
