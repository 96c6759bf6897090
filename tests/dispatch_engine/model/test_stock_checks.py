"""Parts, stock locations, van stock and meetings: boundaries and places that the catalogue's samples do not show."""

from collections.abc import Callable
from typing import Any

import pytest

Day = dict[str, Any]
Found = Callable[[Day], list[tuple[str, str]]]


def at(clock: str) -> str:
    return f"2026-03-02T{clock}:00+01:00"


def window(start: str, end: str) -> dict[str, str]:
    return {"start": at(start), "end": at(end)}


def depot(**more: Any) -> dict[str, Any]:
    return {"id": "depot", "place": {"lat": 52.5, "lon": 13.4}, "opening": [window("07:00", "17:00")], **more}


def meeting(**more: Any) -> dict[str, Any]:
    return {"id": "noon", "place": {"lat": 52.5, "lon": 13.4}, "at": at("12:00"), "duration": "PT10M", **more}


@pytest.fixture
def stocked(day: Day) -> Day:
    """A day that uses everything that can be said of parts, without a fault."""
    day |= {
        "parts": [
            {"id": "KIT-7", "contains": {"valve": 1}, "volume": 1.5, "weight": "2.125", "slots": 1},
            {"id": "valve", "superseded_by": "valve-2", "substitutes": [{"part": "tap", "price": 5}]},
            {"id": "valve-2", "order_lead_time": "P3D", "unit_price": 12.5},
            {"id": "tap"},
        ],
        "stock_locations": [
            depot(
                kind="central",
                handling="PT5M",
                handling_per_line=30,
                stock={"valve-2": 3, "tap": 0},
                tools={"crane": 1},
                deliveries=[{"at": at("10:00"), "parts": {"KIT-7": 2}}],
                courier={"lead_time": "PT1H", "price": 35},
                open_to=["T-1"],
            )
        ],
        "meetings": [meeting(technicians=["T-1", "T-2"])],
        "policy": {"overnight_replenishment": "loadout", "revisit_price": 90, "transfers": "none"},
    }
    day["technicians"][0] |= {
        "stock_capacity": {"volume": 10, "slots": 4},
        "reserved_stock": {"KIT-7": 1},
        "loadout": {"KIT-7": 2},
        "replenished_at": "depot",
    }
    day["calls"][1] |= {
        "parts": {"valve": 1},
        "substitutes": [{"part": "valve", "substitute": "tap", "price": 3}],
        "parts_cases": [{"probability": 0.6, "parts": {"KIT-7": 1}}, {"probability": 0.4}],
        "revisit_price": 70,
        "courier_allowed": False,
    }
    return day


def test_a_day_that_says_all_that_can_be_said_of_parts_has_no_faults(stocked: Day, found: Found) -> None:
    assert found(stocked) == []


def test_without_a_list_of_parts_any_name_is_a_part(day: Day, found: Found) -> None:
    day["calls"][1]["parts"] = {"anything": 1}
    assert found(day) == []


@pytest.mark.parametrize(
    ("holder", "field", "value", "pointer"),
    [
        ("calls", "parts", {"vlave": 1}, "/calls/0/parts/vlave"),
        (
            "calls",
            "parts_cases",
            [{"probability": 0.1}, {"probability": 0.1, "parts": {"vlave": 1}}],
            "/calls/0/parts_cases/1/parts/vlave",
        ),
        ("calls", "substitutes", [{"part": "vlave", "substitute": "tap"}], "/calls/0/substitutes/0/part"),
        ("calls", "substitutes", [{"part": "valve", "substitute": "tpa"}], "/calls/0/substitutes/0/substitute"),
        ("parts", "contains", {"vlave": 1}, "/parts/0/contains/vlave"),
        ("parts", "superseded_by", "vlave", "/parts/0/superseded_by"),
        ("parts", "substitutes", [{"part": "vlave"}], "/parts/0/substitutes/0/part"),
        ("technicians", "loadout", {"vlave": 1}, "/technicians/0/loadout/vlave"),
    ],
)
def test_with_a_list_of_parts_every_name_is_known(
    stocked: Day, found: Found, holder: str, field: str, value: object, pointer: str
) -> None:
    stocked[holder][0][field] = value
    assert found(stocked) == [("unknown_part", pointer)]


@pytest.mark.parametrize(
    ("holder", "field", "value"),
    [
        ("technicians", "stock", {"KIT-7": 1, "hose": 0}),
        ("stock_locations", "stock", {"hose": 1}),
        ("stock_locations", "deliveries", [{"at": at("10:00"), "parts": {"hose": 1}}]),
    ],
)
def test_a_part_that_is_held_somewhere_need_not_be_listed(
    stocked: Day, found: Found, holder: str, field: str, value: object
) -> None:
    stocked["calls"][0]["parts"] = {"hose": 1}
    stocked[holder][0][field] = value
    assert found(stocked) == []


