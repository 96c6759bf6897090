"""A problem whose arrays do not fit together is refused, naming the array, the place and the value."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from solver.errors import ProblemError, SolverError
from solver.problem import ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED, Csr, Problem, Steps
from solver.validation import MAX_PRICE_TICKS, MAX_TIME_S, validate
from tests.properties.problems import random_cases
from tests.solver.builder import Break, Fact, Shift, Technician, Visit, make_problem


def refused(problem: Problem) -> ProblemError:
    with pytest.raises(ProblemError) as caught:
        validate(problem)
    return caught.value


def with_visits(**arrays: Any) -> Problem:
    problem = make_problem([Visit(), Visit()])
    return replace(problem, visits=replace(problem.visits, **arrays))


def with_shifts(**arrays: Any) -> Problem:
    problem = make_problem([Visit(), Visit()])
    return replace(problem, shifts=replace(problem.shifts, **arrays))


def one_visit(**fields: Any) -> Problem:
    return make_problem([Visit(**fields)])


def one_shift(**fields: Any) -> Problem:
    return make_problem([Visit(), Visit()], shifts=[Shift(**fields)])


def test_random_problems_are_valid() -> None:
    for problem in random_cases(11, 100):
        validate(problem)


def test_a_problem_without_visits_shifts_or_technicians_is_valid() -> None:
    validate(make_problem([]))
    validate(make_problem([Visit()], [], []))


def test_the_message_names_array_index_value_rule_and_a_way_out() -> None:
    error = refused(with_visits(place=np.array([1, 99])))
    assert (error.array, error.index, error.value) == ("visits.place", (1,), 99)
    assert str(error) == "visits.place[1] is 99: it lies from 0 to 2. Maybe the unit is another."
    assert isinstance(error, SolverError)


@pytest.mark.parametrize(
    ("problem", "array"),
    [
        (with_visits(place=np.array([1, 2], np.int32)), "visits.place"),
        (with_visits(place=np.array([1])), "visits.service_s"),
        (with_visits(drop_ticks=np.array([1, 2, 3])), "visits.drop_ticks"),
        (with_visits(service_s=np.zeros((2, 5), np.int64)), "visits.service_s"),
        (with_visits(skill_level=np.zeros((2, 1), np.int64)), "visits.skill_level"),
        (with_visits(required=np.zeros((2, 1), np.int64)), "visits.required"),
        (with_visits(window_latest_s=Csr.of([[1], []])), "visits.window_latest_s"),
        (with_visits(window_latest_s=Csr.of([[]])), "visits.window_latest_s"),
        (with_visits(window_latest_s=Csr(np.array([0, 2, 1]), np.array([5]))), "visits.window_latest_s"),
        (with_visits(response=Steps(Csr.of([[1], []]), Csr.of([[], [1]]))), "visits.response"),
        (with_shifts(break_paid=Csr.of([[1]])), "shifts.break_paid"),
        (with_shifts(fact_end_s=Csr.of([[1]])), "shifts.fact_end_s"),
    ],
)
def test_wrong_types_and_shapes_are_refused(problem: Problem, array: str) -> None:
    assert refused(problem).array == array


def test_travel_is_square_of_one_shape_and_of_small_integers() -> None:
    problem = make_problem([Visit()])
    travel = problem.travel
    slanted = replace(travel, duration_s=travel.duration_s[:, :1])
    other = replace(travel, distance_m=travel.distance_m[:, :1, :1])
    wide = replace(travel, distance_m=travel.distance_m.astype(np.int64))
    found = [refused(replace(problem, travel=wrong)).array for wrong in (slanted, other, wide)]
    assert found == ["travel.duration_s", "travel.distance_m", "travel.distance_m"]


@pytest.mark.parametrize(
    ("problem", "array"),
    [
        (one_visit(service_s=-1), "visits.service_s"),
        (one_visit(release_s=MAX_TIME_S + 1), "visits.release_s"),
        (one_visit(drop_ticks=MAX_PRICE_TICKS + 1), "visits.drop_ticks"),
        (one_visit(drop_ticks=-1), "visits.drop_ticks"),
        (one_visit(territory_rule=3), "visits.territory_rule"),
        (one_visit(promised_technician=1), "visits.promised_technician"),
        (one_shift(travel_permille=0), "shifts.travel_permille"),
        (one_shift(end_place=-2), "shifts.end_place"),
        (one_shift(profile=1), "shifts.profile"),
        (one_shift(overtime_cap_s=-1), "shifts.overtime_cap_s"),
        (one_shift(max_visits=-2), "shifts.max_visits"),
        (one_shift(breaks=[Break(0, 10, duration_s=0)]), "shifts.break_duration_s"),
        (make_problem([Visit()], horizon_s=-1), "horizon_s"),
        (with_shifts(technician=np.array([3])), "shifts.technician"),
    ],
)
def test_values_out_of_range_are_refused(problem: Problem, array: str) -> None:
    assert refused(problem).array == array


@pytest.mark.parametrize(
    "windows", [[(5, 4)], [(0, 10), (10, 20)], [(10, 20), (0, 5)]], ids=["inverted", "overlapping", "unsorted"]
)
def test_windows_are_in_order_and_disjoint(windows: list[tuple[int, int]]) -> None:
    assert refused(one_visit(windows=windows)).array == "visits.window_earliest_s"
    validate(one_visit(windows=[(0, 10), (11, 11)]))


@pytest.mark.parametrize("breaks", [[(5, 4)], [(5, 9), (4, 10)], [(0, 10), (5, 9)]])
def test_breaks_are_in_order_of_both_starts(breaks: list[tuple[int, int]]) -> None:
    problem = one_shift(breaks=[Break(earliest, latest) for earliest, latest in breaks])
    assert refused(problem).array == "shifts.break_earliest_s"
    validate(one_shift(breaks=[Break(0, 10), Break(0, 10)]))


def test_a_shift_does_not_end_before_it_starts() -> None:
    assert refused(one_shift(start_s=10, regular_end_s=9)).array == "shifts.regular_end_s"
    validate(one_shift(start_s=10, regular_end_s=10))


def test_breaks_are_behind_only_after_a_departure_and_only_those_there_are() -> None:
    assert refused(one_shift(breaks=[Break(0, 10)], breaks_taken=1)).array == "shifts.breaks_taken"
    assert refused(one_shift(departed_s=0, breaks_taken=1)).array == "shifts.breaks_taken"
    validate(one_shift(breaks=[Break(0, 10)], departed_s=0, breaks_taken=1))


@pytest.mark.parametrize(
    ("shift", "array"),
    [
        ({"facts": [Fact(0, 5, 9)]}, "shifts.departed_s"),
        ({"resume_place": 1, "resume_s": 5}, "shifts.departed_s"),
        ({"resume_place": 1, "departed_s": 5}, "shifts.resume_s"),
        ({"resume_s": 7, "departed_s": 5}, "shifts.resume_s"),
        ({"facts": [Fact(0, 5, 9)], "departed_s": 6}, "shifts.fact_start_s"),
        ({"facts": [Fact(0, 9, 5)], "departed_s": 0}, "shifts.fact_start_s"),
        ({"facts": [Fact(0, 5, 9), Fact(1, 8, 10)], "departed_s": 0}, "shifts.fact_start_s"),
        ({"facts": [Fact(0, 5, 9), Fact(0, 9, 10)], "departed_s": 0}, "shifts.fact_visit"),
        ({"facts": [Fact(0, 5, 9)], "departed_s": 0, "resume_place": 1, "resume_s": 8}, "shifts.resume_s"),
        ({"facts": [Fact(2, 5, 9)], "departed_s": 0}, "shifts.fact_visit"),
    ],
)
def test_facts_fit_together(shift: dict[str, Any], array: str) -> None:
    assert refused(one_shift(**shift)).array == array


def test_facts_may_follow_each_other_without_a_gap() -> None:
    validate(one_shift(facts=[Fact(1, 5, 9), Fact(0, 9, 9)], departed_s=5, resume_place=0, resume_s=9))


@pytest.mark.parametrize(
    ("visit", "array"),
    [
        ({"pin_technician": 0}, "visits.pin_technician"),
        ({"pin_shift": 0}, "visits.pin_shift"),
        ({"pin_level": TECHNICIAN_FIXED}, "visits.pin_technician"),
        ({"pin_level": TECHNICIAN_FIXED, "pin_technician": 0, "pin_rank": 1}, "visits.pin_rank"),
        ({"pin_level": ORDER_FIXED, "pin_technician": 0}, "visits.pin_shift"),
        ({"pin_level": ORDER_FIXED, "pin_shift": 0, "pin_start_s": 5}, "visits.pin_start_s"),
        ({"pin_level": START_FIXED, "pin_shift": 0}, "visits.pin_start_s"),
        ({"pin_level": ORDER_FIXED, "pin_shift": 0, "pin_technician": 1}, "visits.pin_technician"),
    ],
)
def test_a_pin_names_what_its_level_fixes_and_no_more(visit: dict[str, Any], array: str) -> None:
    problem = make_problem([Visit(**visit)], [Technician(), Technician()])
    assert refused(problem).array == array


def test_no_two_visits_of_a_shift_have_the_same_rank() -> None:
    pins = [Visit(pin_level=ORDER_FIXED, pin_shift=shift, pin_rank=4) for shift in (0, 1, 0)]
    error = refused(make_problem(pins, shifts=[Shift(), Shift()]))
    assert (error.array, error.index) == ("visits.pin_rank", (2,))
    validate(make_problem(pins[:2], shifts=[Shift(), Shift()]))


@pytest.mark.parametrize("promised", [(5, 4), (5, -1), (-1, 5)])
def test_a_promised_interval_has_two_ends_in_order(promised: tuple[int, int]) -> None:
    assert refused(one_visit(promised=promised)).array == "visits.promised_to_s"


def test_only_a_promise_can_be_dropped_at_a_price() -> None:
    assert refused(one_visit(promise_drop_ticks=1)).array == "visits.promise_drop_ticks"
    validate(one_visit(promise_drop_ticks=1, promised=(0, 5)))
    validate(one_visit(promise_drop_ticks=1, promised_technician=0))


@pytest.mark.parametrize("field", ["response", "restore"])
def test_lateness_never_gets_cheaper_with_time(field: str) -> None:
    assert refused(one_visit(**{field: [(10, 5), (20, -6)]})).array == f"visits.{field}"
    assert refused(one_visit(**{field: [(10, -1)]})).array == f"visits.{field}"
    validate(one_visit(**{field: [(20, -5), (10, 5)]}))


def test_fairness_never_gets_cheaper_with_deviation() -> None:
    assert refused(make_problem([Visit()], fairness=[(0, -1)])).array == "fairness"
