"""Reserves: who is on shift and neither drives nor works nor rests is free; what is missing of a reserve is priced."""

import pytest

from solver.problem import NONE
from solver.rules.reserves import free_spans
from tests.solver.builder import Break, Fact, Reserve, Shift, Technician, Visit, make_problem
from tests.solver.planning import codes, order, plan, timed

ALL_DAY = Reserve(wanted_s=36_000, ticks_per_s=7)


def free(visit: Visit, shift: Shift | None = None) -> list[tuple[int, int]]:
    """Return when a technician is free who serves a visit ten minutes away."""
    problem = make_problem([visit], shifts=[shift or Shift()], reserves=[ALL_DAY])
    route = timed(problem, [0])
    return list(free_spans(problem, 0, route))


def missing_ticks(reserve: Reserve) -> int:
    """Return the price of what is missing beside a visit that takes from 0 to 1,800 s."""
    return plan(make_problem([Visit()], reserves=[reserve])).solution.cost_by_term["reserve"]


def test_driving_there_and_back_and_work_are_not_free() -> None:
    assert free(Visit()) == [(1800, 36_000)]


def test_before_the_departure_everybody_is_free() -> None:
    assert free(Visit(windows=[(3000, 3000)])) == [(0, 2400), (4200, 36_000)]


def test_waiting_at_a_place_is_free() -> None:
    departed = Shift(departed_s=0)
    assert free(Visit(windows=[(3000, 3000)]), departed) == [(600, 3000), (4200, 36_000)]


def test_a_break_is_not_free_and_interrupts_the_drive() -> None:
    shift = Shift(departed_s=0, breaks=[Break(300, 300, 900)])
    assert free(Visit(windows=[(3000, 3000)]), shift) == [(1500, 3000), (4200, 36_000)]


def test_a_break_before_the_departure_is_not_free() -> None:
    shift = Shift(paid_from_departure=True, wage_ticks_per_s=9, breaks=[Break(600, 600, 300, paid=True)])
    assert free(Visit(windows=[(3000, 3000)]), shift) == [(0, 600), (900, 2400), (4200, 36_000)]


def test_overtime_is_not_free() -> None:
    late = Visit(windows=[(36_000, 36_000)])
    assert free(late, Shift(overtime_cap_s=3600)) == [(0, 35_400)]


def test_what_has_happened_is_not_free() -> None:
    shift = Shift(departed_s=0, facts=[Fact(1, 3000, 5000)])
    problem = make_problem([Visit(), Visit(place=0)], shifts=[shift], reserves=[ALL_DAY])
    assert list(free_spans(problem, 0, timed(problem, [0]))) == [(6800, 36_000)]


@pytest.mark.parametrize(("resume_s", "since_s"), [(NONE, 1000), (4000, 4000)])
def test_a_technician_who_has_departed_without_a_visit_is_free_from_then_on(resume_s: int, since_s: int) -> None:
    shift = Shift(departed_s=1000, resume_place=NONE if resume_s == NONE else 1, resume_s=resume_s)
    solution = plan(make_problem([], shifts=[shift], reserves=[ALL_DAY])).solution
    assert solution.cost_by_term["reserve"] == 7 * since_s


def test_each_missing_second_costs_its_price() -> None:
    assert missing_ticks(Reserve(until_s=3600, wanted_s=1800, ticks_per_s=7)) == 0
    assert missing_ticks(Reserve(until_s=3600, wanted_s=1801, ticks_per_s=7)) == 7


def test_more_than_is_wanted_gains_nothing() -> None:
    assert missing_ticks(Reserve(until_s=36_000, wanted_s=0, ticks_per_s=7)) == 0


def test_the_free_time_of_several_adds_up_and_only_theirs_counts() -> None:
    crew, shifts = [Technician()] * 3, [Shift(technician=t) for t in range(3)]
    two = Reserve(until_s=3600, wanted_s=3 * 3600, ticks_per_s=1, technicians=[1, 2])
    solution = plan(make_problem([], crew, shifts, reserves=[two])).solution
    assert solution.cost_by_term["reserve"] == 3600


def test_a_visit_is_left_out_where_its_time_is_worth_more_and_that_is_said() -> None:
    visits = [Visit(drop_ticks=50_000)]
    assert order(plan(make_problem(visits)).solution) == (0,)
    result = plan(make_problem(visits, reserves=[Reserve(wanted_s=36_000, ticks_per_s=1000)]))
    assert result.solution.unplanned == (0,)
    assert codes(result) == ["reserve"]
    (reason,) = result.why[0]
    assert reason.shortfall == 1800 + 12_000 + 1800 * 1000 - 50_000
