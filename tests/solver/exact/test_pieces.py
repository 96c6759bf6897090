"""Counted pieces: the van's stock over all shifts, stock of locations, nights, room, borrowed tools, meetings."""

from __future__ import annotations

import pytest

from solver.problem import NONE
from solver.solution import Solution, Stop
from tests.solver.builder import Fact, Location, Meeting, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.exact.planning import best_plan

NEEDY = Visit(parts={0: 1})
TWO_DAYS = (Shift(), Shift(start_s=86_400, regular_end_s=120_000))
TWO_VANS = (Shift(technician=0), Shift(technician=1))
TODAY, TOMORROW = [(0, 36_000)], [(86_400, 120_000)]


def others(solution: Solution) -> list[Stop]:
    return [stop for route in solution.routes for stop in route.stops if not stop.is_visit]


def nights(solution: Solution) -> dict[int, tuple[tuple[int, int], ...]]:
    return {route.shift: route.overnight for route in solution.routes if route.overnight}


def day(hours: list[tuple[int, int]], pieces: int = 1) -> Visit:
    return Visit(parts={0: pieces}, windows=hours)


def test_what_is_loaded_at_a_restock_does_not_count_against_the_vans_stock() -> None:
    crew = [Technician(stock={0: 1})]
    visits = [day(TODAY, 2), day(TOMORROW)]
    problem = make_problem(visits, crew, TWO_DAYS, locations=[Location(supplies=[(0, 0, 2)])])
    assert best_plan(problem).unplanned == ()
    assert (
        len(best_plan(make_problem(visits, crew, TWO_DAYS, locations=[Location(supplies=[(0, 0, 1)])])).unplanned) == 1
    )


def test_two_routes_never_load_the_same_last_piece() -> None:
    visits = [Visit(parts={0: 1}, required={k}) for k in range(2)]
    for pieces in (1, 2):
        problem = make_problem(visits, shifts=TWO_VANS, locations=[Location(supplies=[(0, 0, pieces)])])
        assert len(best_plan(problem).unplanned) == 2 - pieces


def test_a_restock_waits_for_a_delivery() -> None:
    problem = make_problem([NEEDY], locations=[Location(supplies=[(0, 5000, 1)])])
    assert others(best_plan(problem))[0].start_s == 5000


def test_a_piece_taken_early_is_not_there_later_though_more_arrives_last() -> None:
    early, late = (Visit(parts={0: 1}, windows=[(at_s, at_s)], required={k}) for k, at_s in enumerate((1000, 2000)))
    supplies = [(0, 0, 1), (0, 3000, 5)]
    problem = make_problem([early, late], shifts=TWO_VANS, locations=[Location(supplies=supplies)])
    assert len(best_plan(problem).unplanned) == 1


def test_a_parcel_uses_stock_from_its_pickup_on() -> None:
    sent = Sourcing(parcels=[Parcel(0, {0: 1}, pickup_s=5000)], release_s=6000)
    visits = [Visit(parts={0: 1}, sourcings=[sent], required={0}), Visit(parts={0: 1}, required={1}, windows=TODAY)]
    for supplies, unplanned in (([(0, 0, 1), (0, 4000, 1)], 0), ([(0, 0, 1), (0, 5001, 1)], 0), ([(0, 0, 1)], 1)):
        location = Location(supplies=supplies, closed_to={0})
        solution = best_plan(make_problem(visits, shifts=TWO_VANS, locations=[location]))
        assert len(solution.unplanned) == unplanned
    impossible = make_problem(visits[:1], locations=[Location(supplies=[(0, 5001, 1)], closed_to={0})])
    assert best_plan(impossible).unplanned == (0,)


def test_a_night_loads_without_time_or_way() -> None:
    shift = Shift(overnight_location=0, start_s=100)
    problem = make_problem(
        [NEEDY], shifts=[shift], locations=[Location(place=9, supplies=[(0, 100, 1)], closed_to={0})]
    )
    solution = best_plan(problem)
    assert nights(solution) == {0: ((0, 1),)}
    assert solution.routes[0].end_s == 100 + 1800


def test_a_night_loads_only_what_is_there_at_the_shifts_start() -> None:
    shift = Shift(overnight_location=0, start_s=100)
    problem = make_problem([NEEDY], shifts=[shift], locations=[Location(supplies=[(0, 101, 1)], closed_to={0})])
    assert best_plan(problem).unplanned == (0,)