def test_cases_may_leave_nothing_to_chance_although_their_decimals_were_rounded_up(day: Day, found: Found) -> None:
    day["calls"][1]["parts_cases"] = [{"probability": 0.3333333334}] * 3
    assert found(day) == []


def test_cases_are_not_more_than_certain_by_a_millionth(day: Day, found: Found) -> None:
    day["calls"][1]["parts_cases"] = [{"probability": 0.5}, {"probability": 0.500001}]
    assert found(day) == [("probability_sum", "/calls/1/parts_cases")]


@pytest.mark.parametrize("things", ["parts", "stock_locations", "meetings"])
def test_parts_locations_and_meetings_stand_once(stocked: Day, found: Found, things: str) -> None:
    stocked[things].append(dict(stocked[things][0]))
    assert found(stocked) == [("duplicate_id", f"/{things}/{len(stocked[things]) - 1}/id")]


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ([{"id": "A", "superseded_by": "A"}], "/parts/0/superseded_by"),
        ([{"id": "A", "substitutes": [{"part": "A"}]}], "/parts/0/substitutes/0/part"),
        (
            [{"id": "A", "superseded_by": "B"}, {"id": "B", "superseded_by": "C"}, {"id": "C", "superseded_by": "B"}],
            "/parts/2/superseded_by",
        ),
        (
            [
                {"id": "A", "substitutes": [{"part": "B"}]},
                {"id": "B", "substitutes": [{"part": "C"}]},
                {"id": "C", "superseded_by": "A"},
            ],
            "/parts/2/superseded_by",
        ),
    ],
)
def test_no_part_stands_in_for_itself(day: Day, found: Found, parts: list[Day], pointer: str) -> None:
    day["parts"] = parts
    assert found(day) == [("substitute_cycle", pointer)]


def test_two_ways_to_the_same_part_are_no_circle(day: Day, found: Found) -> None:
    day["parts"] = [
        {"id": "A", "superseded_by": "B", "substitutes": [{"part": "C"}, {"part": "D"}]},
        {"id": "B", "substitutes": [{"part": "D"}]},
        {"id": "C", "superseded_by": "D"},
        {"id": "D"},
    ]
    assert found(day) == []


@pytest.mark.parametrize(
    ("substitutes", "number"),
    [
        ([{"part": "KIT-7", "substitute": "KIT-7"}], 0),
        ([{"part": "KIT-7", "substitute": "B"}, {"part": "B", "substitute": "KIT-7"}], 1),
    ],
)
def test_the_substitutes_of_a_call_do_not_stand_in_for_themselves(
    day: Day, found: Found, substitutes: list[Day], number: int
) -> None:
    day["calls"][0]["substitutes"] = substitutes
    assert found(day) == [("substitute_cycle", f"/calls/0/substitutes/{number}/substitute")]


def test_a_call_may_turn_the_substitutes_of_the_list_round(day: Day, found: Found) -> None:
    day["parts"] = [{"id": "KIT-7", "substitutes": [{"part": "B"}]}, {"id": "B"}]
    day["calls"][0]["substitutes"] = [{"part": "B", "substitute": "KIT-7"}]
    assert found(day) == []


def test_a_kit_does_not_contain_itself_through_others(day: Day, found: Found) -> None:
    day["parts"] = [{"id": "A", "contains": {"B": 1}}, {"id": "B", "contains": {"C": 1, "A/1": 1}}]
    day["parts"] += [{"id": "A/1", "contains": {"A": 2}}, {"id": "C"}]
    assert found(day) == [("kit_in_itself", "/parts/2/contains/A")]


def test_a_kit_may_contain_a_kit_and_be_superseded_by_what_it_contains(day: Day, found: Found) -> None:
    day["parts"] = [{"id": "A", "contains": {"B": 1}, "superseded_by": "B"}, {"id": "B", "contains": {"KIT-7": 1}}]
    assert found(day) == []


def test_a_circle_of_thousands_of_parts_is_one_short_fault(day: Day, faults: Callable[[Day], tuple[Any, ...]]) -> None:
    day["parts"] = [{"id": f"P-{i}", "superseded_by": f"P-{(i + 1) % 5000}"} for i in range(5000)]
    (fault,) = faults(day)
    assert fault.code == "substitute_cycle"
    assert "P-0 → P-1 → P-2 → … → P-4999 → P-0" in fault.rule


@pytest.mark.parametrize("kind", ["depot", "locker", "central", "provider"])
def test_a_stock_location_of_any_kind_opens(day: Day, found: Found, kind: str) -> None:
    day["stock_locations"] = [depot(kind=kind, opening=[])]
    assert found(day) == [("opening_missing", "/stock_locations/0/opening")]


