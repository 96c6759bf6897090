"""What each van is loaded with in a night."""

import pytest

from dispatch_engine.restock.errors import NightPlanError, NightPlanOtherError
from dispatch_engine.restock.picking import pick_list
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
    planned,
    problem,
    route,
    shift,
    stop,
    van,
    vans_of,
    visit,
)

SLOTS = {"slots": 3}


def test_a_van_is_filled_up_to_its_loadout() -> None:
    week = problem([van(stock={"A": 1}, loadout={"A": 3, "B": 1})], [depot({"A": 9, "B": 9})])
    assert loads(picks(week)) == {("T-1", "A"): 2, ("T-1", "B"): 1}


def test_what_the_day_uses_is_replaced() -> None:
    week = problem([van(stock={"A": 3}, loadout={"A": 3})], [depot({"A": 9})], [call("C-1", {"A": 2})])
    assert loads(picks(week, route("T-1", MONDAY, visit("C-1", {"A": 2}, MONDAY)))) == {("T-1", "A"): 2}


def test_a_fact_uses_nothing() -> None:
    week = problem([van(stock={"A": 3}, loadout={"A": 3})], [depot({"A": 9})], [call("C-1", {"A": 2})])
    fact = visit("C-1", {"A": 2}, MONDAY) | {"kind": "fact"}
    assert loads(picks(week, route("T-1", MONDAY, fact))) == {}


def test_what_is_taken_on_by_the_way_and_used_leaves_the_van_as_it_was() -> None:
    week = problem([van(stock={"A": 1}, loadout={"A": 1})], [depot({"A": 9})], [call("C-1", {"A": 2})])
    restock = stop("restock", MONDAY, 8, location="depot", loads={"A": 2}, place=PLACE)
    assert loads(picks(week, route("T-1", MONDAY, restock, visit("C-1", {"A": 2}, MONDAY)))) == {}


def test_what_is_handed_over_at_a_meeting_is_gone() -> None:
    week = problem([van(stock={"A": 2}, loadout={"A": 2})], [depot({"A": 9})])
    assert loads(picks(week, route("T-1", MONDAY, stop("meeting", MONDAY, 9, gives={"A": 2})))) == {("T-1", "A"): 2}


def test_a_van_that_holds_more_than_its_loadout_keeps_it() -> None:
    week = problem([van(stock={"A": 5}, loadout={"A": 3})], [depot({"A": 9})])
    assert vans_of(picks(week))["T-1"].lines == ()


def test_under_need_a_van_takes_on_what_the_next_day_uses_beyond_what_it_holds() -> None:
    week = problem([van(stock={"A": 1})], [depot({"A": 9})], [call("C-1", {"A": 3})], "need")
    found = picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 3})))
    assert loads(found) == {("T-1", "A"): 2}
    assert line(found, "T-1", "A").calls == ("C-1",)


def test_under_need_what_a_restock_will_bring_is_not_loaded() -> None:
    week = problem([van()], [depot({"A": 9})], [call("C-1", {"A": 3})], "need")
    restock = stop("restock", TUESDAY, 8, location="depot", loads={"A": 2}, place=PLACE)
    assert loads(picks(week, route("T-1", TUESDAY, restock, visit("C-1", {"A": 3})))) == {("T-1", "A"): 1}


def test_under_need_the_next_day_of_another_van_is_no_reason_to_load() -> None:
    week = problem([van(), van("T-2")], [depot({"A": 9})], [call("C-1", {"A": 1})], "need")
    assert loads(picks(week, route("T-2", TUESDAY, visit("C-1", {"A": 1})))) == {("T-2", "A"): 1}


def test_under_need_a_van_takes_on_what_the_plan_loads_though_it_holds_it_for_a_later_day() -> None:
    week = problem([van(stock={"A": 1})], [depot({"A": 9})], [call("C-1", {"A": 1})], "need")
    night = {"location": "depot", "parts": {"A": 1}}
    assert loads(picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 1}), overnight=night))) == {("T-1", "A"): 1}


def test_under_need_pieces_handed_over_the_next_day_are_not_at_hand_for_calls() -> None:
    week = problem([van(stock={"A": 1})], [depot({"A": 9})], [call("C-1", {"A": 1})], "need")
    gives = stop("meeting", TUESDAY, 9, gives={"A": 1})
    assert loads(picks(week, route("T-1", TUESDAY, gives, visit("C-1", {"A": 1})))) == {("T-1", "A"): 1}


def test_reserved_pieces_are_not_at_hand_for_calls_that_are_not_pinned_to_the_technician() -> None:
    week = problem([van(stock={"A": 1}, reserved_stock={"A": 1})], [depot({"A": 9})], [call("C-1", {"A": 1})], "need")
    assert loads(picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 1})))) == {("T-1", "A"): 1}


