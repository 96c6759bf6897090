"""What the samples of the catalogue do not show: boundaries, and the other places where a rule holds."""

from collections.abc import Callable
from typing import Any

import pytest

Found = Callable[[dict[str, Any]], list[tuple[str, str]]]
Day = dict[str, Any]


def at(clock: str) -> str:
    return f"2026-03-02T{clock}:00+01:00"


def window(start: str, end: str) -> dict[str, str]:
    return {"start": at(start), "end": at(end)}


def shift_of(day: Day, technician: int = 0) -> dict[str, Any]:
    shift: dict[str, Any] = day["technicians"][technician]["shifts"][0]
    return shift


def test_a_valid_day_has_no_faults(day: Day, found: Found) -> None:
    assert found(day) == []


def test_a_technician_and_a_provider_do_not_share_an_id(day: Day, found: Found) -> None:
    day["providers"] = [{"id": "T-1"}]
    assert found(day) == [("duplicate_id", "/providers/0/id")]


def test_two_technicians_may_name_their_shifts_alike(day: Day, found: Found) -> None:
    assert shift_of(day, 0)["id"] == shift_of(day, 1)["id"]
    assert found(day) == []


def test_shifts_of_one_technician_differ(day: Day, found: Found) -> None:
    day["technicians"][1]["shifts"] = [
        {"id": "mon", **window("08:00", "10:00")},
        {"id": "mon", **window("10:00", "12:00")},
    ]
    assert found(day) == [("duplicate_id", "/technicians/1/shifts/1/id")]


@pytest.mark.parametrize("things", ["contracts", "territories"])
def test_contracts_and_territories_have_ids_of_their_own(day: Day, found: Found, things: str) -> None:
    day[things].append(dict(day[things][0]))
    assert found(day) == [("duplicate_id", f"/{things}/1/id")]


@pytest.mark.parametrize("field", ["required_technicians", "preferred_technicians", "excluded_technicians"])
def test_lists_of_technicians_name_people_who_are_there(day: Day, found: Found, field: str) -> None:
    day["calls"][1][field] = ["T-1", "T-3"]
    assert found(day) == [("unknown_reference", f"/calls/1/{field}/1")]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"durations": {"T/3": 600}}, "/calls/1/durations/T~13"),
        ({"territory": "south"}, "/calls/1/territory"),
        ({"pin": {"level": "technician", "technician": "T-3"}}, "/calls/1/pin/technician"),
        ({"pin": {"level": "order", "technician": "T-1", "shift": "tue"}}, "/calls/1/pin/shift"),
        ({"promise": {"technician": "T-3"}}, "/calls/1/promise/technician"),
        ({"place": "depot"}, "/calls/1/place"),
    ],
)
def test_a_call_names_what_is_there(day: Day, found: Found, change: dict[str, Any], pointer: str) -> None:
    day["calls"][1] |= change
    assert found(day) == [("unknown_reference", pointer)]


def test_home_territories_are_there(day: Day, found: Found) -> None:
    day["technicians"][0]["home_territories"] = ["north", "south"]
    assert found(day) == [("unknown_reference", "/technicians/0/home_territories/1")]


def test_a_fact_is_of_a_call_that_is_there(day: Day, found: Found) -> None:
    fact = {"call": "C-9", "started_at": at("09:00"), "completed_at": at("10:00")}
    shift_of(day)["facts"] = {"departed_at": at("08:00"), "visits": [fact]}
    assert found(day) == [("unknown_reference", "/technicians/0/shifts/0/facts/visits/0/call")]


def test_a_place_may_be_named_where_it_is_stated(day: Day, found: Found) -> None:
    day["places"] = [{"id": "depot", "lat": 52.5, "lon": 13.4}]
    day["calls"][1]["place"] = "depot"
    assert found(day) == []


def test_a_place_may_be_named_where_another_use_states_it(day: Day, found: Found) -> None:
    day["technicians"][0]["home"]["id"] = "yard"
    day["calls"][1]["place"] = {"id": "yard"}
    assert found(day) == []


def test_a_place_known_to_a_matrix_alone_has_no_position_for_other_travel_sources(day: Day, found: Found) -> None:
    day["travel"] = {"matrices": [{"places": ["A"], "duration_s": [[0]], "distance_m": [[0]]}]}
    day["calls"][1]["place"] = "A"
    assert found(day) == [("place_incomplete", "/calls/1/place")]


@pytest.mark.parametrize("place", [{}, {"lon": 13.4}])
def test_a_place_without_position_is_incomplete(day: Day, found: Found, place: dict[str, float]) -> None:
    shift_of(day)["end_place"] = place
    assert found(day) == [("place_incomplete", "/technicians/0/shifts/0/end_place")]


