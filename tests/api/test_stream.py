"""Following a board: every revision, in order, none left out, on a real server."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine.access.keys import KeyRequest, make_key
from dispatch_engine.access.roles import Role
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.cli.keys import key_store
from tests.api.serving import Serving, serving
from tests.api.world import MADE_AT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled")]
PATIENCE = 100
"""Beats of the heart, of a fifth of a second each."""
STREAM = "/v1/boards/north/stream"
EVENTS = "/v1/boards/north/events"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    database = tmp_path_factory.mktemp("stream") / "d.db"
    day = {"clock_start": "2026-03-02T07:30:00+01:00", "clock_seconds": "3600", "heartbeat_seconds": "0.2"}
    with serving(database, **day) as running:
        with running.client() as client:
            assert client.put("/v1/boards/north", json={"document": SAMPLE_DAY}).status_code == 201
        yield running


@pytest.fixture
def client(server: Serving) -> Iterator[httpx2.Client]:
    with server.client() as made:
        yield made


def events(lines: Iterator[str]) -> Iterator[tuple[int, str, Any]]:
    """Yield id, kind and data of each event of a stream; give up after many beats without any."""
    block: dict[str, str] = {}
    beats = 0
    for line in lines:
        beats = beats + 1 if line.startswith(":") else 0 if line else beats
        assert beats < PATIENCE
        name, _, value = line.partition(": ")
        if line and name:
            block[name] = value
        elif block:
            yield int(block["id"]), block["event"], json.loads(block["data"])
            block = {}


def count(client: httpx2.Client, step: int) -> int:
    """Count stock, each time another number, and return the revision that it became."""
    counted = {"type": "count_stock", "technician": "T-1", "stock": {"SCREW": step}}
    found: int = client.post(EVENTS, json=counted).json()["revision"]
    return found


def revision(client: httpx2.Client) -> int:
    found: int = client.get("/v1/boards/north").json()["revision"]
    return found


def follow(server: Serving, after: int, upto: int) -> list[int]:
    """Return the revisions that a stream tells of, until one of them is reached."""
    seen: list[int] = []
    with server.client() as client, client.stream("GET", STREAM, params={"after": after}) as stream:
        for number, kind, _ in events(stream.iter_lines()):
            if kind == "entry":
                seen.append(number)
            if seen and seen[-1] >= upto:
                return seen
    return seen


def test_a_stream_begins_with_where_it_begins(server: Serving, client: httpx2.Client) -> None:
    with client.stream("GET", STREAM) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        number, kind, data = next(events(stream.iter_lines()))
    assert (kind, data) == ("board", {"revision": number})


def test_a_client_gets_every_revision_after_the_plan_that_it_read(server: Serving, client: httpx2.Client) -> None:
    after = client.get("/v1/boards/north/plan").json()["revision"]
    last = max(count(client, step) for step in range(1, 6))
    assert follow(server, after, last) == list(range(after + 1, last + 1))


def test_no_client_misses_anything_while_much_happens(server: Serving, client: httpx2.Client) -> None:
    after, many = revision(client), 60
    with ThreadPoolExecutor() as threads:
        followers = [threads.submit(follow, server, after, after + many) for _ in range(5)]
        for step in range(many):
            count(client, step + 10)
        found = [each.result(60)[:many] for each in followers]
    assert found == [list(range(after + 1, after + many + 1))] * 5


def test_a_client_that_comes_back_goes_on_where_it_was(server: Serving, client: httpx2.Client) -> None:
    after = count(client, 100)
    last = max(count(client, step) for step in range(101, 104))
    with client.stream("GET", STREAM, headers={"Last-Event-ID": str(after)}, params={"after": 0}) as stream:
        found = events(stream.iter_lines())
        assert [next(found)[0] for _ in range(1 + last - after)] == list(range(after, last + 1))


def test_what_comes_is_the_entry_of_the_log(server: Serving, client: httpx2.Client) -> None:
    last = count(client, 110)
    with client.stream("GET", STREAM, params={"after": last - 1}) as stream:
        found = events(stream.iter_lines())
        next(found)
        _, _, entry = next(found)
    assert entry == client.get(EVENTS, params={"after": last - 1, "limit": 1}).json()["items"][0]


def test_a_stream_without_news_says_that_it_is_alive(server: Serving, client: httpx2.Client) -> None:
    with client.stream("GET", STREAM) as stream:
        assert any(line.startswith(":") for line in stream.iter_lines())


def test_a_revision_that_the_board_has_not_come_to_is_refused(server: Serving, client: httpx2.Client) -> None:
    answer = client.get(STREAM, params={"after": 10**9})
    assert (answer.status_code, answer.json()["code"]) == (404, "revision_unknown")


def test_a_stream_of_no_board_is_refused(server: Serving, client: httpx2.Client) -> None:
    assert client.get("/v1/boards/nowhere/stream").json()["code"] == "board_not_open"


def test_a_technician_hears_only_what_concerns_the_own_day(server: Serving, client: httpx2.Client) -> None:
    new = make_key(KeyRequest(Role.TECHNICIAN, MADE_AT, technician="T-2"))
    with key_store(database_of(server)) as store:
        store.add(new.key)
    after = count(client, 120)
    own = {"type": "count_stock", "technician": "T-2", "stock": {"SCREW": 7}}
    last = client.post(EVENTS, json=own).json()["revision"]
    with server.client(new.text) as phone, phone.stream("GET", STREAM, params={"after": after - 1}) as stream:
        found = events(stream.iter_lines())
        next(found)
        number, _, entry = next(found)
    assert number == last
    assert {each["data"].get("technician", "T-2") for each in entry["events"]} == {"T-2"}


def database_of(server: Serving) -> str:
    arguments = server.process.args
    assert isinstance(arguments, list)
    return str(arguments[arguments.index("--database") + 1])