def test_reserved_pieces_are_at_hand_for_calls_pinned_to_the_technician() -> None:
    pinned = call("C-1", {"A": 1}, pin={"level": "technician", "technician": "T-1"})
    week = problem([van(stock={"A": 1}, reserved_stock={"A": 1})], [depot({"A": 9})], [pinned], "need")
    assert loads(picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 1})))) == {}


def test_reserved_pieces_that_were_used_withhold_no_others() -> None:
    pinned = call("C-1", {"A": 1}, pin={"level": "technician", "technician": "T-1"})
    week = problem(
        [van(stock={"A": 2}, reserved_stock={"A": 1})], [depot({"A": 9})], [pinned, call("C-2", {"A": 1})], "need"
    )
    routes = (route("T-1", MONDAY, visit("C-1", {"A": 1}, MONDAY)), route("T-1", TUESDAY, visit("C-2", {"A": 1})))
    assert loads(picks(week, *routes)) == {}


def test_what_is_loaded_between_two_shifts_of_a_day_is_listed_by_itself() -> None:
    early_and_late = [shift(MONDAY), shift(TUESDAY, 6, 10), shift(TUESDAY, 12, 16)]
    week = problem([van(days=(), shifts=early_and_late)], [depot({"A": 9})], [call("C-1", {"A": 1})], "need")
    night = {"location": "depot", "parts": {"A": 1}}
    found = picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 1}, hour=13), start=12, overnight=night))
    assert [(each.shift, [line.load for line in each.lines]) for each in found.locations[0].vans] == [
        ("3-6", []),
        ("3-12", [1]),
    ]


def test_the_policy_none_loads_nothing_and_says_so() -> None:
    found = picks(problem([van(loadout={"A": 3})], [depot({"A": 9})], rule="none"))
    assert found.locations == ()
    assert "overnight_replenishment: none" in found.notes[0]


def test_a_van_without_a_place_of_replenishment_is_not_loaded() -> None:
    week = problem([van(loadout={"A": 3}, replenished_at=None)], [depot({"A": 9})])
    found = picks(week)
    assert found.locations == ()
    assert "replenished_at" in found.notes[0]


def test_each_van_is_loaded_at_its_own_location() -> None:
    week = problem(
        [van(loadout={"A": 1}), van("T-2", loadout={"A": 1}, replenished_at="locker")],
        [depot({"A": 1}), depot({"A": 1}, "locker")],
    )
    found = picks(week)
    assert {each.location: each.total for each in found.locations} == {"depot": {"A": 1}, "locker": {"A": 1}}


def test_the_nights_before_are_worked_out_first() -> None:
    days = (MONDAY, TUESDAY, WEDNESDAY)
    week = problem(
        [van(stock={"A": 1}, loadout={"A": 2}, days=days)],
        [depot({"A": 2})],
        [call("C-1", {"A": 2})],
    )
    found = picks(week, route("T-1", TUESDAY, visit("C-1", {"A": 2})), night=TUESDAY)
    (only,) = vans_of(found)["T-1"].lines
    assert (only.holds, only.target, only.load, only.lacking) == (0, 2, 1, 1)


def test_without_a_plan_the_vans_hold_what_the_document_says() -> None:
    week = problem([van(stock={"A": 1}, loadout={"A": 3})], [depot({"A": 9})])
    found = pick_list(week)
    assert loads(found) == {("T-1", "A"): 2}
    assert "--plan PLAN" in found.notes[0]


def test_need_without_a_plan_is_refused() -> None:
    with pytest.raises(NightPlanError, match="no plan says what"):
        pick_list(problem([van()], [depot({})], rule="need"))


def test_a_plan_that_names_what_the_problem_does_not_have_is_refused() -> None:
    week = problem([van()], [depot({})])
    routes = route("T-9", MONDAY, stop("restock", MONDAY, 9, location="cellar", loads={"A": 1}))
    with pytest.raises(NightPlanOtherError, match="shift 2-8 of T-9, stock location cellar"):
        picks(week, routes)


def test_a_plan_of_another_version_of_the_document_is_said_to_be_so() -> None:
    week = problem([van()], [depot({})])
    found = pick_list(week, planned(week, problem_sha256="0" * 64))
    assert any("another document" in note for note in found.notes)


def test_a_van_with_a_night_shift_is_loaded_before_it_starts() -> None:
    late = [shift(MONDAY, 20, 23), shift(TUESDAY, 20, 23)]
    week = problem(
        [van(days=(), shifts=late, loadout={"A": 1})], [depot({}, deliveries=[{"at": at(3, 20), "parts": {"A": 1}}])]
    )
    assert loads(picks(week)) == {("T-1", "A"): 1}