def test_a_shift_may_start_and_end_elsewhere_than_at_home(day: Day, found: Found) -> None:
    del day["technicians"][1]["home"]
    shift_of(day, 1)["start_place"] = {"lat": 52.5, "lon": 13.4}
    assert found(day) == []


@pytest.mark.parametrize("zone", ["", "America", "../etc", "Berlin", "/etc/passwd"])
def test_what_is_no_time_zone_is_a_fault(day: Day, found: Found, zone: str) -> None:
    day["time_zone"] = zone or "x"
    assert found(day) == [("time_zone_unknown", "/time_zone")]


def test_a_window_may_be_one_moment(day: Day, found: Found) -> None:
    day["calls"][0]["windows"] = [window("09:00", "09:00")]
    assert found(day) == []


def test_windows_that_share_one_moment_overlap(day: Day, found: Found) -> None:
    day["calls"][0]["windows"] = [window("09:00", "10:00"), window("10:00", "11:00")]
    assert found(day) == [("windows_overlap", "/calls/0/windows/1")]


def test_windows_may_stand_in_any_order(day: Day, found: Found) -> None:
    day["calls"][0]["windows"] = [window("13:00", "14:00"), window("09:00", "10:00")]
    assert found(day) == []


def test_a_promised_window_does_not_end_before_it_starts(day: Day, found: Found) -> None:
    day["calls"][1]["promise"] = {"window": window("11:00", "10:00")}
    assert found(day) == [("window_order", "/calls/1/promise/window")]


def test_a_horizon_does_not_end_before_it_starts(day: Day, found: Found) -> None:
    day["horizon"] = window("18:00", "07:00")
    assert ("window_order", "/horizon") in found(day)


def test_a_shift_of_no_length_is_a_fault(day: Day, found: Found) -> None:
    shift_of(day, 1)["end"] = at("08:00")
    assert found(day) == [("shift_order", "/technicians/1/shifts/0")]


def test_shifts_may_follow_each_other_without_a_pause(day: Day, found: Found) -> None:
    day["technicians"][1]["shifts"] = [{"id": "a", **window("08:00", "12:00")}, {"id": "b", **window("12:00", "16:00")}]
    assert found(day) == []


def test_shifts_may_fill_the_horizon_and_overtime_may_pass_it(day: Day, found: Found) -> None:
    day["horizon"] = window("08:00", "16:00")
    assert found(day) == []


def test_planning_may_happen_at_the_last_moment_of_the_horizon(day: Day, found: Found) -> None:
    day["now"] = day["horizon"]["end"]
    assert found(day) == []


def test_a_break_may_start_with_its_shift_and_as_late_as_overtime_ends(day: Day, found: Found) -> None:
    shift_of(day)["breaks"] = [{"earliest": at("08:00"), "latest": at("17:00"), "duration": 600}]
    assert found(day) == []


def test_a_break_does_not_start_after_overtime(day: Day, found: Found) -> None:
    shift_of(day)["breaks"] = [{"earliest": at("08:00"), "latest": at("17:01"), "duration": 600}]
    assert found(day) == [("break_outside_shift", "/technicians/0/shifts/0/breaks/0")]


def test_a_contract_without_deadlines_needs_no_report(day: Day, found: Found) -> None:
    day["contracts"][0] = {"id": "gold", "downtime_per_hour": 100}
    del day["calls"][0]["reported_at"]
    assert found(day) == []


def test_a_call_with_a_deadline_of_its_own_needs_no_report(day: Day, found: Found) -> None:
    del day["calls"][0]["reported_at"]
    day["calls"][0]["response_deadline"] = at("11:00")
    assert found(day) == []


def test_a_deadline_for_response_does_not_stand_in_for_one_for_restoration(day: Day, found: Found) -> None:
    del day["calls"][0]["reported_at"]
    day["calls"][0]["response_deadline"] = at("11:00")
    day["contracts"][0]["restore_within"] = "PT8H"
    assert found(day) == [("report_time_missing", "/calls/0/reported_at")]


def test_a_slope_may_fall_to_nothing_and_steps_may_stand_in_any_order(day: Day, found: Found) -> None:
    day["contracts"][0]["restore_steps"] = [{"after": "PT2H", "per_hour": -80}, {"per_hour": 80}]
    assert found(day) == []


@pytest.mark.parametrize("field", ["response_steps", "restore_steps"])
def test_slopes_of_calls_and_of_the_policy_are_checked_too(day: Day, found: Found, field: str) -> None:
    steps = [{"per_hour": 10}, {"after": 60, "per_hour": -10.001}]
    day["calls"][0][field] = steps
    day["policy"] = {field: steps}
    assert found(day) == [("slope_negative", f"/policy/{field}/1"), ("slope_negative", f"/calls/0/{field}/1")]


