"""Pieces in the vans that are kept for calls that are pinned to a technician."""

from typing import Any

from dispatch_engine.planner.reservations import Reservations
from tests.dispatch_engine.planner.days import at, call, day, shift, technician, translation_of

PIN = {"level": "technician", "technician": "T-1"}


def reservations(calls: list[dict[str, Any]], *crew: dict[str, Any]) -> Reservations:
    return Reservations.of(day(calls, [*crew]))


def started(hour: int) -> dict[str, Any]:
    return {"level": "start", "technician": "T-1", "shift": "mon", "start": at(hour)}


def test_reserved_stock_is_withheld_from_calls_that_are_not_pinned_to_the_technician() -> None:
    found = reservations([call(parts={"A": 1})], technician(stock={"A": 3, "B": 1}, reserved_stock={"A": 2}))
    assert (found.free, found.kept) == ({"T-1": {"A": 1, "B": 1}}, {})


def test_a_call_that_is_pinned_to_the_technician_is_met_from_what_is_reserved() -> None:
    crew = technician(stock={"A": 3}, reserved_stock={"A": 2})
    found = reservations([call(parts={"A": 1}, pin=PIN), call("C-2", parts={"A": 1})], crew)
    assert (found.free, found.kept) == ({"T-1": {"A": 1}}, {"C-1": {"A": 1}})


def test_a_pinned_call_takes_from_the_rest_of_the_van_what_is_not_reserved() -> None:
    crew = technician(stock={"A": 3}, reserved_stock={"A": 1})
    found = reservations([call(parts={"A": 5}, pin=PIN)], crew)
    assert (found.free, found.kept) == ({"T-1": {}}, {"C-1": {"A": 3}})


def test_another_van_keeps_nothing_for_a_pinned_call() -> None:
    found = reservations([call(parts={"A": 1}, pin=PIN)], technician(), technician("T-2", stock={"A": 1}))
    assert (found.free, found.kept) == ({"T-1": {}, "T-2": {"A": 1}}, {})


def test_pinned_starts_come_first_in_order_then_ranks_then_the_order_of_the_document() -> None:
    ranked = {"level": "order", "technician": "T-1", "shift": "mon", "rank": 1}
    calls = [
        call("C-1", parts={"A": 1}, pin=PIN),
        call("C-2", parts={"A": 1}, pin=ranked),
        call("C-3", parts={"A": 1}, pin=started(12)),
        call("C-4", parts={"A": 1}, pin=started(9)),
    ]
    assert [list(reservations(calls, technician(stock={"A": n})).kept) for n in range(1, 4)] == [
        ["C-4"],
        ["C-4", "C-3"],
        ["C-4", "C-3", "C-2"],
    ]


def test_cases_are_met_from_what_is_reserved_after_all_that_is_needed_for_certain() -> None:
    cases = [{"probability": 0.5, "parts": {"A": 2}}, {"probability": 0.2, "parts": {"A": 1, "B": 1}}]
    calls = [call(parts={"A": 1}, parts_cases=cases, pin=started(9)), call("C-2", parts={"A": 1}, pin=PIN)]
    found = reservations(calls, technician(stock={"A": 4, "B": 1}, reserved_stock={"A": 3}))
    assert (found.free, found.kept) == ({"T-1": {"A": 1, "B": 1}}, {"C-1": {"A": 2}, "C-2": {"A": 1}})


def test_a_fact_takes_nothing() -> None:
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    crew = technician(stock={"A": 1}, shifts=[shift(facts=facts)])
    assert reservations([call(parts={"A": 1}, pin=PIN)], crew).free == {"T-1": {"A": 1}}


def test_what_is_kept_is_part_of_neither_the_vans_stock_nor_the_calls_needs() -> None:
    crew = [technician(stock={"A": 3}, reserved_stock={"A": 1})]
    problem = translation_of(day([call(parts={"A": 4}, pin=PIN), call("C-2", parts={"A": 1})], crew)).solver_problem
    assert problem.visits.parts.tolist() == [[1], [1]]
    assert problem.technicians.stock.tolist() == [[0]]
