"""What a stock location lacks, when it comes, and by when it has to be ordered."""

from datetime import datetime
from typing import Any

from dispatch_engine.restock.documents import Shortage
from tests.dispatch_engine.restock.week import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    at,
    call,
    depot,
    picks,
    problem,
    route,
    van,
    visit,
)


def short(*deliveries: tuple[str, int], **of_part: Any) -> Shortage:
    """Return the shortage of a van that should hold two pieces on Tuesday at eight, from a depot without any."""
    arriving = [{"at": moment, "parts": {"A": pieces}} for moment, pieces in deliveries]
    week = problem(
        [van(loadout={"A": 2})], [depot({}, deliveries=arriving)], parts=[{"id": "A", **of_part}], now=at(MONDAY, 7)
    )
    (only,) = picks(week).locations[0].shortages
    return only


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_shortage_says_what_is_missing_for_whom_and_when() -> None:
    found = short(name="Belt")
    assert (found.part, found.name, found.pieces, found.technician, found.calls) == ("A", "Belt", 2, "T-1", ())
    assert found.needed_at == moment(at(TUESDAY, 8))


def test_it_names_the_first_delivery_that_covers_all_of_it() -> None:
    found = short((at(TUESDAY, 12), 1), (at(WEDNESDAY, 9), 1), (at(WEDNESDAY, 12), 5))
    assert found.next_delivery == moment(at(WEDNESDAY, 9))


def test_it_names_no_delivery_where_none_covers_it() -> None:
    assert short((at(TUESDAY, 12), 1)).next_delivery is None


def test_it_has_to_be_ordered_its_lead_time_before_it_is_needed() -> None:
    found = short(order_lead_time="P1D")
    assert (found.order_by, found.already_late) == (moment(at(MONDAY, 8)), False)


def test_it_is_already_late_where_that_is_past() -> None:
    found = short(order_lead_time="PT25H1S")
    assert (found.order_by, found.already_late) == (moment("2026-03-02T06:59:59+01:00"), True)


def test_it_is_not_late_at_the_last_moment() -> None:
    assert short(order_lead_time="PT25H").already_late is False


def test_without_a_lead_time_there_is_no_date_of_order() -> None:
    found = short()
    assert (found.order_by, found.already_late) == (None, None)


def test_a_delivery_is_promised_once_and_to_the_most_urgent_call() -> None:
    calls = [call("C-1", {"A": 1}), call("C-2", {"A": 1}, priority=1)]
    arriving = [{"at": at(TUESDAY, 12), "parts": {"A": 1}}, {"at": at(WEDNESDAY, 12), "parts": {"A": 1}}]
    week = problem([van(), van("T-2")], [depot({}, deliveries=arriving)], calls, "need")
    found = picks(
        week, route("T-1", TUESDAY, visit("C-1", {"A": 1})), route("T-2", TUESDAY, visit("C-2", {"A": 1}))
    ).locations[0]
    assert [(each.calls, each.next_delivery) for each in found.shortages] == [
        (("C-2",), moment(at(TUESDAY, 12))),
        (("C-1",), moment(at(WEDNESDAY, 12))),
    ]


def test_what_the_plan_takes_later_is_not_promised() -> None:
    parcel = {"location": "depot", "parts": {"A": 1}, "pickup": at(WEDNESDAY, 9), "arrival": at(WEDNESDAY, 10)}
    arriving = [{"at": at(TUESDAY, 12), "parts": {"A": 1}}]
    week = problem(
        [van(loadout={"A": 1}, days=(MONDAY, TUESDAY, WEDNESDAY))],
        [depot({}, deliveries=arriving)],
        [call("C-1", {"A": 1})],
    )
    sent = visit("C-1", {}, WEDNESDAY, 11, sourcing={"parcels": [parcel]})
    (only,) = picks(week, route("T-1", WEDNESDAY, sent)).locations[0].shortages
    assert only.next_delivery is None


def test_what_does_not_fit_in_the_van_is_no_shortage() -> None:
    parts = [{"id": "A", "slots": 1}, {"id": "X", "slots": 1}]
    week = problem([van(stock={"X": 1}, loadout={"A": 2}, stock_capacity={"slots": 2})], [depot({})], parts=parts)
    found = picks(week).locations[0]
    assert [each.pieces for each in found.shortages] == [1]
    assert found.vans[0].lines[0].no_room == 1