def test_the_slope_of_fairness_is_never_negative(day: Day, found: Found) -> None:
    day["policy"] = {"fairness": {"steps": [{"per_hour": -1}]}}
    assert found(day) == [("slope_negative", "/policy/fairness/steps/0")]


def test_large_prices_that_can_be_added_up_are_allowed(day: Day, found: Found) -> None:
    day["policy"] = {"drop_prices": {"1": 10_000_000}, "prices": {"per_hour": 200_000, "per_km": 50_000}}
    assert found(day) == []


def test_rates_are_weighed_with_the_time_for_which_they_may_run(day: Day, found: Found) -> None:
    call = {**day["calls"][1], "down_since": "2025-03-05T00:00:00Z", "downtime_per_hour": 200_000}
    day["calls"] = [{**call, "id": f"C-{i}"} for i in range(18)]
    assert found(day) == [("cost_too_large", "")]
    for call in day["calls"]:
        call["down_since"] = "2025-06-05T00:00:00Z"
    assert found(day) == []


@pytest.mark.parametrize(
    ("field", "time", "codes"),
    [
        ("released_at", "2026-08-29T07:00:00+01:00", []),
        ("released_at", "2026-08-29T07:00:01+01:00", ["time_far"]),
        ("released_at", "2025-09-03T06:59:59+01:00", ["time_far"]),
        ("reported_at", "2025-09-03T06:59:59+01:00", []),
        ("reported_at", "2025-03-01T07:00:00+01:00", []),
        ("reported_at", "2025-03-01T06:59:59+01:00", ["time_far"]),
    ],
)
def test_times_are_near_the_planning_period_and_reports_within_a_year(
    day: Day, found: Found, field: str, time: str, codes: list[str]
) -> None:
    day["calls"][1][field] = time
    assert [code for code, _ in found(day)] == codes


def test_overtime_counts_towards_the_length_of_the_planning_period(day: Day, found: Found) -> None:
    shift_of(day)["overtime_cap"] = "P180D"
    assert [code for code, _ in found(day)] == ["horizon_too_long"]


@pytest.mark.parametrize("field", ["required_technicians", "preferred_technicians"])
def test_who_is_excluded_is_not_wanted(day: Day, found: Found, field: str) -> None:
    day["calls"][1] |= {field: ["T-2"], "excluded_technicians": ["T-1", "T-2"]}
    assert found(day) == [("technicians_contradict", "/calls/1/excluded_technicians/1")]


def test_a_pinned_start_has_a_start(day: Day, found: Found) -> None:
    day["calls"][1]["pin"] = {"level": "start", "technician": "T-1", "shift": "mon"}
    assert found(day) == [("pin_incomplete", "/calls/1/pin")]


def test_a_pinned_technician_may_name_the_shift(day: Day, found: Found) -> None:
    day["calls"][1]["pin"] = {"level": "technician", "technician": "T-1", "shift": "mon"}
    assert found(day) == []


def test_a_pinned_technician_has_no_rank(day: Day, found: Found) -> None:
    day["calls"][1]["pin"] = {"level": "technician", "technician": "T-1", "shift": "mon", "rank": 1}
    assert found(day) == [("pin_surplus", "/calls/1/pin/rank")]


def test_ranks_may_repeat_on_another_shift(day: Day, found: Found) -> None:
    for call, technician in zip(day["calls"], ("T-1", "T-2"), strict=True):
        call["pin"] = {"level": "order", "technician": technician, "shift": "mon", "rank": 1}
    assert found(day) == []


def facts(*times: str, **more: Any) -> dict[str, Any]:
    departed, arrived, started, completed = map(at, times)
    visit = {"call": "C-2", "arrived_at": arrived, "started_at": started, "completed_at": completed}
    return {"departed_at": departed, "visits": [visit], **more}


def test_facts_may_follow_each_other_in_one_moment(day: Day, found: Found) -> None:
    resume = {"place": {"lat": 52.5, "lon": 13.4}, "at": at("08:00")}
    shift_of(day)["facts"] = facts("08:00", "08:00", "08:00", "08:00", resume=resume)
    assert found(day) == []


@pytest.mark.parametrize(
    ("times", "pointer"),
    [
        (("09:00", "08:59", "10:00", "11:00"), "visits/0/arrived_at"),
        (("09:00", "09:30", "09:29", "11:00"), "visits/0/started_at"),
        (("09:00", "09:30", "10:00", "09:59"), "visits/0/completed_at"),
    ],
)
def test_facts_do_not_run_backwards(day: Day, found: Found, times: tuple[str, ...], pointer: str) -> None:
    shift_of(day)["facts"] = facts(*times)
    assert found(day) == [("fact_order", f"/technicians/0/shifts/0/facts/{pointer}")]


