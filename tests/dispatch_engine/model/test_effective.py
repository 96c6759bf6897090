from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dispatch_engine.model import effective
from dispatch_engine.model.areas import areas_of, territory_at
from dispatch_engine.model.places import Point
from dispatch_engine.model.positions import position_of, positions_of
from dispatch_engine.model.problem import ProblemDocument

Day = dict[str, Any]
Read = Callable[[Day], ProblemDocument]


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-02T{clock}:00+01:00")


def test_the_horizon_reaches_from_the_first_shift_to_the_last_overtime(day: Day, read: Read) -> None:
    del day["horizon"]
    horizon = effective.horizon_of(read(day))
    assert (horizon.start, horizon.end) == (at("08:00"), at("17:00"))


def test_without_shifts_the_horizon_is_the_time_of_planning(day: Day, read: Read) -> None:
    day |= {"technicians": [], "now": "2026-03-02T07:30:00+01:00"}
    del day["horizon"]
    assert effective.horizon_of(read(day)).end == at("07:30")


def test_without_shifts_and_time_of_planning_the_horizon_is_the_last_report(day: Day, read: Read) -> None:
    day["technicians"] = []
    del day["horizon"]
    assert effective.horizon_of(read(day)).start == at("07:10")


def test_without_shifts_and_reports_the_horizon_is_the_earliest_time_stated(day: Day, read: Read) -> None:
    day["technicians"] = []
    day["calls"] = [day["calls"][0] | {"response_deadline": "2026-03-02T05:00:00+01:00"}]
    del day["horizon"], day["calls"][0]["reported_at"]
    assert effective.horizon_of(read(day)).start == at("05:00")


def test_with_nothing_at_all_the_horizon_is_the_epoch(day: Day, read: Read) -> None:
    day |= {"technicians": [], "calls": []}
    del day["horizon"]
    assert effective.horizon_of(read(day)).start == datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("own", "contract", "priority"), [(1, 2, 1), (None, 2, 2), (None, None, 3)])
def test_a_priority_is_the_calls_else_the_contracts_else_3(
    day: Day, read: Read, own: int | None, contract: int | None, priority: int
) -> None:
    day["calls"][0]["priority"], day["contracts"][0]["priority"] = own, contract
    problem = read(day)
    call = problem.calls[0]
    assert effective.priority_of(call, effective.contract_of(problem, call)) == priority


def test_a_deadline_counts_from_the_report(day: Day, read: Read) -> None:
    problem = read(day)
    deadline = effective.response_of(problem.calls[0], problem.contracts[0], problem.policy)
    assert deadline is not None
    assert deadline.at == at("11:10")
    assert [step.per_hour for step in deadline.steps] == [80, 40]


def test_a_deadline_of_the_call_goes_before_that_of_the_contract(day: Day, read: Read) -> None:
    day["calls"][0] |= {"response_deadline": at("10:00").isoformat(), "response_steps": [{"per_hour": 7}]}
    problem = read(day)
    deadline = effective.response_of(problem.calls[0], problem.contracts[0], problem.policy)
    assert deadline is not None
    assert (deadline.at, deadline.steps[0].per_hour) == (at("10:00"), Decimal(7))


def test_a_deadline_without_steps_of_its_own_costs_what_the_policy_says(day: Day, read: Read) -> None:
    day["calls"][1]["restore_deadline"] = at("10:00").isoformat()
    day["policy"] = {"restore_steps": [{"per_hour": 5}]}
    problem = read(day)
    deadline = effective.restore_of(problem.calls[1], None, problem.policy)
    assert deadline is not None
    assert deadline.steps == problem.policy.restore_steps


def test_a_call_without_contract_and_deadline_has_none(day: Day, read: Read) -> None:
    problem = read(day)
    assert effective.response_of(problem.calls[1], None, problem.policy) is None


@pytest.mark.parametrize(
    ("change", "since", "rate"),
    [
        ({}, "07:10", 100),
        ({"downtime_per_hour": 5}, "07:10", 5),
        ({"down_since": "2026-03-02T06:00:00+01:00"}, "06:00", 100),
        ({"reported_at": None}, "07:00", 100),
    ],
)
def test_downtime_runs_from_when_the_machine_went_down_else_from_the_report_else_from_the_horizon(
    day: Day, read: Read, change: dict[str, Any], since: str, rate: int
) -> None:
    day["contracts"][0]["downtime_per_hour"] = 100
    day["calls"][0] |= change
    problem = read(day)
    downtime = effective.downtime_of(problem.calls[0], problem.contracts[0], effective.horizon_of(problem))
    assert downtime == (at(since), Decimal(rate))


