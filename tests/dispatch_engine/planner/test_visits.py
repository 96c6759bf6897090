from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from dispatch_engine.planner.money import ticks, ticks_per_s
from solver.problem import NONE, START_FIXED, TECHNICIAN_FIXED, Visits
from tests.dispatch_engine.planner.days import at, call, day, shift, technician, translation_of, window

HOUR = 3600


def visits_of(*calls: dict[str, Any], **more: Any) -> Visits:
    return translation_of(day(list(calls), **more)).solver_problem.visits


def test_skills_tools_and_parts_are_carried_over() -> None:
    visits = visits_of(call(skills={"lift": 2}, tools=["hoist"], parts={"KIT": 3}), call("C-2"))
    assert np.array_equal(visits.skill_level, [[2], [0]])
    assert np.array_equal(visits.needs_tool, [[True], [False]])
    assert np.array_equal(visits.parts, [[3], [0]])


def test_service_is_the_duration_at_each_technicians_tempo() -> None:
    crew = [technician(), technician("T-2", duration_factor="1.5"), technician("T-3", duration_factors={"lift": "0.5"})]
    visits = visits_of(call(duration=1001, kind="lift", durations={"T-1": 900}), technicians=crew)
    assert visits.service_s.tolist() == [[900, 1502, 501]]


def test_required_preferred_and_excluded_technicians_are_carried_over() -> None:
    crew = [technician(), technician("T-2"), technician("T-3")]
    wishes = call(required_technicians=["T-1"], preferred_technicians=["T-1", "T-2"], excluded_technicians=["T-3"])
    visits = visits_of(wishes, call("C-2", preferred_bonus=9), technicians=crew)
    assert visits.required[0].tolist() == [True, False, False]
    assert visits.preferred[0].tolist() == [True, True, False]
    assert visits.excluded[0].tolist() == [False, False, True]
    assert visits.preference_ticks.tolist() == [ticks(Decimal(20)), ticks(Decimal(9))]


def test_windows_are_put_in_order() -> None:
    visits = visits_of(call(windows=[window(12, 13), window(9, 10)]))
    assert visits.window_earliest_s.row(0) == [2 * HOUR, 5 * HOUR]
    assert visits.window_latest_s.row(0) == [3 * HOUR, 6 * HOUR]


def test_a_window_that_is_over_is_left_out_beside_others() -> None:
    visits = visits_of(call(windows=[window(1, 2), window(9, 10)]))
    assert visits.window_latest_s.row(0) == [3 * HOUR]


def test_where_all_windows_are_over_there_is_none_in_which_anything_can_begin() -> None:
    visits = visits_of(call(windows=[window(1, 2), window(3, 4)]))
    assert (visits.window_earliest_s.row(0), visits.window_latest_s.row(0)) == ([0], [0])


def test_release_is_carried_over_and_none_is_zero() -> None:
    assert visits_of(call(released_at=at(9)), call("C-2")).release_s.tolist() == [2 * HOUR, 0]


def test_a_response_deadline_is_counted_from_the_report_and_priced_by_the_contract() -> None:
    steps = [{"per_hour": 80}, {"after": "PT1H", "per_hour": 40}]
    gold = {"id": "gold", "response_within": "PT2H", "response_steps": steps}
    visits = visits_of(call(contract="gold", reported_at=at(8)), contracts=[gold])
    assert visits.response.row(0) == [(3 * HOUR, ticks_per_s(Decimal(80))), (4 * HOUR, ticks_per_s(Decimal(40)))]
    assert visits.restore.row(0) == []


def test_a_restore_deadline_of_the_call_goes_before_that_of_its_contract() -> None:
    gold = {"id": "gold", "restore_within": "PT2H"}
    visits = visits_of(call(contract="gold", reported_at=at(8), restore_deadline=at(12)), contracts=[gold])
    assert visits.restore.row(0) == [(5 * HOUR, ticks_per_s(Decimal(60)))]


def test_downtime_counts_from_the_report_even_if_that_was_long_before() -> None:
    visits = visits_of(call(downtime_per_hour=100, reported_at=at(20, day=1)))
    assert visits.downtime_from_s.tolist() == [-11 * HOUR]
    assert visits.downtime_ticks_per_s.tolist() == [ticks_per_s(Decimal(100))]


