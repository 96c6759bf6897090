"""Who gets the pieces of a stock location where there are not enough, and what stays there."""

from typing import Any

import pytest

from dispatch_engine.restock.documents import PickLine
from tests.dispatch_engine.restock.week import (
    MONDAY,
    PLACE,
    TUESDAY,
    WEDNESDAY,
    at,
    call,
    depot,
    line,
    loads,
    picks,
    problem,
    route,
    stop,
    van,
    visit,
)


def two_calls(stock: dict[str, int], first: dict[str, int], second: dict[str, int], **of_second: Any) -> dict[str, int]:
    """Return what T-1 and T-2 get of all parts together, each for a call of its own."""
    calls = [call("C-1", first), call("C-2", second, **of_second)]
    week = problem([van(), van("T-2")], [depot(stock)], calls, "need")
    routes = (route("T-1", TUESDAY, visit("C-1", first)), route("T-2", TUESDAY, visit("C-2", second)))
    found = loads(picks(week, *routes))
    return {name: sum(n for (technician, _), n in found.items() if technician == name) for name in ("T-1", "T-2")}


def test_the_more_urgent_call_comes_first() -> None:
    assert two_calls({"A": 1}, {"A": 1}, {"A": 1}, priority=1) == {"T-1": 0, "T-2": 1}


def test_of_equally_urgent_calls_the_lower_id_comes_first() -> None:
    assert two_calls({"A": 1}, {"A": 1}, {"A": 1}) == {"T-1": 1, "T-2": 0}


def test_a_call_that_would_stay_short_does_not_take_a_piece_from_one_that_can_be_met() -> None:
    assert two_calls({"A": 1}, {"A": 2}, {"A": 1}, priority=5) == {"T-1": 0, "T-2": 1}


def test_a_call_that_lacks_one_part_does_not_take_the_other_from_one_that_can_be_met() -> None:
    assert two_calls({"A": 1}, {"A": 1, "B": 1}, {"A": 1}, priority=5) == {"T-1": 0, "T-2": 1}


def test_what_is_left_goes_to_calls_that_stay_short() -> None:
    assert two_calls({"A": 2}, {"A": 2}, {"A": 1}, priority=1) == {"T-1": 1, "T-2": 1}


def test_what_the_van_holds_is_for_its_most_urgent_call() -> None:
    calls = [call("C-1", {"A": 1}), call("C-2", {"A": 1}, priority=1)]
    week = problem([van(stock={"A": 1})], [depot({"A": 1})], calls, "need")
    found = picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 1}), visit("C-2", {"A": 1})))
    assert line(found, "T-1", "A").calls == ("C-1",)


def test_calls_of_the_next_day_come_before_loadouts() -> None:
    week = problem([van(loadout={"A": 2}), van("T-2", loadout={"A": 2})], [depot({"A": 2})], [call("C-1", {"A": 2})])
    assert loads(picks(week, route("T-2", TUESDAY, visit("C-1", {"A": 2})))) == {("T-2", "A"): 2}


def test_loadouts_are_topped_up_where_the_smallest_share_is_there() -> None:
    week = problem([van(stock={"A": 2}, loadout={"A": 4}), van("T-2", loadout={"A": 4})], [depot({"A": 2})])
    assert loads(picks(week)) == {("T-2", "A"): 2}


def test_equal_loadouts_are_topped_up_in_turn() -> None:
    week = problem([van(loadout={"A": 9}), van("T-2", loadout={"A": 9})], [depot({"A": 5})])
    assert loads(picks(week)) == {("T-1", "A"): 3, ("T-2", "A"): 2}


def test_the_order_of_the_document_makes_no_difference() -> None:
    vans = [van("T-3", loadout={"A": 7}), van("T-1", stock={"A": 1}, loadout={"A": 3}), van("T-2", loadout={"A": 5})]
    assert loads(picks(problem(vans, [depot({"A": 6})]))) == loads(picks(problem(vans[::-1], [depot({"A": 6})])))


