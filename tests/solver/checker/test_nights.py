from collections.abc import Mapping

import pytest

from solver.problem import NONE, Problem
from tests.solver.builder import Location, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import Tour, codes, costs, drive, restock

PLENTY = Location(
    place=3, handling_s=500, line_s=50, openings=[(0, 0)], supplies=[(0, 0, 99), (1, 0, 99)], closed_to=[0]
)


def night(limit: Mapping[int, int] | None = None, held: int = 0, location: int = 0) -> Problem:
    """Two visits with two pieces of part 0 each, in the night before a van can be loaded."""
    shift = Shift(overnight_location=location, overnight_limit=limit)
    return make_problem([Visit(parts={0: 2})] * 2, [Technician(stock={0: held})], [shift], locations=[PLENTY])


def test_a_route_may_begin_with_what_was_loaded_in_the_night() -> None:
    problem = night()
    assert codes(problem, drive(problem, [0, 1], overnight={0: 4})) == set()
    assert codes(problem, drive(problem, [0, 1], overnight={0: 3})) == {"part"}


def test_a_night_takes_no_time_and_no_way() -> None:
    problem = night()
    assert costs(problem, drive(problem, [0, 1], overnight={0: 4}))["wage"] == 3600


def test_everything_loaded_in_a_night_is_used() -> None:
    problem = night()
    assert codes(problem, drive(problem, [0, 1], overnight={0: 5})) == {"load_unused"}
    assert codes(problem, drive(problem, [0, 1], overnight={0: 4, 1: 1})) == {"load_unused"}


def test_what_is_loaded_in_a_night_is_no_draft_on_the_van() -> None:
    problem = night(held=1)
    assert codes(problem, drive(problem, [0, 1], overnight={0: 3})) == set()


def test_only_a_shift_with_a_place_for_it_is_loaded_in_the_night() -> None:
    problem = night(location=NONE)
    assert codes(problem, drive(problem, [0], overnight={0: 2}), unplanned=[1]) == {"overnight"}


@pytest.mark.parametrize(("limit", "expected"), [(4, set()), (3, {"overnight"})])
def test_a_night_loads_up_to_the_limit(limit: int, expected: set[str]) -> None:
    problem = night({0: limit})
    assert codes(problem, drive(problem, [0, 1], overnight={0: 4})) == expected


@pytest.mark.parametrize(("limit", "expected"), [(4, set()), (3, {"overnight"})])
def test_what_the_van_held_counts_towards_the_limit_as_soon_as_anything_is_loaded(
    limit: int, expected: set[str]
) -> None:
    problem = night({0: limit}, held=3)
    assert codes(problem, drive(problem, [0, 1], overnight={0: 1})) == expected


def test_the_limit_of_a_part_that_is_not_loaded_does_not_bind() -> None:
    shift = Shift(overnight_location=0, overnight_limit={1: 1})
    visits = [Visit(parts={0: 2}), Visit(parts={1: 1})]
    problem = make_problem(visits, [Technician(stock={0: 2})], [shift], locations=[PLENTY])
    assert codes(problem, drive(problem, [0, 1], overnight={1: 1})) == set()


def test_what_is_taken_on_by_day_does_not_count_towards_the_limit() -> None:
    shift = Shift(overnight_location=0, overnight_limit={0: 2})
    locations = [PLENTY, Location(supplies=[(0, 0, 9)])]
    problem = make_problem([Visit(parts={0: 2})] * 2, shifts=[shift], locations=locations)
    tour: Tour = [restock(1, {0: 2}), 0, 1]
    assert codes(problem, drive(problem, tour, overnight={0: 2})) == set()


def test_what_is_loaded_in_a_night_is_for_its_own_route() -> None:
    shifts = [Shift(overnight_location=0), Shift(start_s=40_000, regular_end_s=80_000)]
    problem = make_problem([Visit(parts={0: 2})] * 2, shifts=shifts, locations=[PLENTY])
    routes = drive(problem, [0], overnight={0: 4}), drive(problem, [1], shift=1)
    assert codes(problem, *routes) == {"load_unused", "part"}
