"""Whatever nonsense is sent to a board: an error with its code, and all that can be seen of the board is as it was."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from api.settings import Settings
from dispatch_engine.access.roles import Role
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.world import MORNING, NEW_CALL, World, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS = "/v1/boards/north/events"
MEGABYTES = 1_000_000
SEEN = ("", "/plan", "/problem", "/calls", "/technicians", "/stock", "/events?limit=1000")
KNOWN_KEY = "phone-1"
"""The board knows a request with this key, and is at revision 3."""


class Bad(NamedTuple):
    """A request that is refused, and how."""

    body: Any
    status: int
    code: str
    path: str = EVENTS
    method: str = "POST"
    headers: dict[str, str] = {}  # noqa: RUF012 - never written to


def report(**more: Any) -> dict[str, Any]:
    return {"type": "report_visit", "call": "C-1", "technician": "T-1", "status": "en_route", **more}


def at(hours: float) -> str:
    return (MORNING + timedelta(hours=hours)).isoformat()


def long_list(item: dict[str, Any], megabytes: int) -> bytes:
    text = json.dumps(item).encode()
    return b"[" + b",".join([text] * (megabytes * MEGABYTES // (len(text) + 1))) + b"]"


BROKEN = json.dumps(report(reason="Türe")).encode("latin-1", errors="replace").replace(b"\\u00fc", b"\xfc")

ELSEWHERE = "technician_elsewhere"

BAD = {
    "a call that is not there": Bad(report(call="C-77"), 404, "call_not_there"),
    "a technician that is not there": Bad(report(technician="T-77"), 404, "technician_not_there"),
    "a technician of another board": Bad(report(technician="S-1"), 404, "technician_not_there"),
    "a technician on two boards": Bad(
        {"type": "set_technician", "technician": SAMPLE_DAY["technicians"][1] | {"id": "S-1"}}, 409, ELSEWHERE
    ),
    "another board with the same technicians": Bad(
        {"document": SAMPLE_DAY}, 409, ELSEWHERE, "/v1/boards/west", "PUT"
    ),
    "a call of another board": Bad(report(call="S-C"), 404, "call_not_there"),
    "a shift that is not there": Bad(
        {"type": "cancel_shift", "technician": "T-1", "shift": "sun"}, 404, "shift_not_there"
    ),
    "a location that is not there": Bad({"type": "remove_location", "location": "L"}, 404, "location_not_there"),
    "a board that is not there": Bad(report(), 404, "board_not_open", "/v1/boards/nowhere/events"),
    "a command that is none": Bad({"type": "teleport"}, 422, "command_unknown"),
    "a field that is none": Bad(report(mood="good"), 422, "document_faults"),
    "a status that is none": Bad(report(status="asleep"), 422, "document_faults"),
    "a contract that is not there": Bad(
        {"type": "create_call", "call": NEW_CALL | {"contract": "platinum"}}, 422, "document_faults"
    ),
    "a call that is there already": Bad({"type": "create_call", "call": NEW_CALL | {"id": "C-1"}}, 409, "call_exists"),
    "a place that is nowhere": Bad(
        {"type": "create_call", "call": NEW_CALL | {"place": {"lat": 95, "lon": 13}}}, 422, "document_faults"
    ),
    "a pin of a call that was cancelled": Bad(
        {"type": "pin_call", "call": "C-2", "level": "order"}, 409, "call_closed"
    ),
    "an estimate before the visit": Bad({"type": "estimate", "call": "C-1", "ends_at": at(2)}, 409, "visit_not_begun"),
    "a good command before a bad one": Bad([report(), report(call="C-77")], 404, "call_not_there"),
    "a revision that is stale": Bad(report(), 412, "revision_conflict", headers={"If-Match": '"1"'}),
    "a revision to come": Bad(report(), 412, "revision_conflict", headers={"If-Match": '"99"'}),
    "a revision that is none": Bad(report(), 422, "parameter_faults", headers={"If-Match": '"³"'}),
    "a known key with another body": Bad(report(), 422, "key_reused", headers={"Idempotency-Key": KNOWN_KEY}),
    "a known key on another path": Bad(
        NEW_CALL, 422, "key_reused", "/v1/boards/north/calls", headers={"Idempotency-Key": KNOWN_KEY}
    ),
    "a key that is too long": Bad(report(), 422, "parameter_faults", headers={"Idempotency-Key": "k" * 201}),
    "a time without offset": Bad(report(at="2026-03-02T07:30:00"), 422, "document_faults"),
    "a time that is none": Bad(report(at="2026-02-30T07:30:00+01:00"), 422, "document_faults"),
    "a time as a number": Bad(report(at=1772433000), 422, "document_faults"),
    "a clock that is ahead": Bad(report(at=at(0.1)), 422, "clock_ahead"),
    "a clock that is a day ahead": Bad(report(at=at(24)), 422, "clock_ahead"),
    "a clock that is a day behind": Bad(report(at=at(-24.1)), 422, "report_too_old"),
    "a time at the end of times": Bad(report(at="9999-12-31T23:59:59-14:00"), 422, "document_faults"),
    "a body of 10 MB with many commands": Bad(long_list(report(), 10), 422, "too_many"),
    "a body of 10 MB in one word": Bad(
        json.dumps(report(reason="a" * 10 * MEGABYTES)).encode(), 422, "document_faults"
    ),
    "a body of 10 MB of brackets": Bad(b"[" * 10 * MEGABYTES, 400, "document_faults"),
    "a body of 10 MB of digits": Bad(b"1" * 10 * MEGABYTES, 400, "document_faults"),
    "a body of 10 MB of nothing": Bad(b" " * 10 * MEGABYTES, 400, "document_faults"),
    "a body of 40 MB": Bad(b" " * 40 * MEGABYTES, 413, "body_too_large"),
    "no body": Bad(b"", 400, "document_faults"),
    "no JSON": Bad(b"en_route C-1", 400, "document_faults"),
    "half of a JSON": Bad(json.dumps(report()).encode()[:-5], 400, "document_faults"),
    "two at once": Bad(json.dumps(report()).encode() * 2, 400, "document_faults"),
    "a name twice": Bad(b'{"type":"cancel_call","call":"C-1","call":"C-2"}', 422, "document_faults"),
    "a number that is none": Bad(b'{"type":"estimate","call":"C-1","duration":NaN}', 422, "document_faults"),
    "no UTF-8": Bad(BROKEN, 400, "document_faults"),
    "UTF-16": Bad(json.dumps(report()).encode("utf-16"), 400, "document_faults"),
    "half of a surrogate pair": Bad(b'{"type":"cancel_call","call":"\\ud800"}', 422, "document_faults"),
    "null": Bad(b"null", 422, "document_faults"),
    "a compressed body": Bad(report(), 415, "media_type", headers={"Content-Encoding": "gzip"}),
    "a form": Bad(report(), 415, "media_type", headers={"Content-Type": "application/x-www-form-urlencoded"}),
    "another board of the name": Bad({"document": SAMPLE_DAY}, 409, "board_exists", "/v1/boards/north", "PUT"),
}  # fmt: skip


def opened(world: World, name: str, **changes: Any) -> Any:
    """Open a board that changes by what is sent alone: no better plan is good enough to be published."""
    body = {"document": SAMPLE_DAY | changes, "rules": {"least_gain": "1000000"}}
    return world.ask("PUT", f"/v1/boards/{name}", json=body)


def answered_well(*answers: Any) -> None:
    for answer in answers:
        assert answer.status_code in (200, 201), answer.text


@pytest.fixture(scope="module")
def two_boards(compiled: None) -> Iterator[World]:
    """Yield the boards ``north``, at revision 3, and ``south``, which shares nobody with it."""
    world = World(Settings(clock_seconds=86_400))
    crew = [SAMPLE_DAY["technicians"][1] | {"id": "S-1"}]
    calls = [SAMPLE_DAY["calls"][1] | {"id": "S-C"}]
    with world.client:
        answered_well(
            opened(world, "north"),
            opened(world, "south", technicians=crew, calls=calls),
            world.report(report(status="accepted"), Idempotency_Key=KNOWN_KEY),
            world.report({"type": "cancel_call", "call": "C-2"}),
        )
        yield world


def seen(world: World) -> list[Any]:
    """Return all that is to be seen of both boards."""
    return [world.get(f"/v1/boards/{name}{path}").json() for name in ("north", "south") for path in SEEN]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_nonsense_is_refused_with_its_code_and_changes_nothing(two_boards: World, bad: Bad) -> None:
    before = seen(two_boards)
    body = bad.body if isinstance(bad.body, bytes) else json.dumps(bad.body).encode()
    headers = {"Content-Type": "application/json", **two_boards.headers(Role.DISPATCHER), **bad.headers}
    headers = {name: value.encode() if not value.isascii() else value for name, value in headers.items()}  # type: ignore[misc]
    answer = two_boards.client.request(bad.method, bad.path, content=body, headers=headers)
    assert code_of(answer) == (bad.status, bad.code)
    assert answer.json()["detail"]
    assert seen(two_boards) == before


def test_a_report_that_comes_in_the_wrong_order_is_taken_and_lowers_nothing(two_boards: World) -> None:
    answered_well(
        two_boards.report({"type": "create_call", "call": NEW_CALL}),
        two_boards.report(report(call="C-9", status="on_site", at=at(0), sequence=3)),
        two_boards.report(report(call="C-9", status="en_route", at=at(-0.2), sequence=2)),
    )
    assert two_boards.get("/v1/boards/north/calls/C-9").json()["status"] == "on_site"