@pytest.mark.parametrize(("arrives", "loaded"), [(8, 1), (9, 0)])
def test_a_delivery_counts_where_it_is_there_when_the_van_leaves(arrives: int, loaded: int) -> None:
    delivery = {"at": at(TUESDAY, arrives), "parts": {"A": 1}}
    week = problem([van(loadout={"A": 1})], [depot({}, deliveries=[delivery])])
    assert line(picks(week), "T-1", "A").load == loaded


def test_what_a_route_takes_on_later_stays_there() -> None:
    week = problem([van(loadout={"A": 2}), van("T-2")], [depot({"A": 2})], [call("C-1", {"A": 1})])
    restock = stop("restock", TUESDAY, 10, location="depot", loads={"A": 1}, place=PLACE)
    found = picks(week, route("T-2", TUESDAY, restock, visit("C-1", {"A": 1}, hour=11)))
    assert loads(found) == {("T-1", "A"): 1}


def test_what_a_courier_takes_stays_there() -> None:
    week = problem([van(loadout={"A": 2})], [depot({"A": 2})], [call("C-1", {"A": 1})])
    parcel = {"location": "depot", "parts": {"A": 1}, "pickup": at(MONDAY, 9), "arrival": at(MONDAY, 10)}
    sent = visit("C-1", {}, MONDAY, 11, sourcing={"parcels": [parcel]})
    assert loads(picks(week, route("T-1", MONDAY, sent))) == {("T-1", "A"): 1}


def test_what_the_plan_loads_in_a_later_night_stays_there() -> None:
    vans = [van(loadout={"A": 2}), van("T-2", loadout={"A": 1}, days=(MONDAY, WEDNESDAY), replenished_at="depot")]
    week = problem(vans, [depot({"A": 2})], [call("C-1", {"A": 1})])
    night = {"location": "depot", "parts": {"A": 1}}
    later = route("T-2", WEDNESDAY, visit("C-1", {"A": 1}, WEDNESDAY), overnight=night)
    assert sum(loads(picks(week, later)).values()) == 1


def for_a_call_of_five(limit: dict[str, Any], size: dict[str, Any], **of_van: Any) -> PickLine:
    """Return what a van is loaded with that needs five pieces, of which the depot has enough."""
    parts = [{"id": "A", **size}, {"id": "X", "slots": 1}]
    week = problem(
        [van(stock_capacity=limit, **of_van)], [depot({"A": 9})], [call("C-1", {"A": 5})], "need", parts=parts
    )
    return line(picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 5}))), "T-1", "A")


@pytest.mark.parametrize(
    ("limit", "size"),
    [
        ({"volume": 10}, {"volume": 4}),
        ({"weight": "7.5"}, {"weight": "2.6"}),
        ({"slots": 2}, {"slots": 1}),
        ({"volume": 100, "slots": 5}, {"volume": 1, "slots": 2}),
    ],
)
def test_a_van_is_loaded_as_far_as_it_has_room_in_every_measure(limit: dict[str, Any], size: dict[str, Any]) -> None:
    only = for_a_call_of_five(limit, size)
    assert (only.load, only.no_room, only.lacking) == (2, 3, 0)


def test_what_the_van_holds_already_takes_up_room() -> None:
    assert for_a_call_of_five({"slots": 4}, {"slots": 1}, stock={"X": 3}).load == 1


def test_a_van_that_holds_more_than_fits_is_loaded_with_nothing() -> None:
    assert for_a_call_of_five({"slots": 2}, {"slots": 1}, stock={"X": 3}).load == 0


def test_parts_that_take_up_no_room_always_fit() -> None:
    assert for_a_call_of_five({"slots": 0}, {"volume": 3}).load == 5


def test_calls_of_the_next_day_get_the_room_before_loadouts() -> None:
    parts = [{"id": "A", "slots": 1}, {"id": "B", "slots": 1}, {"id": "X", "slots": 2}]
    week = problem(
        [van(stock={"X": 1}, loadout={"A": 2, "B": 2}, stock_capacity={"slots": 4})],
        [depot({"A": 9, "B": 9})],
        [call("C-1", {"B": 2})],
        parts=parts,
    )
    assert loads(picks(week, route("T-1", TUESDAY, visit("C-1", {"B": 2})))) == {("T-1", "B"): 2}
