"""The finite stock of a location at every moment, over routes, parcels and nights."""

import pytest

from solver.problem import Problem
from solver.solution import Route
from tests.solver.builder import Location, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive, restock, serve


def two_vans(*supplies: tuple[int, int, int], start_s: int = 0) -> Problem:
    """Two vans, the second from ``start_s`` on, a visit for each that needs a piece of part 0."""
    shifts = [Shift(), Shift(technician=1, start_s=start_s)]
    return make_problem([Visit(parts={0: 1})] * 2, shifts=shifts, locations=[Location(supplies=supplies)])


def both_load(problem: Problem, first_s: int = 0, second_s: int = 0) -> tuple[Route, Route]:
    first = drive(problem, [restock(loads={0: 1}, start_s=first_s), 0])
    return first, drive(problem, [restock(loads={0: 1}, start_s=second_s), 1], shift=1)


def test_two_routes_never_load_the_same_last_piece() -> None:
    enough, too_little = two_vans((0, 0, 2)), two_vans((0, 0, 1))
    assert codes(enough, *both_load(enough)) == set()
    assert codes(too_little, *both_load(too_little)) == {"stock"}


def test_a_route_takes_no_more_than_the_place_has() -> None:
    for held, expected in ((2, set()), (1, {"stock"})):
        problem = make_problem([Visit(parts={0: 2})], locations=[Location(supplies=[(0, 0, held)])])
        assert codes(problem, drive(problem, [restock(loads={0: 2}), 0])) == expected


def test_a_part_that_a_location_never_has_is_not_taken_there() -> None:
    problem = make_problem([Visit(parts={0: 1})], locations=[Location(supplies=[(1, 0, 9)])])
    assert codes(problem, drive(problem, [restock(loads={0: 1}), 0])) == {"stock"}


def test_what_another_location_has_does_not_help() -> None:
    locations = [Location(), Location(supplies=[(0, 0, 9)])]
    problem = make_problem([Visit(parts={0: 1})], locations=locations)
    assert codes(problem, drive(problem, [restock(0, {0: 1}), 0])) == {"stock"}
    assert codes(problem, drive(problem, [restock(1, {0: 1}), 0])) == set()


def test_a_delivery_can_be_taken_from_the_moment_at_which_it_arrives() -> None:
    problem = make_problem([Visit(parts={0: 1})], locations=[Location(supplies=[(0, 500, 1)])])
    assert codes(problem, drive(problem, [restock(loads={0: 1}, start_s=500), 0])) == set()
    assert codes(problem, drive(problem, [restock(loads={0: 1}, start_s=499), 0])) == {"stock"}


def test_a_restock_takes_its_pieces_when_its_handling_begins() -> None:
    problem = make_problem([Visit(parts={0: 1})], locations=[Location(supplies=[(0, 500, 1)], handling_s=100)])
    assert codes(problem, drive(problem, [restock(loads={0: 1}, start_s=499), 0])) == {"stock"}


def test_supplies_add_up_over_time() -> None:
    problem = two_vans((0, 0, 1), (0, 500, 1))
    assert codes(problem, *both_load(problem, second_s=500)) == set()
    assert codes(problem, *both_load(problem, second_s=499)) == {"stock"}


def test_what_is_taken_later_is_not_missing_before() -> None:
    problem = two_vans((0, 0, 1), (0, 500, 1))
    assert codes(problem, *both_load(problem, first_s=600, second_s=100)) == set()


def test_what_is_short_in_between_is_short_although_it_is_enough_in_the_end() -> None:
    problem = two_vans((0, 0, 1), (0, 9000, 5))
    assert codes(problem, *both_load(problem, second_s=300)) == {"stock"}


def by_parcel(pickup_s: int, release_s: int = 700) -> Visit:
    parcel = Parcel(0, {0: 1}, pickup_s=pickup_s)
    return Visit(parts={0: 1}, sourcings=[Sourcing(parcels=[parcel], release_s=release_s)])


def test_a_parcel_takes_its_pieces_when_it_is_picked_up() -> None:
    for pickup_s, expected in ((500, set()), (499, {"stock"})):
        problem = make_problem([by_parcel(pickup_s)], locations=[Location(supplies=[(0, 500, 1)])])
        assert codes(problem, drive(problem, [serve(0, sourcing=0)], starts={0: 700})) == expected


def test_parcels_and_restocks_share_the_stock() -> None:
    for pieces, expected in ((2, set()), (1, {"stock"})):
        problem = make_problem([by_parcel(100), Visit(parts={0: 1})], locations=[Location(supplies=[(0, 0, pieces)])])
        assert (
            codes(problem, drive(problem, [restock(loads={0: 1}), serve(0, sourcing=0), 1], starts={0: 700}))
            == expected
        )


def test_a_parcel_that_is_not_sent_takes_nothing() -> None:
    problem = make_problem([by_parcel(100)], [Technician(stock={0: 1})], locations=[Location()])
    assert codes(problem, drive(problem, [0])) == set()
    assert codes(problem, unplanned=[0]) == set()


def test_all_parcels_of_a_sourcing_are_picked_up() -> None:
    parcels = [Parcel(0, {0: 1}), Parcel(1, {1: 2})]
    for pieces, expected in ((2, set()), (1, {"stock"})):
        locations = [Location(supplies=[(0, 0, 1)]), Location(supplies=[(1, 0, pieces)])]
        problem = make_problem([Visit(sourcings=[Sourcing(parcels=parcels)])], locations=locations)
        assert codes(problem, drive(problem, [serve(0, sourcing=0)])) == expected


def test_a_night_takes_its_pieces_at_the_start_of_the_shift() -> None:
    for start_s, expected in ((500, set()), (499, {"stock"})):
        shift = Shift(start_s=start_s, overnight_location=0)
        problem = make_problem([Visit(parts={0: 1})], shifts=[shift], locations=[Location(supplies=[(0, 500, 1)])])
        assert codes(problem, drive(problem, [0], overnight={0: 1})) == expected


@pytest.mark.parametrize(("pieces", "expected"), [(2, set()), (1, {"stock"})])
def test_nights_and_restocks_share_the_stock(pieces: int, expected: set[str]) -> None:
    shifts = [Shift(overnight_location=0), Shift(technician=1)]
    problem = make_problem([Visit(parts={0: 1})] * 2, shifts=shifts, locations=[Location(supplies=[(0, 0, pieces)])])
    night = drive(problem, [0], overnight={0: 1})
    assert codes(problem, night, drive(problem, [restock(loads={0: 1}), 1], shift=1)) == expected
