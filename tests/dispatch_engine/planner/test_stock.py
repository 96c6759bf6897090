"""Stock locations, what they hold and the room in the vans, as arrays."""

from typing import Any

import numpy as np
import pytest

from solver.problem import NONE, Problem
from tests.dispatch_engine.planner.days import at, call, day, location, technician, translation_of, window

HOUR = 3600


def problem_of(*locations: dict[str, Any], **more: Any) -> Problem:
    calls = more.pop("calls", [call(parts={"A": 1}, tools=["hoist"])])
    return translation_of(day(calls, stock_locations=list(locations), **more)).solver_problem


def test_a_location_has_its_place_handling_and_opening_hours() -> None:
    translation = translation_of(day([call()], stock_locations=[location(handling=300, handling_per_line=60)]))
    stock = translation.solver_problem.stock
    assert stock.place.tolist() == [translation.frame.places.number(translation.frame.problem.stock_locations[0].place)]
    assert (stock.handling_s.tolist(), stock.line_s.tolist()) == ([300], [60])
    assert (stock.opening_earliest_s.row(0), stock.opening_latest_s.row(0)) == ([0], [13 * HOUR])


@pytest.mark.parametrize(
    ("windows", "hours"),
    [
        ([window(12, 14), window(8, 10)], [(1, 3), (5, 7)]),
        ([window(1, 2), window(8, 9)], [(1, 2)]),
        ([window(1, 2), window(3, 4)], [(0, 0)]),
    ],
)
def test_opening_hours_are_in_order_and_what_is_over_is_left_out(
    windows: list[dict[str, str]], hours: list[tuple[int, int]]
) -> None:
    stock = problem_of(location(opening=windows)).stock
    found = zip(stock.opening_earliest_s.row(0), stock.opening_latest_s.row(0), strict=True)
    assert list(found) == [(first * HOUR, last * HOUR) for first, last in hours]


def test_supplies_are_the_stock_and_the_deliveries_from_when_they_arrive() -> None:
    deliveries = [{"at": at(10), "parts": {"A": 2}}, {"at": at(5), "parts": {"A": 7}}]
    stock = problem_of(location("L-1", stock={"B": 5}), location("L-2", stock={"A": 1}, deliveries=deliveries)).stock
    assert stock.supply_location.tolist() == [1, 1, 1]
    assert stock.supply_from_s.tolist() == [0, 3 * HOUR, 0]
    assert stock.supply_pieces.tolist() == [1, 2, 7]


def test_only_parts_that_a_call_can_use_reach_the_solver() -> None:
    problem = problem_of(location(stock={"A": 1, "B": 1}), technicians=[technician(stock={"B": 9})])
    assert problem.technicians.stock.shape == (1, 1)
    assert problem.stock.part_size.shape == (1, 3)


def test_tools_that_are_lent_are_counted() -> None:
    assert problem_of(location(tools={"hoist": 2, "crane": 1})).stock.tools.tolist() == [[2]]


def test_a_location_is_open_to_technicians_unless_it_names_who_may_come() -> None:
    locations = [location("L-1"), location("L-2", open_to=["T-2", "X-1"]), location("L-3", open_to=[])]
    crew = {"technicians": [technician(), technician("T-2")], "providers": [technician("X-1")]}
    found = problem_of(*locations, **crew).stock.may_restock
    assert found.tolist() == [[True, False, False], [True, True, False], [False, True, False]]


def test_nobody_restocks_where_the_policy_switches_it_off() -> None:
    assert not problem_of(location(), policy={"restocking": "none"}).stock.may_restock.any()


def test_sizes_and_room_are_whole_thousandths_and_no_room_stated_is_no_limit() -> None:
    parts = [{"id": "A", "volume": "0.125", "weight": 2, "slots": 1}]
    crew = [technician(stock_capacity={"volume": "1.5", "slots": 4}), technician("T-2")]
    stock = problem_of(parts=parts, technicians=crew).stock
    assert stock.part_size.tolist() == [[125, 2000, 1000]]
    assert stock.van_room.tolist() == [[1500, NONE, 4000], [NONE] * 3]


def test_what_a_van_holds_counts_parts_of_no_use_today_and_reserved_ones() -> None:
    parts = [{"id": "A", "weight": 1}, {"id": "B", "weight": "0.5"}]
    crew = [technician(stock={"A": 2, "B": 4, "C": 9}, reserved_stock={"A": 1})]
    assert problem_of(parts=parts, technicians=crew).stock.van_held.tolist() == [[0, 4000, 0]]


def test_a_document_without_locations_has_none() -> None:
    problem = problem_of()
    assert (len(problem.stock), len(problem.sourcings), len(problem.meetings)) == (0, 0, 0)
    assert np.array_equal(problem.stock.may_restock, np.zeros((1, 0), np.bool_))
