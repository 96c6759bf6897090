from dataclasses import replace

import pytest

from solver.checker import check
from tests.solver.builder import Break, Shift, Visit, make_problem
from tests.solver.checker.plans import TWO_VISITS, codes, drive, plan, with_stop


def test_a_plan_that_serves_each_visit_once_is_accepted() -> None:
    report = check(TWO_VISITS, plan(drive(TWO_VISITS, [0, 1])))
    assert report.accepted
    assert report.codes == frozenset()


def test_a_plan_that_leaves_everything_unplanned_is_accepted() -> None:
    assert codes(TWO_VISITS, unplanned=[0, 1]) == set()


def test_a_problem_without_visits_has_an_empty_plan() -> None:
    assert codes(make_problem([])) == set()


def test_a_visit_that_is_neither_planned_nor_unplanned_is_missing() -> None:
    report = check(TWO_VISITS, plan(drive(TWO_VISITS, [0])))
    assert [(violation.code, violation.visit) for violation in report.violations] == [("visit_missing", 1)]


def test_a_visit_is_on_one_route_only() -> None:
    problem = make_problem([Visit()], shifts=[Shift(), Shift(technician=1)])
    assert codes(problem, drive(problem, [0]), drive(problem, [0], shift=1)) == {"visit_twice"}


def test_a_visit_is_on_a_route_once() -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0, 1, 0])) == {"visit_twice"}


def test_a_planned_visit_is_not_unplanned() -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0, 1]), unplanned=[1]) == {"unplanned_wrong"}


def test_an_unplanned_visit_is_listed_once() -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0]), unplanned=[1, 1]) == {"unplanned_wrong"}


@pytest.mark.parametrize("visit", [-1, 2])
def test_an_unplanned_visit_must_exist(visit: int) -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0, 1]), unplanned=[visit]) == {"visit_unknown"}


def test_a_shift_has_one_route() -> None:
    assert codes(TWO_VISITS, drive(TWO_VISITS, [0]), drive(TWO_VISITS, [1])) == {"shift_twice"}


def test_a_route_needs_a_shift_of_the_problem() -> None:
    route = drive(TWO_VISITS, [0, 1])
    assert codes(TWO_VISITS, replace(route, shift=1)) == {"shift_unknown"}
    assert codes(TWO_VISITS, replace(route, shift=-1)) == {"shift_unknown"}


@pytest.mark.parametrize("visit", [-1, 2])
def test_a_stop_needs_a_visit_of_the_problem(visit: int) -> None:
    lost = with_stop(drive(TWO_VISITS, [0, 1]), 1, visit=visit)
    assert codes(TWO_VISITS, lost, unplanned=[1]) == {"visit_unknown"}


def test_a_break_of_a_route_is_one_of_its_shift() -> None:
    problem = make_problem([Visit()])
    taken = drive(make_problem([Visit()], shifts=[Shift(breaks=[Break(0, 0, 60)])]), [0], breaks=[(0, 0, 0)])
    assert codes(problem, taken) == {"break_unknown"}


def test_a_shift_without_visits_has_no_route() -> None:
    empty = replace(drive(TWO_VISITS, [0]), stops=())
    assert codes(TWO_VISITS, empty, unplanned=[0, 1]) == {"route_empty"}


def test_only_facts_of_the_shift_are_marked_as_facts() -> None:
    assert codes(TWO_VISITS, with_stop(drive(TWO_VISITS, [0, 1]), 0, is_fact=True)) == {"fact_changed"}


def test_an_unreadable_route_does_not_hide_the_faults_of_another() -> None:
    problem = make_problem([Visit(), Visit(windows=[(0, 0)])], shifts=[Shift(), Shift(technician=1)])
    lost = replace(drive(problem, [0]), shift=9)
    assert codes(problem, lost, drive(problem, [1], shift=1)) == {"shift_unknown", "window"}
