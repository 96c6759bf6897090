from collections.abc import Mapping

import pytest

from solver.problem import Problem
from tests.solver.builder import Location, Meeting, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import Tour, codes, drive, meet, restock

VOLUME, WEIGHT, SLOTS = 0, 1, 2
PLENTY = Location(supplies=[(0, 0, 99), (1, 0, 99)])
SIZES = {0: (10, 1, 0), 1: (3, 5, 1)}


def van(room: Mapping[int, int], stock: Mapping[int, int] | None = None, shifts: int = 1) -> Problem:
    """Three visits with a piece of part 0 each, one with two of part 1, and a location that has plenty of both."""
    visits = [Visit(parts={0: 1})] * 3 + [Visit(parts={1: 2})]
    return make_problem(
        visits,
        [Technician(stock=stock or {}, room=room)],
        [Shift(overnight_location=0)] * shifts,
        locations=[PLENTY],
        part_sizes=SIZES,
    )


@pytest.mark.parametrize(("measure", "least"), [(VOLUME, 36), (WEIGHT, 13), (SLOTS, 2)])
def test_what_is_taken_on_fits_in_each_measure(measure: int, least: int) -> None:
    for room, expected in ((least, set()), (least - 1, {"room"})):
        problem = van({measure: room})
        assert codes(problem, drive(problem, [restock(loads={0: 3, 1: 2}), 0, 1, 2, 3])) == expected


def test_a_measure_without_a_limit_takes_everything() -> None:
    problem = van({})
    assert codes(problem, drive(problem, [restock(loads={0: 3, 1: 2}), 0, 1, 2, 3])) == set()


def test_what_the_van_holds_takes_room() -> None:
    for room, expected in ((23, set()), (22, {"room"})):
        problem = van({VOLUME: room}, stock={1: 1})
        assert codes(problem, drive(problem, [restock(loads={0: 2}), 0, 1]), unplanned=[2, 3]) == expected


def test_what_was_used_before_makes_room() -> None:
    problem = van({VOLUME: 20}, stock={0: 1})
    late: Tour = [0, restock(loads={0: 2}), 1, 2]
    early: Tour = [restock(loads={0: 2}), 0, 1, 2]
    assert codes(problem, drive(problem, late), unplanned=[3]) == set()
    assert codes(problem, drive(problem, early), unplanned=[3]) == {"room"}


def test_what_was_taken_on_and_is_not_used_yet_takes_room() -> None:
    for room, expected in ((20, set()), (19, {"room"})):
        problem = van({VOLUME: room})
        tour: Tour = [restock(loads={0: 2}), 0, restock(loads={0: 1}), 1, 2]
        assert codes(problem, drive(problem, tour), unplanned=[3]) == expected


def test_restocking_twice_needs_less_room_than_once() -> None:
    problem = van({VOLUME: 20})
    once: Tour = [restock(loads={0: 3}), 0, 1, 2]
    twice: Tour = [restock(loads={0: 2}), 0, restock(loads={0: 1}), 1, 2]
    assert codes(problem, drive(problem, once), unplanned=[3]) == {"room"}
    assert codes(problem, drive(problem, twice), unplanned=[3]) == set()


def test_a_van_that_is_overfull_at_the_beginning_may_be_as_long_as_nothing_is_taken_on() -> None:
    problem = van({VOLUME: 5}, stock={0: 3})
    assert codes(problem, drive(problem, [0]), unplanned=[1, 2, 3]) == set()


def test_a_van_that_is_overfull_may_fetch_a_tool() -> None:
    problem = make_problem(
        [Visit(tools=[0], parts={0: 1})],
        [Technician(stock={0: 3}, room={VOLUME: 5})],
        locations=[Location(tools={0: 1})],
        part_sizes=SIZES,
    )
    assert codes(problem, drive(problem, [restock(tools=[0]), 0])) == set()


def test_a_nights_load_fits() -> None:
    for room, expected in ((23, set()), (22, {"room"})):
        problem = van({VOLUME: room}, stock={1: 1})
        assert codes(problem, drive(problem, [0, 1], overnight={0: 2}), unplanned=[2, 3]) == expected


def test_a_nights_load_takes_room_at_the_restock_after_it() -> None:
    for room, expected in ((30, set()), (29, {"room"})):
        problem = van({VOLUME: room})
        tour: Tour = [restock(loads={0: 1}), 0, 1, 2]
        assert codes(problem, drive(problem, tour, overnight={0: 2}), unplanned=[3]) == expected


def test_what_other_shifts_have_used_does_not_count_as_room() -> None:
    problem = van({VOLUME: 20}, stock={0: 1}, shifts=2)
    first = drive(problem, [0])
    assert codes(problem, first, drive(problem, [restock(loads={0: 1}), 1], shift=1), unplanned=[2, 3]) == set()
    both = drive(problem, [restock(loads={0: 2}), 1, 2], shift=1)
    assert codes(problem, first, both, unplanned=[3]) == {"room"}


def meeting_of_two(room: int, of: int, stock: Mapping[int, int]) -> Problem:
    """Technician 0 gives a piece of part 0 to technician 1 at the start place; one of them has a limit of room."""
    limits = [{VOLUME: room} if technician == of else {} for technician in range(2)]
    crew = [Technician(stock={0: 1}, room=limits[0]), Technician(stock=stock, room=limits[1])]
    return make_problem(
        [Visit(parts={0: 1}), Visit(parts={1: 1})],
        crew,
        [Shift(), Shift(technician=1)],
        locations=[PLENTY],
        meetings=[Meeting()],
        part_sizes=SIZES,
    )


def test_what_was_handed_over_makes_room() -> None:
    for before, expected in ((False, {"room"}), (True, set())):
        problem = meeting_of_two(room=3, of=0, stock={})
        give, load = meet(gives={0: 1}), restock(loads={1: 1})
        giver = drive(problem, [give, load, 1] if before else [load, give, 1])
        assert codes(problem, giver, drive(problem, [meet(takes={0: 1}), 0], shift=1)) == expected


def test_what_is_taken_at_a_meeting_fits() -> None:
    for room, expected in ((13, set()), (12, {"room"})):
        problem = meeting_of_two(room=room, of=1, stock={1: 1})
        giver, taker = drive(problem, [meet(gives={0: 1})]), drive(problem, [meet(takes={0: 1}), 0, 1], shift=1)
        assert codes(problem, giver, taker) == expected