def test_the_rest_is_not_resumed_before_the_last_fact_ends(day: Day, found: Found) -> None:
    resume = {"place": {"lat": 52.5, "lon": 13.4}, "at": at("09:59")}
    shift_of(day)["facts"] = facts("08:00", "08:30", "09:00", "10:00", resume=resume)
    assert found(day) == [("fact_order", "/technicians/0/shifts/0/facts/resume/at")]


def test_a_call_is_a_fact_of_one_shift_only(day: Day, found: Found) -> None:
    shift_of(day, 0)["facts"] = facts("08:00", "08:30", "09:00", "10:00")
    shift_of(day, 1)["facts"] = facts("08:00", "08:30", "09:00", "10:00")
    assert found(day) == [("fact_repeated", "/technicians/1/shifts/0/facts/visits/0")]


def test_a_territory_without_outline_is_allowed(day: Day, found: Found) -> None:
    del day["territories"][0]["polygon"]
    assert found(day) == []


def test_a_geojson_ring_is_closed(day: Day, found: Found) -> None:
    ring = [[13.3, 52.5], [13.5, 52.5], [13.5, 52.6], [13.3, 52.6]]
    day["territories"][0] = {"id": "north", "geojson": {"type": "Polygon", "coordinates": [ring]}}
    assert found(day) == [("polygon_corners", "/territories/0/geojson/coordinates/0")]


def test_corners_on_one_line_enclose_nothing(day: Day, found: Found) -> None:
    day["territories"][0]["polygon"] = [{"lat": 52.5, "lon": lon} for lon in (13.3, 13.4, 13.5)]
    assert found(day) == [("polygon_crossing", "/territories/0")]


def matrix(*names: str) -> dict[str, Any]:
    rows = [[0 if i == j else 60 for j in range(len(names))] for i in range(len(names))]
    return {"places": [*names], "duration_s": rows, "distance_m": rows}


def by_matrix(day: Day) -> Day:
    for technician, name in zip(day["technicians"], "AB", strict=True):
        technician["home"] = name
    for call, name in zip(day["calls"], "CD", strict=True):
        call["place"] = name
    return day | {"travel": {"source": "matrix", "matrices": [matrix("A", "B", "C", "D")]}}


def test_with_a_matrix_places_need_no_position(day: Day, found: Found) -> None:
    assert found(by_matrix(day)) == []


def test_with_a_matrix_a_position_alone_is_not_enough(day: Day, found: Found) -> None:
    day = by_matrix(day)
    day["calls"][1]["place"] = {"lat": 52.5, "lon": 13.4}
    assert found(day) == [("not_in_matrix", "/calls/1/place")]


def test_every_profile_in_use_has_its_matrix(day: Day, found: Found) -> None:
    day = by_matrix(day)
    day["technicians"][1]["profile"] = "bike"
    assert found(day) == [("matrix_missing", "/travel/matrices")]


def test_a_matrix_for_one_profile_stands_once(day: Day, found: Found) -> None:
    day = by_matrix(day)
    day["travel"]["matrices"].append(matrix("A", "B", "C", "D"))
    assert found(day) == [("matrix_missing", "/travel/matrices")]


def test_a_place_stands_once_in_a_matrix(day: Day, found: Found) -> None:
    day = by_matrix(day)
    day["travel"]["matrices"] = [matrix("A", "B", "C", "D", "A")]
    assert found(day) == [("duplicate_id", "/travel/matrices/0/places/4")]


@pytest.mark.parametrize(
    ("holder", "field", "value"),
    [
        ("/calls/0", "crew_size", 2),
        ("/calls/0", "predecessors", [{"call": "C-2"}]),
        ("/contracts/0", "business_hours", [{"days": ["mon"], "opens": "08:00", "closes": "17:00"}]),
        ("/providers/0", "max_visits", 3),
        ("/travel", "slices", [{"start": "07:00", "end": "09:00", "factor": 1.5}]),
    ],
)
def test_a_rule_that_is_not_there_yet_is_refused(
    day: Day, found: Found, holder: str, field: str, value: object
) -> None:
    day |= {"providers": [{"id": "P-1"}], "travel": {}, "policy": {}}
    target: Any = day
    for part in holder.split("/")[1:]:
        target = target[int(part)] if isinstance(target, list) else target[part]
    target[field] = value
    assert found(day) == [("not_yet_supported", f"{holder}/{field}")]


def test_a_rule_that_is_not_there_yet_may_be_stated_as_unused(day: Day, found: Found) -> None:
    day["calls"][0] |= {"crew_size": 1, "predecessors": []}
    assert found(day) == []
