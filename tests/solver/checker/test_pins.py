from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED
from tests.solver.builder import Shift, Visit, make_problem
from tests.solver.checker.plans import codes, drive

TWO_DAYS = [Shift(), Shift(), Shift(technician=1)]


def test_a_fixed_technician_comes_on_any_shift() -> None:
    problem = make_problem([Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0)], shifts=TWO_DAYS)
    assert codes(problem, drive(problem, [0], shift=1)) == set()
    assert codes(problem, drive(problem, [0], shift=2)) == {"pin"}


def test_a_fixed_technician_comes_on_the_shift_that_is_named() -> None:
    problem = make_problem([Visit(pin_level=TECHNICIAN_FIXED, pin_technician=0, pin_shift=0)], shifts=TWO_DAYS)
    assert codes(problem, drive(problem, [0])) == set()
    assert codes(problem, drive(problem, [0], shift=1)) == {"pin"}


def test_a_free_visit_goes_anywhere() -> None:
    problem = make_problem([Visit(pin_level=FREE, pin_technician=0, pin_shift=0)], shifts=TWO_DAYS)
    assert codes(problem, drive(problem, [0], shift=2)) == set()


def test_a_fixed_order_fixes_the_shift() -> None:
    problem = make_problem([Visit(pin_level=ORDER_FIXED, pin_shift=0)], shifts=TWO_DAYS)
    assert codes(problem, drive(problem, [0])) == set()
    assert codes(problem, drive(problem, [0], shift=1)) == {"pin"}


def ranked(rank: int) -> Visit:
    return Visit(pin_level=ORDER_FIXED, pin_shift=0, pin_rank=rank)


def test_ranks_ascend_along_the_route() -> None:
    problem = make_problem([ranked(1), ranked(2)])
    assert codes(problem, drive(problem, [0, 1])) == set()
    assert codes(problem, drive(problem, [1, 0])) == {"pin"}


def test_the_same_rank_twice_is_no_ascent() -> None:
    problem = make_problem([ranked(1), ranked(1)])
    assert codes(problem, drive(problem, [0, 1])) == {"pin"}


def test_other_visits_may_stand_between_ranked_ones() -> None:
    problem = make_problem([ranked(1), ranked(2), Visit(), ranked(NONE)])
    assert codes(problem, drive(problem, [0, 3, 2, 1])) == set()


def test_a_rank_is_compared_with_all_ahead_of_it() -> None:
    problem = make_problem([ranked(1), ranked(2), Visit()])
    assert codes(problem, drive(problem, [1, 2, 0])) == {"pin"}


def test_a_fixed_start_is_kept_to_the_second() -> None:
    problem = make_problem([Visit(pin_level=START_FIXED, pin_shift=0, pin_start_s=1000)])
    assert codes(problem, drive(problem, [0], starts={0: 1000})) == set()
    assert codes(problem, drive(problem, [0], starts={0: 999})) == {"pin"}
    assert codes(problem, drive(problem, [0], starts={0: 1001})) == {"pin"}


def test_a_fixed_start_keeps_its_rank_too() -> None:
    later = Visit(pin_level=START_FIXED, pin_shift=0, pin_start_s=1200, pin_rank=1)
    problem = make_problem([ranked(2), later], line_s=[0, 600, 600])
    assert codes(problem, drive(problem, [0, 1])) == {"pin"}


def test_a_pinned_visit_may_stay_unplanned() -> None:
    problem = make_problem([Visit(pin_level=START_FIXED, pin_shift=0, pin_start_s=0)])
    assert codes(problem, unplanned=[0]) == set()