def test_drop_prices_follow_priority_unless_stated_or_pinned() -> None:
    pin = {"level": "technician", "technician": "T-1"}
    gold = {"id": "gold", "priority": 2}
    calls = [call(priority=1), call("C-2", contract="gold"), call("C-3", drop_price=7), call("C-4", pin=pin)]
    expected = [ticks(Decimal(price)) for price in (5000, 2000, 7, 20000)]
    assert visits_of(*calls, contracts=[gold]).drop_ticks.tolist() == expected


def test_a_pin_of_the_technician_names_no_shift() -> None:
    visits = visits_of(call(pin={"level": "technician", "technician": "T-1"}))
    found = (visits.pin_level[0], visits.pin_technician[0], visits.pin_shift[0], visits.pin_start_s[0])
    assert found == (TECHNICIAN_FIXED, 0, NONE, NONE)


def test_a_pin_of_the_start_names_shift_rank_and_start() -> None:
    crew = [technician(), technician("T-2", shifts=[shift("mon"), shift("late", 17, 18)])]
    pin = {"level": "start", "technician": "T-2", "shift": "late", "rank": 4, "start": at(17)}
    visits = visits_of(call(pin=pin), technicians=crew)
    found = (visits.pin_level[0], visits.pin_technician[0], visits.pin_shift[0], visits.pin_rank[0])
    assert found == (START_FIXED, 1, 2, 4)
    assert visits.pin_start_s[0] == 10 * HOUR


def test_a_promised_start_has_the_policys_tolerance_to_both_sides() -> None:
    visits = visits_of(call(promise={"technician": "T-1", "start": at(10)}))
    assert (visits.promised_from_s[0], visits.promised_to_s[0]) == (3 * HOUR - 900, 3 * HOUR + 900)
    assert visits.promised_technician[0] == 0
    prices = (visits.reassign_ticks[0], visits.retime_ticks[0], visits.promise_drop_ticks[0])
    assert prices == (ticks(Decimal(50)), ticks(Decimal(50)), ticks(Decimal(500)))


def test_the_previous_plan_promises_what_it_planned() -> None:
    earlier = {"visits": [{"call": "C-1", "technician": "T-1", "start": at(10)}]}
    visits = visits_of(call(), call("C-2"), previous_plan=earlier, policy={"retime_tolerance": "PT1H"})
    assert (visits.promised_from_s.tolist(), visits.promised_to_s.tolist()) == ([2 * HOUR, NONE], [4 * HOUR, NONE])
    assert visits.promised_technician.tolist() == [0, NONE]


def test_without_a_promise_nothing_is_to_be_paid_for_breaking_it() -> None:
    visits = visits_of(
        call(), call("C-2", promise={"technician": "T-1"}), call("C-3", promise={"window": window(9, 10)})
    )
    assert visits.reassign_ticks.astype(bool).tolist() == [False, True, False]
    assert visits.retime_ticks.astype(bool).tolist() == [False, False, True]
    assert visits.promise_drop_ticks.astype(bool).tolist() == [False, True, True]


@pytest.mark.parametrize("hour", [1, 8, 20])
def test_every_call_is_a_visit_at_its_place_in_the_order_of_the_document(hour: int) -> None:
    problem = day([call("C-9", "P3", released_at=at(hour)), call("C-1", "P2"), call("C-3", "P3")])
    translation = translation_of(problem)
    numbers = [translation.frame.places.number(each.place) for each in problem.calls]
    assert translation.solver_problem.visits.place.tolist() == numbers
    assert numbers[0] == numbers[2] != numbers[1]


@pytest.mark.parametrize(("changes", "price"), [(0, 50), (1, 100), (4, 250)])
def test_each_change_that_a_customer_was_told_of_makes_the_next_dearer(changes: int, price: int) -> None:
    visits = visits_of(call(promise={"technician": "T-1", "changes": changes}))
    assert visits.reassign_ticks.tolist() == [ticks(Decimal(price))]
