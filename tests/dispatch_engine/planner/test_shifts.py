from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dispatch_engine.planner.money import ticks as ticks_of
from dispatch_engine.planner.money import ticks_per_m, ticks_per_s
from solver.problem import NONE, Shifts
from tests.dispatch_engine.planner.days import at, call, day, shift, technician, translation_of

HOUR = 3600


def shifts_of(*shifts: dict[str, Any], **more: Any) -> Shifts:
    return translation_of(day([call()], [technician(shifts=list(shifts))], **more)).solver_problem.shifts


def test_a_shift_starts_and_ends_as_stated_with_overtime_after_it() -> None:
    shifts = shifts_of(shift(overtime_cap="PT1H"))
    assert (shifts.start_s[0], shifts.regular_end_s[0], shifts.overtime_cap_s[0]) == (HOUR, 9 * HOUR, HOUR)


def test_prices_come_from_the_shift_then_the_technician_then_the_policy() -> None:
    crew = [technician(shifts=[shift(prices={"per_hour": 50})], prices={"per_hour": 45, "per_km": "0.5"})]
    problem = day([call()], crew, policy={"prices": {"callout": 7, "per_visit": 3}})
    shifts = translation_of(problem).solver_problem.shifts
    policy = problem.policy.prices
    assert shifts.wage_ticks_per_s[0] == ticks_per_s(Decimal(50))
    assert shifts.distance_ticks_per_m[0] == ticks_per_m(Decimal("0.5"))
    assert shifts.fixed_ticks[0] == ticks_of(policy.callout) == ticks_of(Decimal(7))
    assert shifts.visit_ticks[0] == ticks_of(policy.per_visit)
    assert shifts.overtime_ticks_per_s[0] == ticks_per_s(policy.overtime_surcharge_per_hour)


def test_limits_that_are_not_stated_are_none() -> None:
    shifts = shifts_of(shift())
    assert (shifts.max_visits[0], shifts.max_driving_s[0], shifts.max_distance_m[0]) == (NONE, NONE, NONE)
    assert shifts.max_duration_s[0] == NONE


def test_limits_are_carried_over_in_seconds_and_metres() -> None:
    shifts = shifts_of(shift(max_visits=3, max_driving="PT2H", max_distance_km="80.5", max_duration="PT9H"))
    assert (shifts.max_visits[0], shifts.max_driving_s[0], shifts.max_distance_m[0]) == (3, 2 * HOUR, 80_500)
    assert shifts.max_duration_s[0] == 9 * HOUR


def test_breaks_are_carried_over_in_order() -> None:
    breaks = [
        {"earliest": at(9), "latest": at(10), "duration": 600, "paid": True},
        {"earliest": at(12), "latest": at(13), "duration": 1800},
    ]
    shifts = shifts_of(shift(breaks=breaks))
    assert shifts.break_earliest_s.row(0) == [2 * HOUR, 5 * HOUR]
    assert shifts.break_latest_s.row(0) == [3 * HOUR, 6 * HOUR]
    assert shifts.break_duration_s.row(0) == [600, 1800]
    assert shifts.break_paid.row(0) == [1, 0]


@pytest.mark.parametrize(("stated", "paid"), [(None, True), ("shift_start", False)])
def test_paid_time_begins_as_the_shift_says_else_the_policy(stated: str | None, paid: bool) -> None:
    shifts = shifts_of(shift(paid_from=stated), policy={"paid_from": "departure"})
    assert shifts.paid_from_departure[0] == paid


def test_a_route_ends_at_home_elsewhere_or_nowhere() -> None:
    shifts = [shift(), shift("late", 17, 18, end_place="P5"), shift("open", 19, 20, open_end=True)]
    translation = translation_of(day([call()], [technician(shifts=shifts)]))
    places, ends = translation.frame.places, translation.solver_problem.shifts.end_place
    stated = translation.frame.problem.technicians[0]
    assert stated.home is not None
    assert stated.shifts[1].end_place is not None
    assert list(ends) == [places.number(stated.home), places.number(stated.shifts[1].end_place), NONE]


def test_the_speed_of_a_technician_is_a_share_of_a_thousand() -> None:
    shifts = translation_of(day([call()], [technician(travel_factor="1.205")])).solver_problem.shifts
    assert shifts.travel_permille[0] == 1205


def test_providers_are_technicians_after_those_of_the_house() -> None:
    provider = technician("EXT-1", prices={"callout": 90})
    translation = translation_of(day([call()], [technician()], providers=[provider]))
    assert translation.frame.index.technician == {"T-1": 0, "EXT-1": 1}
    assert list(translation.solver_problem.shifts.fixed_ticks) == [0, ticks_of(Decimal(90))]


def test_skills_tools_stock_and_territories_of_technicians_are_carried_over() -> None:
    crew = [
        technician(skills={"lift": 3, "unused": 1}, tools=["hoist"], stock={"KIT": 2}, home_territories=["south"]),
        technician("T-2"),
    ]
    needs = call(skills={"boiler": 1, "lift": 2}, tools=["gauge", "hoist"], parts={"KIT": 1})
    problem = day([needs], crew, territories=[{"id": "north"}, {"id": "south"}])
    found = translation_of(problem).solver_problem.technicians
    assert np.array_equal(found.skill_level, [[0, 3], [0, 0]])
    assert np.array_equal(found.has_tool, [[False, True], [False, False]])
    assert np.array_equal(found.stock, [[2], [0]])
    assert np.array_equal(found.home_territory, [[False, True], [False, False]])