def test_downtime_without_a_price_is_none(day: Day, read: Read) -> None:
    problem = read(day)
    assert effective.downtime_of(problem.calls[0], problem.contracts[0], effective.horizon_of(problem)) is None


@pytest.mark.parametrize(
    ("change", "price"),
    [({}, 1000), ({"drop_price": 1}, 1), ({"pin": {"level": "technician", "technician": "T-1"}}, 20000)],
)
def test_a_drop_price_is_the_calls_else_that_of_pinned_calls_else_that_of_the_priority(
    day: Day, read: Read, change: dict[str, Any], price: int
) -> None:
    day["calls"][1] |= change
    problem = read(day)
    assert effective.drop_price_of(problem.calls[1], 3, problem.policy) == price


def test_drop_prices_that_are_not_given_keep_their_defaults(day: Day, read: Read) -> None:
    day["policy"] = {"drop_prices": {"1": 9000}}
    policy = read(day).policy
    assert [policy.drop_price(priority) for priority in (1, 2)] == [9000, 2000]


def test_prices_are_the_shifts_else_the_technicians_else_the_policys(day: Day, read: Read) -> None:
    day["policy"] = {"prices": {"per_hour": 1, "per_km": 1, "callout": 1}}
    day["technicians"][0]["prices"] = {"per_km": 2, "callout": 2}
    day["technicians"][0]["shifts"][0]["prices"] = {"callout": 0}
    problem = read(day)
    technician = problem.technicians[0]
    prices = effective.prices_of(technician, technician.shifts[0], problem.policy)
    assert [prices.per_hour, prices.per_km, prices.callout] == [1, 2, 0]


def test_a_shift_starts_and_ends_at_home_unless_it_says_otherwise(day: Day, read: Read) -> None:
    problem = read(day)
    technician = problem.technicians[0]
    shift = technician.shifts[0]
    assert effective.start_place_of(technician, shift) == technician.home
    assert effective.end_place_of(technician, shift) == technician.home


def test_an_open_end_has_no_place(day: Day, read: Read) -> None:
    day["technicians"][0]["shifts"][0]["open_end"] = True
    technician = read(day).technicians[0]
    assert effective.end_place_of(technician, technician.shifts[0]) is None


@pytest.mark.parametrize(
    ("change", "seconds"),
    [
        ({}, 2700),
        ({"duration_factor": 1.2}, 3240),
        ({"duration_factor": 1.2, "duration_factors": {"repair": 0.5}}, 1350),
        ({"duration_factor": 1.2, "duration_factors": {"other": 0.5}}, 3240),
        ({"duration_factor": 0.333}, 899),
    ],
)
def test_a_duration_is_scaled_by_the_factor_of_the_kind_else_of_the_technician(
    day: Day, read: Read, change: dict[str, Any], seconds: int
) -> None:
    day["technicians"][0] |= change
    day["calls"][0]["kind"] = "repair"
    problem = read(day)
    assert effective.duration_of(problem.calls[0], problem.technicians[0]) == timedelta(seconds=seconds)


def test_half_a_second_is_rounded_up(day: Day, read: Read) -> None:
    day["technicians"][0]["duration_factor"] = 0.5
    day["calls"][0]["duration"] = 3
    problem = read(day)
    assert effective.duration_of(problem.calls[0], problem.technicians[0]) == timedelta(seconds=2)


def test_a_duration_given_for_the_technician_is_not_scaled(day: Day, read: Read) -> None:
    day["technicians"][0]["duration_factor"] = 2
    day["calls"][0]["durations"] = {"T-1": 60}
    problem = read(day)
    assert effective.duration_of(problem.calls[0], problem.technicians[0]) == timedelta(seconds=60)


def test_a_promised_start_has_the_policys_tolerance_to_both_sides(day: Day, read: Read) -> None:
    day["calls"][0]["promise"] = {"technician": "T-1", "start": "2026-03-02T10:00:00+01:00"}
    promise = effective.promises_of(read(day))["C-1"]
    assert promise == effective.EffectivePromise("T-1", (at("09:45"), at("10:15")))


def test_a_promise_may_have_a_tolerance_of_its_own(day: Day, read: Read) -> None:
    day["calls"][0]["promise"] = {"start": "2026-03-02T10:00:00+01:00", "tolerance": 0}
    assert effective.promises_of(read(day))["C-1"].interval == (at("10:00"), at("10:00"))


