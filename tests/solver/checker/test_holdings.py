"""Which pieces a route may take on and draw: pieces are alike, and all that is taken on is used after it."""

import pytest

from solver.problem import Problem
from tests.solver.builder import Location, Meeting, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import Tour, codes, drive, meet, restock

PLENTY = Location(supplies=[(0, 0, 99), (1, 0, 99)])


def one_van(held: int, *uses: int) -> Problem:
    """Visits that use so many pieces of part 0, a van that holds some, and a location with plenty at the start."""
    return make_problem(
        [Visit(parts={0: pieces}) for pieces in uses], [Technician(stock={0: held})], locations=[PLENTY]
    )


def test_what_is_taken_on_before_a_visit_can_be_used_there() -> None:
    problem = one_van(0, 2)
    assert codes(problem, drive(problem, [restock(loads={0: 2}), 0])) == set()
    assert codes(problem, drive(problem, [restock(loads={0: 1}), 0])) == {"part"}


def test_everything_that_is_taken_on_is_used() -> None:
    problem = one_van(0, 2)
    assert codes(problem, drive(problem, [restock(loads={0: 3}), 0])) == {"load_unused"}


def test_a_part_that_no_visit_needs_is_not_taken_on() -> None:
    problem = one_van(0, 1)
    assert codes(problem, drive(problem, [restock(loads={0: 1, 1: 1}), 0])) == {"load_unused"}


def test_what_is_taken_on_is_used_after_it_not_before() -> None:
    problem = one_van(9, 1, 1)
    assert codes(problem, drive(problem, [0, restock(loads={0: 1}), 1])) == set()
    assert codes(problem, drive(problem, [0, restock(loads={0: 2}), 1])) == {"load_unused"}
    assert codes(problem, drive(problem, [0, 1, restock(loads={0: 1})])) == {"load_unused"}


def test_a_visit_uses_nothing_that_is_taken_on_after_it() -> None:
    problem = one_van(1, 2, 2)
    assert codes(problem, drive(problem, [restock(loads={0: 1}), 0, restock(loads={0: 2}), 1])) == set()
    assert "part" in codes(problem, drive(problem, [0, restock(loads={0: 3}), 1]))


def test_what_is_in_the_van_and_what_is_taken_on_add_up() -> None:
    for held, expected in ((2, set()), (1, {"part"})):
        problem = one_van(held, 3)
        assert codes(problem, drive(problem, [restock(loads={0: 1}), 0])) == expected


def test_pieces_may_be_taken_on_although_the_van_holds_enough() -> None:
    problem = one_van(9, 1)
    assert codes(problem, drive(problem, [restock(loads={0: 1}), 0])) == set()


def test_what_is_taken_on_early_may_be_used_late() -> None:
    problem = one_van(0, 1, 1)
    first: Tour = [restock(loads={0: 2}), 0, 1]
    assert codes(problem, drive(problem, first)) == set()


@pytest.mark.parametrize(("loads", "expected"), [((1, 1), set()), ((2, 1), {"load_unused"}), ((1, 2), {"load_unused"})])
def test_all_restocks_of_a_route_together_take_on_no_more_than_is_used(
    loads: tuple[int, int], expected: set[str]
) -> None:
    problem = one_van(1, 1, 1)
    tour: Tour = [restock(loads={0: loads[0]}), 0, restock(loads={0: loads[1]}), 1]
    assert codes(problem, drive(problem, tour)) == expected


def test_two_restocks_in_a_row_are_both_used_after() -> None:
    problem = one_van(0, 3)
    assert codes(problem, drive(problem, [restock(loads={0: 1}), restock(loads={0: 2}), 0])) == set()
    assert codes(problem, drive(problem, [restock(loads={0: 2}), restock(loads={0: 2}), 0])) == {"load_unused"}


def two_shifts(held: int) -> Problem:
    """Two shifts of one technician with a visit each that uses two pieces."""
    visits = [Visit(parts={0: 2}), Visit(parts={0: 2})]
    return make_problem(visits, [Technician(stock={0: held})], [Shift(), Shift()], locations=[PLENTY])


def test_what_is_taken_on_is_no_draft_on_the_van() -> None:
    for held, expected in ((3, set()), (2, {"part"})):
        problem = two_shifts(held)
        routes = drive(problem, [restock(loads={0: 1}), 0]), drive(problem, [1], shift=1)
        assert codes(problem, *routes) == expected


def test_what_is_taken_on_is_for_its_own_route() -> None:
    problem = two_shifts(0)
    routes = drive(problem, [restock(loads={0: 4}), 0]), drive(problem, [1], shift=1)
    assert codes(problem, *routes) == {"load_unused", "part"}


def test_what_is_handed_over_is_not_what_was_taken_on() -> None:
    problem = make_problem(
        [Visit(parts={0: 1}), Visit(parts={0: 1})],
        [Technician(stock={0: 1}), Technician()],
        [Shift(), Shift(technician=1)],
        locations=[PLENTY],
        meetings=[Meeting()],
    )
    taker = drive(problem, [meet(takes={0: 1}), 1], shift=1)
    assert codes(problem, drive(problem, [restock(loads={0: 1}), meet(gives={0: 1}), 0]), taker) == set()
    assert codes(problem, drive(problem, [restock(loads={0: 2}), meet(gives={0: 1}), 0]), taker) == {"load_unused"}
