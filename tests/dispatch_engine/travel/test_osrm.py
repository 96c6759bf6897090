"""The OSRM adapter against a server that misbehaves in every way a server can; see the contracts for one that works."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dispatch_engine.travel.errors import OsrmAnswerError, OsrmMissingError, OsrmRefusedError, OsrmUnreachableError
from dispatch_engine.travel.osrm import OsrmSource
from dispatch_engine.travel.osrm_client import OsrmClient, Patience
from dispatch_engine.travel.source import Place

A, B = Place("a", -0.52, 166.93), Place("b", -0.53, 166.92)
WAYPOINT = {"distance": 3.0, "name": "", "location": [166.93, -0.52]}
TABLE = {
    "code": "Ok",
    "durations": [[0, 60.4], [70.6, 0]],
    "distances": [[0, 500.2], [600.7, 0]],
    "sources": [WAYPOINT, WAYPOINT],
    "destinations": [WAYPOINT, WAYPOINT],
}
Reply = tuple[int, object]


@contextmanager
def serving(*replies: Reply) -> Iterator[tuple[str, list[str]]]:
    """Serve the replies one after another, the last for ever; yield the address and the requests seen."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = replies[min(len(seen), len(replies) - 1)]
            seen.append(self.path)
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join()


def source(url: str, retries: int = 0, pauses: list[float] | None = None, block_places: int = 100) -> OsrmSource:
    sleep = (pauses if pauses is not None else []).append
    return OsrmSource(OsrmClient(url, Patience(timeout_s=2, retries=retries), sleep), block_places=block_places)


def test_seconds_and_metres_are_rounded_to_whole_ones() -> None:
    with serving((200, TABLE)) as (url, _):
        matrix = source(url).matrix([A, B])
    assert matrix.duration_s.tolist() == [[0, 60], [71, 0]]
    assert matrix.distance_m.tolist() == [[0, 500], [601, 0]]


def test_null_means_no_way() -> None:
    table = {**TABLE, "durations": [[0, None], [70, 0]], "distances": [[0, None], [600, 0]]}
    with serving((200, table)) as (url, _):
        matrix = source(url).matrix([A, B])
    assert matrix.duration_s.tolist() == [[0, 10_000_000], [70, 0]]
    assert [warning.place_id for warning in matrix.warnings] == ["a", "b"]


def test_a_busy_server_is_asked_again_after_growing_pauses() -> None:
    pauses: list[float] = []
    with serving((503, b""), (429, b""), (200, TABLE)) as (url, seen):
        source(url, retries=2, pauses=pauses).matrix([A, B])
    assert len(seen) == 3
    assert pauses == [0.25, 0.5]


def test_a_server_that_stays_busy_is_given_up_with_its_last_word() -> None:
    with serving((503, b"")) as (url, seen):
        with pytest.raises(OsrmUnreachableError, match=r"3 tries.*HTTP status 503.*Maybe"):
            source(url, retries=2).matrix([A, B])
        assert len(seen) == 3


def test_a_server_that_is_not_there_is_reported_with_its_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(OsrmUnreachableError, match=f"server at {url} did not answer in 2 tries"):
            source(url, retries=1).matrix([A, B])


def test_a_server_that_never_answers_runs_out_of_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = OsrmClient(f"http://127.0.0.1:{silent.getsockname()[1]}", Patience(timeout_s=0.1, retries=0))
        with pytest.raises(OsrmUnreachableError, match="Timeout"):
            OsrmSource(client).matrix([A, B])


def test_a_refusal_is_not_repeated_and_says_why() -> None:
    refusal = {"code": "TooBig", "message": "Too many table coordinates"}
    with serving((400, refusal)) as (url, seen):
        with pytest.raises(OsrmRefusedError, match=r"TooBig: Too many table coordinates.*--max-table-size"):
            source(url, retries=3).matrix([A, B])
        assert len(seen) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>hello</html>"),
        (200, b"\xff\xfe\x00"),
        (404, b""),
        (302, b""),
        (200, []),
        (200, {"code": 7}),
        (200, {"code": "Ok"}),
        (200, {**TABLE, "durations": [[0, 60]]}),
        (200, {**TABLE, "durations": [[0, 60], [70]]}),
        (200, {**TABLE, "durations": [[0, -1], [70, 0]]}),
        (200, {**TABLE, "durations": [[0, "soon"], [70, 0]]}),
        (200, {**TABLE, "distances": None}),
        (200, {**TABLE, "sources": [WAYPOINT]}),
        (200, {**TABLE, "sources": [{}, {}]}),
    ],
)
def test_an_answer_that_is_not_osrm_s_is_refused(status: int, body: object) -> None:
    with (
        serving((status, body)) as (url, _),
        pytest.raises(OsrmAnswerError, match=r"not OSRM's.*Maybe the address is that of another service"),
    ):
        source(url).matrix([A, B])


def test_a_route_without_a_line_is_refused() -> None:
    with (
        serving((200, {"code": "Ok", "routes": [], "waypoints": [WAYPOINT]})) as (url, _),
        pytest.raises(OsrmAnswerError),
    ):
        source(url).geometry(A, B)


def test_where_the_server_finds_no_route_there_is_no_line() -> None:
    with serving((400, {"code": "NoRoute", "message": "Impossible route"})) as (url, _):
        assert source(url).geometry(A, B) is None


def test_lines_have_latitude_and_longitude_by_name() -> None:
    route = {"geometry": {"coordinates": [[166.93, -0.52], [166.92, -0.53]], "type": "LineString"}}
    with serving((200, {"code": "Ok", "routes": [route], "waypoints": [WAYPOINT, WAYPOINT]})) as (url, _):
        line = source(url).geometry(A, B)
    assert line is not None
    assert (line[0].lat, line[0].lon) == (-0.52, 166.93)


def test_many_places_are_asked_for_in_blocks() -> None:
    one = {**TABLE, "durations": [[0]], "distances": [[0]], "sources": [WAYPOINT]}
    with serving((200, one)) as (url, seen):
        source(url, block_places=1).matrix([A, B, A])
    assert len(seen) == 9
    assert all("sources=0&destinations=1" in request for request in seen)


def test_nobody_sees_the_password_in_an_address() -> None:
    with serving((200, TABLE)) as (url, _):
        matrix = source(url.replace("http://", "http://user:secret@")).matrix([A, B])
    assert matrix.provenance.parameters["address"] == url
    with pytest.raises(OsrmUnreachableError) as caught:
        OsrmClient("ftp://user:secret@example.org")
    assert "secret" not in str(caught.value)


def test_the_version_is_that_of_the_server_s_data() -> None:
    with serving((200, {**TABLE, "data_version": "2026-11-01"})) as (url, _):
        assert source(url).matrix([A, B]).provenance.version == "2026-11-01"


@pytest.mark.parametrize("url", ["", "localhost:5000", "ftp://host", "http://", "http://host:port", "http://[::1"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(OsrmUnreachableError, match=r"no address of an OSRM server.*http://localhost:5000"):
        OsrmClient(url)


def test_without_the_http_client_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(OsrmMissingError, match=r"pip install 'dispatch-engine\[osrm\]'"):
        OsrmClient("http://localhost:5000")