@pytest.mark.parametrize(("limit", "planned"), [(None, 3), ({0: 3}, 3), ({0: 2}, 2), ({}, 1)])
def test_what_a_route_uses_of_the_night_and_the_van_stays_within_the_limit(
    limit: dict[int, int] | None, planned: int
) -> None:
    shift = Shift(overnight_location=0, overnight_limit=limit)
    location = Location(supplies=[(0, 0, 5)], closed_to={0})
    problem = make_problem([NEEDY] * 3, [Technician(stock={0: 1})], [shift], locations=[location])
    assert 3 - len(best_plan(problem).unplanned) == planned


def test_the_limit_of_a_night_is_none_for_the_vans_own_pieces_if_nothing_of_the_part_is_loaded() -> None:
    shift = Shift(overnight_location=0, overnight_limit={0: 1, 1: 1})
    location = Location(supplies=[(0, 0, 5), (1, 0, 5)], closed_to={0})
    visits = [NEEDY, NEEDY, Visit(parts={1: 1})]
    solution = best_plan(make_problem(visits, [Technician(stock={0: 2})], [shift], locations=[location]))
    assert solution.unplanned == ()
    assert nights(solution) == {0: ((1, 1),)}


def test_a_shift_that_has_begun_has_no_night_before_it() -> None:
    location = Location(supplies=[(0, 0, 1)], closed_to={0})
    begun = Shift(facts=[Fact(1, 700, 1500)], departed_s=50)
    assert best_plan(make_problem([NEEDY, Visit()], shifts=[begun], locations=[location])).unplanned == (0,)


def test_only_one_of_two_nights_loads_the_last_piece() -> None:
    shifts = [Shift(overnight_location=0), Shift(start_s=86_400, regular_end_s=120_000, overnight_location=0)]
    location = Location(supplies=[(0, 0, 1)], closed_to={0})
    assert len(best_plan(make_problem([day(TODAY), day(TOMORROW)], shifts=shifts, locations=[location])).unplanned) == 1


def test_room_limits_what_a_restock_loads_at_once() -> None:
    visits, location = [NEEDY, NEEDY], Location(handling_s=10, supplies=[(0, 0, 2)])
    for room, stops in ((4, 1), (3, 2), (2, 2)):
        crew = [Technician(room={0: room})]
        problem = make_problem(visits, crew, locations=[location], part_sizes={0: (2,)})
        assert len(others(best_plan(problem))) == stops
    crew = [Technician(room={0: 1})]
    problem = make_problem(visits, crew, locations=[location], part_sizes={0: (2,)})
    assert len(best_plan(problem).unplanned) == 2


def test_what_is_used_before_makes_room() -> None:
    crew = [Technician(stock={1: 1}, room={0: 2})]
    visits = [Visit(parts={0: 1}), Visit(parts={1: 1})]
    location, sizes = Location(supplies=[(0, 0, 1)]), {0: (2,), 1: (1,)}
    solution = best_plan(make_problem(visits, crew, locations=[location], part_sizes=sizes))
    assert [stop.visit for stop in solution.routes[0].stops] == [1, NONE, 0]


def test_room_is_kept_in_each_measure() -> None:
    location = Location(supplies=[(0, 0, 1)])
    for room in ({0: 0}, {1: 0}, {2: 0}):
        problem = make_problem([NEEDY], [Technician(room=room)], locations=[location], part_sizes={0: (1, 1, 1)})
        assert best_plan(problem).unplanned == (0,)


def test_a_nights_load_fits_with_what_the_van_holds() -> None:
    location = Location(supplies=[(0, 0, 1)], closed_to={0})
    for room in (2, 1):
        crew = [Technician(stock={1: 1}, room={0: room})]
        shift = Shift(overnight_location=0)
        problem = make_problem([NEEDY], crew, [shift], locations=[location], part_sizes={0: (1,), 1: (1,)})
        assert len(best_plan(problem).unplanned) == 2 - room


def test_a_van_that_is_too_full_already_may_still_be_used() -> None:
    crew = [Technician(stock={0: 2}, room={0: 1})]
    problem = make_problem([NEEDY], crew, locations=[Location()], part_sizes={0: (1,)})
    assert best_plan(problem).unplanned == ()


def test_a_tool_is_borrowed_before_the_visit_that_needs_it_and_serves_all_after() -> None:
    visits = [Visit(tools={0}), Visit(tools={0})]
    solution = best_plan(make_problem(visits, locations=[Location(tools={0: 1})]))
    assert solution.unplanned == ()
    assert [stop.tools for stop in others(solution)] == [(0,)]


