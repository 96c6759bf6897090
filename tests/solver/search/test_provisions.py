"""Where what a route needs comes from: its van, the night before, its restocks, parcels; and who is left without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from solver.problem import Problem
from solver.routing import NIGHT, PARCEL, VAN
from solver.stops import StopNumbers
from tests.solver.builder import Location, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.search.supplied import Standing, restock

ONE = {0: 1}
PLENTY = [(0, 0, 9), (1, 0, 9)]


def planned(problem: Problem, *route: int | str) -> Standing:
    """Load one route of visits and of restocks, named "A" and "B" for locations 0 and 1."""
    return Standing(problem, [[x if isinstance(x, int) else restock(problem, "AB".index(x)) for x in route]])


def test_a_piece_comes_out_of_the_van_before_it_is_taken_on() -> None:
    problem = make_problem([Visit(parts={0: 3})], [Technician(stock={0: 2})], locations=[Location(supplies=PLENTY)])
    assert planned(problem, "A", 0).taken() == {(VAN, 0, 2), (0, 0, 1)}


def test_what_the_van_has_no_restock_takes_on() -> None:
    problem = make_problem([Visit(parts=ONE)], [Technician(stock=ONE)], locations=[Location(supplies=PLENTY)])
    assert planned(problem, "A", 0).stops == [[0]]


def test_a_piece_comes_from_the_night_before_a_restock_is_asked() -> None:
    shift = Shift(overnight_location=0, overnight_limit={0: 1})
    problem = make_problem([Visit(parts={0: 2})], shifts=[shift], locations=[Location(supplies=PLENTY)])
    assert planned(problem, "A", 0).taken() == {(NIGHT, 0, 1), (0, 0, 1)}


@pytest.mark.parametrize(("from_s", "stops"), [(1000, [[0]]), (1001, [[]])])
def test_the_night_brings_what_is_there_when_the_shift_starts(from_s: int, stops: list[list[int]]) -> None:
    shift, location = Shift(start_s=1000, overnight_location=0), Location(supplies=[(0, from_s, 1)], closed_to={0})
    problem = make_problem([Visit(parts=ONE)], shifts=[shift], locations=[location])
    assert planned(problem, 0).stops == stops


def test_the_limit_of_a_night_counts_what_the_van_gives_too() -> None:
    shift = Shift(overnight_location=0, overnight_limit={0: 2})
    crew = [Technician(stock=ONE)]
    problem = make_problem([Visit(parts={0: 3})], crew, [shift], locations=[Location(supplies=PLENTY)])
    assert planned(problem, "A", 0).taken() == {(VAN, 0, 1), (NIGHT, 0, 1), (0, 0, 1)}


def test_without_a_load_the_limit_of_a_night_holds_nothing_back() -> None:
    shift = Shift(overnight_location=0, overnight_limit={0: 1})
    crew = [Technician(stock={0: 3})]
    problem = make_problem([Visit(parts={0: 3})], crew, [shift], locations=[Location(supplies=PLENTY)])
    assert planned(problem, 0).taken() == {(VAN, 0, 3)}


def test_a_piece_is_taken_on_at_the_latest_restock_before_the_visit() -> None:
    locations = [Location(supplies=PLENTY), Location(supplies=PLENTY)]
    problem = make_problem([Visit(parts=ONE), Visit(parts=ONE)], locations=locations)
    assert planned(problem, "A", 0, "B", 1).taken() == {(0, 0, 1), (2, 0, 1)}


def test_an_earlier_restock_gives_what_the_latest_has_not() -> None:
    locations = [Location(supplies=[(0, 0, 9)]), Location(supplies=[(1, 0, 9)])]
    problem = make_problem([Visit(parts={0: 1, 1: 1}), Visit()], locations=locations)
    assert planned(problem, "A", "B", 0).taken() == {(0, 0, 1), (1, 1, 1)}


def test_what_the_latest_restock_has_too_little_of_the_one_before_makes_up() -> None:
    locations = [Location(supplies=[(0, 0, 9)]), Location(supplies=[(0, 0, 1)])]
    problem = make_problem([Visit(parts={0: 3}), Visit()], locations=locations)
    assert planned(problem, "A", "B", 0).taken() == {(0, 0, 2), (1, 0, 1)}


def test_a_restock_behind_a_visit_brings_it_nothing() -> None:
    problem = make_problem([Visit(parts=ONE)], locations=[Location(supplies=PLENTY)])
    assert (planned(problem, 0, "A").stops, planned(problem, 0, "A").absent) == ([[]], [0])


def test_a_place_that_is_closed_to_the_technician_is_no_restock() -> None:
    problem = make_problem([Visit(parts=ONE)], locations=[Location(supplies=PLENTY, closed_to={0})])
    assert planned(problem, "A", 0).stops == [[]]


def test_handling_takes_its_time_for_each_different_part_and_tool_and_not_for_each_piece() -> None:
    location = Location(handling_s=100, line_s=10, supplies=PLENTY, tools={0: 1})
    problem = make_problem([Visit(parts={0: 3, 1: 1}), Visit(parts={0: 2}, tools={0})], locations=[location])
    stop = planned(problem, "A", 0, 1).timed().stops[0]
    assert (stop.loads, stop.tools, stop.end_s - stop.start_s) == (((0, 5), (1, 1)), (0,), 130)


def test_a_delivery_is_waited_for() -> None:
    problem = make_problem([Visit(parts={0: 2})], locations=[Location(supplies=[(0, 0, 1), (0, 3000, 1)])])
    assert planned(problem, "A", 0).timed().stops[0].start_s == 3000


def test_no_delivery_is_waited_for_while_there_is_enough() -> None:
    problem = make_problem([Visit(parts=ONE)], locations=[Location(supplies=[(0, 0, 1), (0, 3000, 1)])])
    assert planned(problem, "A", 0).timed().stops[0].start_s == 0


def test_a_delivery_after_the_last_opening_comes_too_late() -> None:
    location = Location(openings=[(0, 2999)], supplies=[(0, 3000, 1)])
    assert planned(make_problem([Visit(parts=ONE)], locations=[location]), "A", 0).stops == [[]]


def test_a_lent_tool_is_borrowed_once_and_kept() -> None:
    problem = make_problem([Visit(tools={0}), Visit(tools={0})], locations=[Location(tools={0: 9})])
    standing = planned(problem, "A", 0, "A", 1)
    assert (standing.stops, standing.taken()) == ([[2, 0, 1]], {(0, 0, 1)})


def test_a_tool_of_his_own_a_technician_does_not_borrow() -> None:
    problem = make_problem([Visit(tools={0})], [Technician(tools={0})], locations=[Location(tools={0: 1})])
    assert planned(problem, "A", 0).stops == [[0]]


@pytest.mark.parametrize(("pieces", "left_out"), [(2, []), (1, [1])])
def test_routes_share_the_tools_that_a_place_lends(pieces: int, left_out: list[int]) -> None:
    visits, shifts = [Visit(tools={0})] * 2, [Shift(), Shift(technician=1)]
    problem = make_problem(visits, shifts=shifts, locations=[Location(tools={0: pieces})])
    assert Standing(problem, [[2, 0], [2, 1]]).absent == left_out


@pytest.mark.parametrize(("pieces", "left_out"), [(2, []), (1, [1])])
def test_routes_share_the_pieces_that_a_place_has(pieces: int, left_out: list[int]) -> None:
    visits, shifts = [Visit(parts=ONE)] * 2, [Shift(), Shift(technician=1)]
    problem = make_problem(visits, shifts=shifts, locations=[Location(supplies=[(0, 0, pieces)])])
    assert Standing(problem, [[2, 0], [2, 1]]).absent == left_out


def test_two_shifts_share_the_pieces_of_one_van() -> None:
    shifts = [Shift(), Shift(start_s=50_000, regular_end_s=90_000)]
    problem = make_problem([Visit(parts=ONE)] * 2, [Technician(stock=ONE)], shifts)
    assert Standing(problem, [[0], [1]]).absent == [1]


def test_what_is_taken_before_a_delivery_is_missing_after_it_too() -> None:
    shifts = [Shift(), Shift(technician=1)]
    location = Location(supplies=[(0, 0, 1), (0, 3000, 1)])
    problem = make_problem([Visit(parts=ONE), Visit(parts={0: 2})], shifts=shifts, locations=[location])
    assert Standing(problem, [[2, 0], [2, 1]]).absent == [1]


def tight(room: int, *visits: Visit, stock: dict[int, int] | None = None, **shift: Any) -> Problem:
    """Return a van with so much room and a place that has two parts of size 2."""
    crew = [Technician(stock=stock or {}, room={0: room})]
    location = Location(supplies=PLENTY, tools={0: 1})
    return make_problem(visits, crew, [Shift(**shift)], locations=[location], part_sizes={0: (2,), 1: (2,)})


@pytest.mark.parametrize(("room", "stops"), [(4, [[1, 0]]), (3, [[]])])
def test_no_more_is_taken_on_than_there_is_room_for(room: int, stops: list[list[int]]) -> None:
    assert planned(tight(room, Visit(parts={0: 2})), "A", 0).stops == stops


@pytest.mark.parametrize(("room", "stops"), [(4, [[0]]), (3, [[]])])
def test_no_more_is_loaded_in_a_night_than_there_is_room_for(room: int, stops: list[list[int]]) -> None:
    assert planned(tight(room, Visit(parts={0: 2}), overnight_location=0), 0).stops == stops


def test_what_the_van_holds_takes_up_room_until_it_is_used() -> None:
    uses, wants = Visit(parts={1: 1}), Visit(parts={0: 1})
    assert planned(tight(2, uses, wants, stock={1: 1}), "A", 0, 1).stops == [[0]]
    assert planned(tight(2, uses, wants, stock={1: 1}), 0, "A", 1).stops == [[0, 2, 1]]


def test_what_is_taken_on_takes_up_room_until_it_is_used() -> None:
    early, late = Visit(parts={0: 1}), Visit(parts={1: 1})
    assert planned(tight(2, early, late), "A", 0, "A", 1).stops == [[2, 0, 2, 1]]
    assert planned(tight(2, early, late), "A", 0, 1).absent == [1]


def test_what_is_taken_on_early_takes_up_room_at_every_restock_until_it_is_used() -> None:
    locations = [Location(supplies=[(0, 0, 9)]), Location(supplies=[(1, 0, 9)])]
    crew, sizes = [Technician(room={0: 2})], {0: (2,), 1: (2,)}
    problem = make_problem([Visit(parts={1: 1}), Visit(parts={0: 1})], crew, locations=locations, part_sizes=sizes)
    assert planned(problem, "A", "B", 0, 1).stops == [[3, 0]]
    assert planned(problem, "B", 0, "A", 1).stops == [[3, 0, 2, 1]]


def test_a_van_that_is_overfull_takes_nothing_on() -> None:
    assert planned(tight(1, Visit(parts={1: 1}), stock={0: 1}), "A", 0).stops == [[]]


def test_a_tool_takes_up_no_room() -> None:
    assert planned(tight(1, Visit(tools={0}), stock={0: 1}), "A", 0).stops == [[1, 0]]


def sent(pickup_s: int, supplies: Sequence[tuple[int, int, int]], n_visits: int = 1) -> Problem:
    """Return visits that can get their part by a parcel alone."""
    visit = Visit(parts={0: 5}, sourcings=[Sourcing({}, [Parcel(0, {0: 1}, pickup_s)], release_s=pickup_s + 100)])
    return make_problem([visit] * n_visits, locations=[Location(supplies=supplies, closed_to={0})])


def test_a_parcel_uses_the_stock_of_its_place_from_its_pickup_on() -> None:
    standing = Standing(sent(2000, [(0, 0, 1), (0, 1000, 2)]), [[1]])
    assert standing.taken() == {(PARCEL, 0, 1)}
    assert standing.state.supply_left.tolist() == [1, 2]
    assert standing.timed().stops[0].start_s == 2100


@pytest.mark.parametrize(("pickup_s", "left_out"), [(1000, []), (999, [0])])
def test_a_parcel_is_picked_up_when_its_content_has_arrived_or_not_at_all(pickup_s: int, left_out: list[int]) -> None:
    assert Standing(sent(pickup_s, [(0, 1000, 1)]), [[1]]).absent == left_out


def test_two_parcels_need_two_pieces() -> None:
    problem = sent(0, [(0, 0, 1)], n_visits=2)
    numbers = StopNumbers.of(problem)
    assert Standing(problem, [[numbers.sourced(0), numbers.sourced(1)]]).absent == [1]


def test_a_restock_of_a_plan_to_begin_with_is_dropped_where_no_visit_needs_anything() -> None:
    problem = make_problem([Visit()], locations=[Location(supplies=PLENTY)])
    assert planned(problem, "A", 0).stops == [[0]]
