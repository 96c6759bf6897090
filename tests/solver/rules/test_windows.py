"""Windows of the start, both ends included, and release."""

import pytest

from tests.solver.builder import PairsOf, Shift, Visit, make_problem
from tests.solver.planning import codes, order, plan, starts


def test_a_window_turns_the_order_round() -> None:
    shift = Shift(end_place=2, wage_ticks_per_s=30)
    assert order(plan(make_problem([Visit(), Visit()], shifts=[shift])).solution) == (0, 1)
    late = make_problem([Visit(windows=[(4000, 5000)]), Visit()], shifts=[shift])
    assert order(plan(late).solution) == (1, 0)


@pytest.mark.parametrize(("latest_s", "planned"), [(600, (0,)), (599, ())])
def test_a_start_at_the_end_of_the_window_is_in_time_and_a_second_later_is_not(
    latest_s: int, planned: tuple[int, ...]
) -> None:
    result = plan(make_problem([Visit(windows=[(0, latest_s)])]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["window"]])


def test_an_early_arrival_waits_for_the_window_to_open() -> None:
    assert starts(plan(make_problem([Visit(windows=[(601, 9000)])])).solution) == {0: 601}


@pytest.mark.parametrize(
    ("windows", "start_s"),
    [([(0, 600), (900, 1000)], 600), ([(0, 599), (900, 1000)], 900), ([(0, 10), (20, 700)], 600)],
)
def test_the_first_window_that_can_still_be_met_is_used(windows: PairsOf, start_s: int) -> None:
    assert starts(plan(make_problem([Visit(windows=windows)])).solution) == {0: start_s}


@pytest.mark.parametrize("release_s", [600, 601, 5000])
def test_a_visit_does_not_start_before_its_release(release_s: int) -> None:
    assert starts(plan(make_problem([Visit(release_s=release_s)])).solution) == {0: release_s}


def test_a_release_turns_the_order_round() -> None:
    problem = make_problem([Visit(release_s=3000), Visit()], shifts=[Shift(end_place=2, wage_ticks_per_s=30)])
    assert order(plan(problem).solution) == (1, 0)


@pytest.mark.parametrize(("release_s", "planned"), [(900, (0,)), (901, ())])
def test_a_visit_released_after_its_window_is_left_out_for_its_release(
    release_s: int, planned: tuple[int, ...]
) -> None:
    result = plan(make_problem([Visit(windows=[(0, 900)], release_s=release_s)]))
    assert order(result.solution) == planned
    assert [codes(result, v) for v in result.why] == ([] if planned else [["release"]])


def test_a_visit_released_after_the_shift_is_left_out_for_its_release() -> None:
    assert codes(plan(make_problem([Visit(release_s=40_000)]))) == ["release"]


def test_a_release_is_not_blamed_for_a_window_missed_anyway() -> None:
    assert codes(plan(make_problem([Visit(windows=[(0, 599)], release_s=600)]))) == ["window"]