def test_a_promise_without_time_has_no_interval(day: Day, read: Read) -> None:
    day["calls"][0]["promise"] = {"technician": "T-1"}
    assert effective.promises_of(read(day))["C-1"].interval is None


def test_the_promise_of_a_call_goes_before_that_of_the_previous_plan(day: Day, read: Read) -> None:
    visit = {"technician": "T-1", "start": "2026-03-02T10:00:00+01:00"}
    day["previous_plan"] = {"visits": [{"call": "C-1", **visit}, {"call": "C-2", **visit}, {"call": "C-9", **visit}]}
    day["calls"][0]["promise"] = {"technician": "T-2"}
    promises = effective.promises_of(read(day))
    assert {call: promise.technician for call, promise in promises.items()} == {"C-1": "T-2", "C-2": "T-1"}


def test_a_technician_of_the_previous_plan_who_is_gone_is_not_counted(day: Day, read: Read) -> None:
    visit = {"call": "C-1", "technician": "T-9", "start": "2026-03-02T10:00:00+01:00"}
    day["previous_plan"] = {"visits": [visit]}
    assert effective.promises_of(read(day))["C-1"].technician is None


def test_the_border_belongs_to_a_territory_and_the_first_one_counts(day: Day, read: Read) -> None:
    day["territories"].append({**day["territories"][0], "id": "second"})
    areas = areas_of(read(day).territories)
    assert territory_at(Point(lat=52.51, lon=13.4), areas) == "north"
    assert territory_at(Point(lat=52.5099, lon=13.4), areas) is None


def test_a_hole_does_not_belong_to_a_territory(day: Day, read: Read) -> None:
    outline = [[13.0, 52.0], [14.0, 52.0], [14.0, 53.0], [13.0, 53.0], [13.0, 52.0]]
    hole = [[13.4, 52.4], [13.6, 52.4], [13.6, 52.6], [13.4, 52.6], [13.4, 52.4]]
    day["territories"] = [{"id": "ring", "geojson": {"type": "Polygon", "coordinates": [outline, hole]}}]
    areas = areas_of(read(day).territories)
    assert territory_at(Point(lat=52.5, lon=13.5), areas) is None
    assert territory_at(Point(lat=52.3, lon=13.5), areas) == "ring"


def test_the_position_of_a_named_place_is_that_of_its_definition(day: Day, read: Read) -> None:
    day["places"] = [{"id": "depot", "lat": 52.5, "lon": 13.4}]
    day["calls"][0]["place"] = "depot"
    problem = read(day)
    assert position_of(problem.calls[0].place, positions_of(problem)) == Point(lat=52.5, lon=13.4)


@pytest.mark.parametrize(("own", "policy", "price"), [(0, 90, 0), (70, 90, 70), (None, 90, 90), (None, None, 150)])
def test_the_price_of_a_second_visit_is_the_calls_else_the_policys(
    day: Day, read: Read, own: int | None, policy: int | None, price: int
) -> None:
    day["calls"][0]["revisit_price"] = own
    day["policy"] = {} if policy is None else {"revisit_price": policy}
    problem = read(day)
    assert effective.revisit_price_of(problem.calls[0], problem.policy) == price


def with_stock(day: Day, named: list[str] | None) -> Day:
    place = {"lat": 52.5, "lon": 13.4}
    depot = {"id": "depot", "place": place, "open_to": named}
    meeting = {"id": "noon", "place": place, "at": at("12:00").isoformat(), "duration": 600, "technicians": named}
    return day | {"providers": [{"id": "P-1"}], "stock_locations": [depot], "meetings": [meeting]}


@pytest.mark.parametrize(("named", "welcome"), [(None, ["T-1", "T-2"]), (["T-2", "P-1"], ["T-2", "P-1"]), ([], [])])
def test_locations_and_meetings_are_open_to_whom_they_name_else_to_technicians(
    day: Day, read: Read, named: list[str] | None, welcome: list[str]
) -> None:
    problem = read(with_stock(day, named))
    at_depot = [each.id for each in problem.capacities if effective.locations_open_to(problem, each)]
    at_noon = [each.id for each in problem.capacities if effective.meetings_open_to(problem, each)]
    assert (at_depot, at_noon) == (welcome, welcome)


def test_without_a_word_about_parts_every_means_is_allowed_and_nothing_is_loaded_at_night(day: Day, read: Read) -> None:
    policy = read(day).policy
    assert {policy.restocking, policy.couriers, policy.substitution, policy.transfers} == {"allowed"}
    assert policy.overnight_replenishment == "none"