def test_opening_hours_do_not_end_before_they_start(day: Day, found: Found) -> None:
    day["stock_locations"] = [depot(opening=[window("08:00", "12:00"), window("17:00", "13:00")])]
    assert found(day) == [("window_order", "/stock_locations/0/opening/1")]


@pytest.mark.parametrize("start", ["12:00", "11:59"])
def test_opening_hours_do_not_overlap(day: Day, found: Found, start: str) -> None:
    day["stock_locations"] = [depot(opening=[window("08:00", "12:00"), window(start, "17:00")])]
    assert found(day) == [("windows_overlap", "/stock_locations/0/opening/1")]


def test_the_place_of_a_stock_location_has_a_position(day: Day, found: Found) -> None:
    day["stock_locations"] = [depot(place={"lat": 52.5})]
    assert found(day) == [("place_incomplete", "/stock_locations/0/place")]


def test_the_place_of_a_meeting_is_one_that_is_there(day: Day, found: Found) -> None:
    day["meetings"] = [meeting(place="car-park")]
    assert found(day) == [("unknown_reference", "/meetings/0/place")]


def test_with_a_matrix_stock_locations_and_meetings_are_in_it(day: Day, found: Found) -> None:
    day["places"] = [{"id": name, "lat": 52.5, "lon": 13.4} for name in "ABCD"]
    names = ["A", "B"]
    matrix = {"places": names, "duration_s": [[0, 60], [60, 0]], "distance_m": [[0, 9], [9, 0]]}
    day["travel"] = {"source": "matrix", "matrices": [matrix]}
    for thing in (*day["technicians"], *day["calls"]):
        thing["home" if "home" in thing else "place"] = "A"
    day["stock_locations"] = [depot(place="B"), depot(id="locker", place="C")]
    day["meetings"] = [meeting(place="D")]
    assert found(day) == [("not_in_matrix", "/stock_locations/1/place"), ("not_in_matrix", "/meetings/0/place")]


@pytest.mark.parametrize(
    ("holder", "field", "value", "pointer"),
    [
        ("stock_locations", "open_to", ["T-1", "T-9"], "/stock_locations/0/open_to/1"),
        ("meetings", "technicians", ["T-9"], "/meetings/0/technicians/0"),
        ("technicians", "replenished_at", "shed", "/technicians/0/replenished_at"),
    ],
)
def test_locations_and_technicians_that_are_named_are_there(
    stocked: Day, found: Found, holder: str, field: str, value: object, pointer: str
) -> None:
    stocked[holder][0][field] = value
    assert found(stocked) == [("unknown_reference", pointer)]


def test_a_loadout_may_fill_the_van(stocked: Day, found: Found) -> None:
    stocked["technicians"][0] |= {"stock_capacity": {"volume": 3, "slots": 2, "weight": 4.25}}
    assert found(stocked) == []


@pytest.mark.parametrize("room", [{"volume": 2.999}, {"weight": 4.249}, {"slots": 1}])
def test_a_loadout_fits_into_the_van_in_every_measure(stocked: Day, found: Found, room: dict[str, float]) -> None:
    stocked["technicians"][0] |= {"stock_capacity": room}
    assert found(stocked) == [("loadout_too_large", "/technicians/0/loadout")]


def test_a_part_that_the_van_does_not_hold_is_not_reserved(day: Day, found: Found) -> None:
    day["technicians"][1]["reserved_stock"] = {"KIT-7": 1}
    assert found(day) == [("reserved_beyond_stock", "/technicians/1/reserved_stock/KIT-7")]


def test_a_meeting_may_end_with_the_planning_period(day: Day, found: Found) -> None:
    day["meetings"] = [meeting(at=day["horizon"]["start"]), meeting(id="late", at=at("17:50"))]
    assert found(day) == []


@pytest.mark.parametrize("clock", ["06:59", "17:51"])
def test_a_meeting_lies_within_the_planning_period(day: Day, found: Found, clock: str) -> None:
    day["meetings"] = [meeting(at=at(clock))]
    assert found(day) == [("meeting_outside_horizon", "/meetings/0/at")]


def test_the_price_of_a_second_visit_counts_towards_what_a_plan_can_cost(day: Day, found: Found) -> None:
    call = {**day["calls"][1], "revisit_price": 10_000_000, "drop_price": 0}
    day["calls"] = [{**call, "id": f"C-{i}"} for i in range(3_001)]
    assert found(day) == []
    for call in day["calls"]:
        call["parts_cases"] = [{"probability": 0.5, "parts": {"KIT-7": 1}}]
    assert found(day) == [("cost_too_large", "")]