def test_no_more_of_a_tool_is_borrowed_than_is_lent() -> None:
    visits = [Visit(tools={0}, required={k}) for k in range(2)]
    for pieces in (1, 2):
        problem = make_problem(visits, shifts=TWO_VANS, locations=[Location(tools={0: pieces})])
        assert len(best_plan(problem).unplanned) == 2 - pieces


def test_a_tool_of_the_technician_is_not_borrowed() -> None:
    problem = make_problem([Visit(tools={0})], [Technician(tools={0})], locations=[Location(tools={0: 1})])
    assert others(best_plan(problem)) == []


def test_a_tool_that_only_a_closed_location_lends_is_lacking() -> None:
    problem = make_problem([Visit(tools={0})], locations=[Location(tools={0: 1}, closed_to={0})])
    assert best_plan(problem).unplanned == (0,)


def meeting_problem(meeting: Meeting, stock: int = 1, pieces: int = 1) -> Solution:
    """Technician 0 lacks what technician 1 has; only technician 0 may serve the visit."""
    crew = [Technician(), Technician(stock={0: stock})]
    return best_plan(make_problem([Visit(parts={0: pieces}, required={0})], crew, TWO_VANS, meetings=[meeting]))


def test_two_vans_meet_to_hand_a_part_over() -> None:
    taker, giver = meeting_problem(Meeting(place=1, at_s=2000, handling_s=60)).routes
    assert [(stop.start_s, stop.end_s) for stop in (taker.stops[0], giver.stops[0])] == [(2000, 2060)] * 2
    assert (taker.stops[0].loads, giver.stops[0].gives) == (((0, 1),), ((0, 1),))
    assert [stop.visit for stop in taker.stops] == [NONE, 0]
    assert (len(giver.stops), giver.end_s) == (1, 2660)


@pytest.mark.parametrize("meeting", [Meeting(place=1, at_s=599), Meeting(place=1, technicians={0})])
def test_a_meeting_that_one_cannot_come_to_is_of_no_use(meeting: Meeting) -> None:
    assert meeting_problem(meeting).unplanned == (0,)


def test_nobody_gives_more_than_his_van_holds() -> None:
    meeting = Meeting(place=1, at_s=2000)
    assert meeting_problem(meeting, stock=2, pieces=2).unplanned == ()
    assert meeting_problem(meeting, stock=1, pieces=2).unplanned == (0,)


def test_what_was_loaded_is_not_given() -> None:
    crew = [Technician(), Technician()]
    location = Location(supplies=[(0, 0, 1)], closed_to={0})
    meeting = Meeting(place=0, at_s=2000)
    problem = make_problem(
        [Visit(parts={0: 1}, required={0})], crew, TWO_VANS, locations=[location], meetings=[meeting]
    )
    assert best_plan(problem).unplanned == (0,)


def test_several_give_what_one_takes() -> None:
    crew = [Technician(), Technician(stock={0: 1}), Technician(stock={0: 1})]
    shifts = [Shift(technician=t) for t in range(3)]
    problem = make_problem([Visit(parts={0: 2}, required={0})], crew, shifts, meetings=[Meeting(at_s=1000)])
    assert [stop.gives for stop in others(best_plan(problem))] == [(), ((0, 1),), ((0, 1),)]


def test_what_is_taken_at_a_meeting_needs_room() -> None:
    for room in (1, 0):
        crew = [Technician(room={0: room}), Technician(stock={0: 1})]
        visit = Visit(parts={0: 1}, required={0})
        problem = make_problem([visit], crew, TWO_VANS, meetings=[Meeting(at_s=1000)], part_sizes={0: (1,)})
        assert len(best_plan(problem).unplanned) == 1 - room


def test_what_is_handed_over_makes_room() -> None:
    crew = [Technician(stock={0: 1}, room={0: 1}), Technician()]
    visits = [Visit(parts={1: 1}, required={0}), Visit(parts={0: 1}, required={1})]
    meeting, location = Meeting(at_s=1000), Location(supplies=[(1, 0, 1)])
    problem = make_problem(
        visits, crew, TWO_VANS, meetings=[meeting], locations=[location], part_sizes={0: (1,), 1: (1,)}
    )
    solution = best_plan(problem)
    assert solution.unplanned == ()
    assert [bool(stop.gives) for stop in solution.routes[0].stops] == [True, False, False]
