from dataclasses import replace

import pytest

from solver.problem import Problem
from tests.solver.builder import Location, Meeting, Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, costs, drive, meet, restock, with_stop


def two_vans(meeting: Meeting, needs: int = 1, held: int = 1, shift: Shift | None = None) -> Problem:
    """Technician 0 has pieces of part 0, technician 1 has a visit that needs them; a visit for each."""
    return make_problem(
        [Visit(), Visit(parts={0: needs})],
        [Technician(stock={0: held}), Technician()],
        [shift or Shift(), Shift(technician=1)],
        meetings=[meeting],
    )


def handed_over(problem: Problem, given: int = 1, taken: int = 1) -> set[str]:
    giver = drive(problem, [0, meet(gives={0: given})])
    return codes(problem, giver, drive(problem, [meet(takes={0: taken}), 1], shift=1))


AT = Meeting(place=2, at_s=3000, handling_s=200)


def test_a_part_can_be_handed_over_from_van_to_van() -> None:
    assert handed_over(two_vans(AT)) == set()


def test_who_gives_has_it_in_his_van() -> None:
    assert handed_over(two_vans(AT, needs=2, held=2), 2, 2) == set()
    assert handed_over(two_vans(AT, needs=2, held=1), 2, 2) == {"part"}


def test_what_is_given_is_not_used_by_the_giver() -> None:
    visits = [Visit(parts={0: 1}), Visit(parts={0: 1})]
    crew, shifts = [Technician(stock={0: 1}), Technician()], [Shift(), Shift(technician=1)]
    assert handed_over(make_problem(visits, crew, shifts, meetings=[AT])) == {"part"}


def test_what_is_given_in_one_shift_is_gone_in_the_next() -> None:
    for held, expected in ((2, set()), (1, {"part"})):
        shifts = [Shift(), Shift(technician=1), Shift(start_s=40_000, regular_end_s=80_000)]
        problem = make_problem(
            [Visit(), Visit(parts={0: 1}), Visit(parts={0: 1})],
            [Technician(stock={0: held}), Technician()],
            shifts,
            meetings=[AT],
        )
        giver, taker = drive(problem, [0, meet(gives={0: 1})]), drive(problem, [meet(takes={0: 1}), 1], shift=1)
        assert codes(problem, giver, taker, drive(problem, [2], shift=2)) == expected


@pytest.mark.parametrize(("given", "taken"), [(2, 1), (1, 2)])
def test_as_much_is_taken_as_is_given(given: int, taken: int) -> None:
    problem = two_vans(AT, needs=3, held=9)
    assert "handover" in handed_over(problem, given, taken)


def test_nothing_is_given_that_nobody_takes() -> None:
    problem = two_vans(AT)
    assert codes(problem, drive(problem, [0, meet(gives={0: 1})]), unplanned=[1]) == {"handover"}


def test_nothing_is_taken_that_nobody_gives() -> None:
    problem = two_vans(AT)
    assert codes(problem, drive(problem, [meet(takes={0: 1}), 1], shift=1), unplanned=[0]) == {"handover"}


def test_one_part_is_not_handed_over_for_another() -> None:
    problem = make_problem(
        [Visit(), Visit(parts={1: 1})],
        [Technician(stock={0: 1}), Technician()],
        [Shift(), Shift(technician=1)],
        meetings=[AT],
    )
    giver = drive(problem, [0, meet(gives={0: 1})])
    assert codes(problem, giver, drive(problem, [meet(takes={1: 1}), 1], shift=1)) == {"handover"}


def test_what_is_given_at_one_meeting_is_not_taken_at_another() -> None:
    problem = make_problem(
        [Visit(), Visit(parts={0: 1})],
        [Technician(stock={0: 1}), Technician()],
        [Shift(), Shift(technician=1)],
        meetings=[AT, replace(AT, at_s=5000)],
    )
    giver = drive(problem, [0, meet(0, gives={0: 1})])
    assert codes(problem, giver, drive(problem, [meet(1, takes={0: 1}), 1], shift=1)) == {"handover"}


def test_of_several_givers_and_takers_only_the_sums_matter() -> None:
    visits = [Visit(), Visit(), Visit(parts={0: 3}), Visit(parts={0: 1})]
    crew = [Technician(stock={0: 2}), Technician(stock={0: 2}), Technician(), Technician()]
    problem = make_problem(visits, crew, [Shift(technician=t) for t in range(4)], meetings=[AT])
    givers = [drive(problem, [t, meet(gives={0: 2})], shift=t) for t in range(2)]
    takers = [drive(problem, [meet(takes={0: pieces}), t], shift=t) for t, pieces in ((2, 3), (3, 1))]
    assert codes(problem, *givers, *takers) == set()


