"""Breaks: due unless the route is over by their latest start, taken in order and in the gaps."""

import pytest

from solver.problem import NONE
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan, starts


def test_a_due_break_delays_what_comes_after_it() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(breaks=[Break(600, 1800, 900)])])
    solution = plan(problem).solution
    assert starts(solution) == {0: 600, 1: 1800 + 900}
    assert [(b.start_s, b.end_s, b.before) for b in solution.routes[0].breaks] == [(1200, 2100, 1)]


def test_a_break_sends_the_second_visit_to_a_colleague() -> None:
    deadline = Visit(windows=[(0, 2000)])
    free, rests = Shift(technician=1, fixed_ticks=50_000), Shift(breaks=[Break(600, 1800, 900)])
    without = make_problem([Visit(windows=[(0, 600)]), deadline], shifts=[Shift(), free])
    assert order(plan(without).solution) == (0, 1)
    resting = make_problem([Visit(windows=[(0, 600)]), deadline], shifts=[rests, free])
    assert order(plan(resting).solution, 1) in {(0,), (1,), (0, 1)}


@pytest.mark.parametrize(("latest_s", "taken"), [(1800, 0), (1799, 1)])
def test_a_route_over_at_the_latest_start_needs_no_break_and_a_second_later_it_does(latest_s: int, taken: int) -> None:
    problem = make_problem([Visit()], shifts=[Shift(breaks=[Break(0, latest_s, 300, paid=True)])])
    assert len(plan(problem).solution.routes[0].breaks) == taken


@pytest.mark.parametrize(("latest_s", "planned"), [(1200, (0,)), (1199, ())])
def test_a_break_after_a_visit_starts_at_its_latest_start_at_the_latest(
    latest_s: int, planned: tuple[int, ...]
) -> None:
    visit = Visit(windows=[(600, 600)])
    result = plan(make_problem([visit], shifts=[Shift(breaks=[Break(601, latest_s, 300)])]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["break"]])


def test_a_break_interrupts_the_driving() -> None:
    problem = make_problem([Visit()], shifts=[Shift(breaks=[Break(300, 300, 900)])])
    solution = plan(problem).solution
    assert [b.start_s for b in solution.routes[0].breaks] == [300]
    assert starts(solution) == {0: 1500}


def test_breaks_are_taken_in_their_order() -> None:
    breaks = [Break(0, 2000, 300), Break(500, 2000, 300), Break(900, 2000, 300)]
    solution = plan(make_problem([Visit(), Visit()], shifts=[Shift(breaks=breaks)])).solution
    assert [b.index for b in solution.routes[0].breaks] == [0, 1, 2]


def test_only_unpaid_breaks_are_taken_off_the_wage() -> None:
    breaks = [Break(0, 700, 100), Break(700, 1300, 1000, paid=True)]
    route = make_problem([Visit()], shifts=[Shift(breaks=breaks)])
    solution = plan(route).solution
    assert len(solution.routes[0].breaks) == 2
    assert solution.cost_by_term["wage"] == solution.routes[0].end_s - 100


@pytest.mark.parametrize(("service_s", "planned"), [(600, (0,)), (601, ())])
def test_where_the_end_is_open_no_break_comes_after_the_last_visit(service_s: int, planned: tuple[int, ...]) -> None:
    visit = Visit(windows=[(600, 600)], service_s=service_s)
    problem = make_problem([visit], shifts=[Shift(end_place=NONE, breaks=[Break(601, 1200, 300)])])
    result = plan(problem)
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["break"]])


@pytest.mark.parametrize(("regular_end_s", "planned"), [(2100, (0,)), (2099, ())])
def test_a_break_on_the_way_to_the_end_place_is_within_the_shift(regular_end_s: int, planned: tuple[int, ...]) -> None:
    shift = Shift(breaks=[Break(1201, 1500, 300)], regular_end_s=regular_end_s)
    result = plan(make_problem([Visit()], shifts=[shift]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["shift"]])
