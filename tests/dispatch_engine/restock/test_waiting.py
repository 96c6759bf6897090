"""What has to be ordered for calls that the plan leaves out for want of a part."""

from datetime import datetime
from typing import Any

from dispatch_engine.restock.documents import WaitingCall
from dispatch_engine.restock.picking import pick_list
from tests.dispatch_engine.restock.week import MONDAY, TUESDAY, Document, at, call, depot, planned, problem, van


def left_out(name: str, code: str = "part", priority: int = 3) -> Document:
    return {"call": name, "priority": priority, "reasons": [{"code": code, "message": "said"}]}


def waiting(stock: Document, *unplanned: Document, deliveries: Any = (), **of_part: Any) -> tuple[WaitingCall, ...]:
    """Return what calls wait for that need two pieces of A each."""
    calls = [call(each["call"], {"A": 2}) for each in unplanned]
    week = problem(
        [van()], [depot(stock, deliveries=list(deliveries))], calls, parts=[{"id": "A", **of_part}], now=at(MONDAY, 7)
    )
    return pick_list(week, planned(week, unplanned=list(unplanned))).waiting


def test_a_call_waits_for_the_pieces_that_no_location_has() -> None:
    (only,) = waiting({"A": 1}, left_out("C-1"))
    assert (only.call, only.part, only.pieces) == ("C-1", "A", 1)


def test_it_says_when_they_would_be_there_if_they_were_ordered_now() -> None:
    (only,) = waiting({}, left_out("C-1"), order_lead_time="P1D")
    assert only.there_at == datetime.fromisoformat(at(TUESDAY, 7))


def test_without_a_lead_time_nobody_knows() -> None:
    (only,) = waiting({}, left_out("C-1"))
    assert only.there_at is None


def test_a_call_does_not_wait_for_what_will_be_delivered() -> None:
    assert waiting({}, left_out("C-1"), deliveries=[{"at": at(TUESDAY, 12), "parts": {"A": 2}}]) == ()


def test_what_there_is_goes_to_the_most_urgent_call_first() -> None:
    found = waiting({"A": 2}, left_out("C-1"), left_out("C-2", priority=1))
    assert [(each.call, each.pieces) for each in found] == [("C-1", 2)]


def test_a_call_that_is_left_out_for_another_reason_waits_for_nothing() -> None:
    assert waiting({}, left_out("C-1", "skill")) == ()