def test_a_technician_gives_at_a_meeting_or_takes_but_not_both() -> None:
    crew = [Technician(stock={0: 1}), Technician(stock={1: 1})]
    problem = make_problem(
        [Visit(parts={1: 1}), Visit(parts={0: 1})], crew, [Shift(), Shift(technician=1)], meetings=[AT]
    )
    first = drive(problem, [meet(gives={0: 1}, takes={1: 1}), 0])
    assert codes(problem, first, drive(problem, [meet(gives={1: 1}, takes={0: 1}), 1], shift=1)) == {"meeting"}


def test_nobody_hands_a_part_over_to_himself() -> None:
    problem = make_problem([Visit(parts={0: 1})], [Technician(stock={0: 1})], meetings=[AT])
    assert codes(problem, drive(problem, [meet(gives={0: 1}, takes={0: 1}), 0])) == {"meeting"}


def test_who_stops_at_a_meeting_gives_or_takes_something() -> None:
    problem = two_vans(AT, needs=0)
    assert codes(problem, drive(problem, [0, meet()]), drive(problem, [1], shift=1)) == {"meeting"}


def test_what_is_taken_at_a_meeting_is_used_after_it() -> None:
    problem = two_vans(AT, needs=1, held=2)
    assert handed_over(problem, 2, 2) == {"load_unused"}


def test_what_is_taken_on_is_not_given() -> None:
    problem = make_problem(
        [Visit(), Visit(parts={0: 1})],
        shifts=[Shift(), Shift(technician=1)],
        locations=[Location(supplies=[(0, 0, 9)])],
        meetings=[AT],
    )
    giver = drive(problem, [restock(loads={0: 1}), 0, meet(gives={0: 1})])
    assert codes(problem, giver, drive(problem, [meet(takes={0: 1}), 1], shift=1)) == {"part", "load_unused"}


@pytest.mark.parametrize(("technicians", "expected"), [([0, 1], set()), ([0], {"meeting"}), ([1], {"meeting"})])
def test_only_those_meet_who_may_take_part(technicians: list[int], expected: set[str]) -> None:
    assert handed_over(two_vans(replace(AT, technicians=technicians))) == expected


@pytest.mark.parametrize("off", [-1, 1])
def test_a_meeting_begins_exactly_at_its_time(off: int) -> None:
    problem = two_vans(AT)
    giver, taker = drive(problem, [0, meet(gives={0: 1})]), drive(problem, [meet(takes={0: 1}), 1], shift=1)
    moved = replace(with_stop(giver, 1, start_s=3000 + off, end_s=3200 + off), end_s=giver.end_s + off)
    assert codes(problem, moved, taker) == {"meeting_time"}


def test_who_arrives_too_late_cannot_meet() -> None:
    problem = two_vans(replace(AT, at_s=1799))
    assert handed_over(problem) == {"meeting_time"}
    assert handed_over(two_vans(replace(AT, at_s=1800))) == set()


def test_a_meeting_takes_its_time_which_is_paid_and_is_workload() -> None:
    shift = Shift(workload_target_s=0)
    problem = make_problem(
        [Visit(), Visit(parts={0: 1})],
        [Technician(stock={0: 1}), Technician()],
        [shift, Shift(technician=1)],
        meetings=[AT],
        fairness=[(0, 1)],
    )
    giver, taker = drive(problem, [0, meet(gives={0: 1})]), drive(problem, [meet(takes={0: 1}), 1], shift=1)
    assert giver.end_s == 3000 + 200 + 1200
    assert costs(problem, giver, taker)["fairness"] == 2400 + 600 + 200
    assert codes(problem, with_stop(giver, 1, end_s=3199), taker) == {"time_wrong"}


def test_a_meeting_is_no_visit() -> None:
    problem = two_vans(AT, shift=Shift(max_visits=1, visit_ticks=7))
    giver, taker = drive(problem, [0, meet(gives={0: 1})]), drive(problem, [meet(takes={0: 1}), 1], shift=1)
    assert costs(problem, giver, taker)["callout"] == 7


def test_a_route_stops_at_a_meeting_once_at_most() -> None:
    problem = two_vans(replace(AT, handling_s=0), needs=2, held=2)
    giver = drive(problem, [0, meet(gives={0: 1}), meet(gives={0: 1})])
    assert codes(problem, giver, drive(problem, [meet(takes={0: 2}), 1], shift=1)) == {"meeting"}


def test_a_technician_may_work_only_to_hand_something_over() -> None:
    problem = two_vans(AT)
    giver = drive(problem, [meet(gives={0: 1})])
    assert codes(problem, giver, drive(problem, [meet(takes={0: 1}), 1], shift=1), unplanned=[0]) == set()
