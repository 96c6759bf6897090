"""The server as a process: what it prints, where it listens, how it stops."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx2
import pytest
from typer.testing import CliRunner

from api.main import commands
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.cli.exit_codes import ExitCode
from tests.api.processes import children_of, is_zombie, until
from tests.api.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled")]


def test_the_first_run_makes_a_key_and_later_ones_do_not(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server:
        key = server.key
        with server.client() as client:
            assert client.get("/v1/boards").json() == {"items": [], "next": None}
        assert server.stop() == 0
    with serving(tmp_path / "d.db") as server:
        assert server.key == ""
        with server.client(key) as client:
            assert client.get("/v1/boards").status_code == 200


def test_without_a_key_the_server_listens_on_this_machine_alone_and_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db", "--host", "0.0.0.0") as server:
        assert server.address.startswith("http://127.0.0.1:")
        assert any("listens on 127.0.0.1 alone" in line for line in server.lines)
        assert server.stop() == 0
    with serving(tmp_path / "d.db", "--host", "0.0.0.0") as server:
        assert server.address.startswith("http://0.0.0.0:")


def test_a_server_without_boards_opens_a_sample_and_takes_it_up_again_when_it_comes_back(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db", sample_board="true") as server, server.client() as client:
        key = server.key
        wait_for_board_in_use(client)
        assert client.get("/v1/boards").json()["items"] == [{"id": "sample"}]
    with serving(tmp_path / "d.db", sample_board="true") as server, server.client(key) as client:
        wait_for_board_in_use(client)


def wait_for_board_in_use(client: httpx2.Client) -> None:
    """Wait without asking for the board, which would take it into use."""
    for _ in range(600):
        if "dispatch_boards_loaded 1.0" in client.get("/metrics").text and client.get("/v1/boards").json()["items"]:
            return
        threading.Event().wait(0.1)
    raise AssertionError("no board was taken into use")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_answers_what_is_under_way_first(tmp_path: Path, how: signal.Signals) -> None:
    with serving(tmp_path / "d.db") as server, server.client() as client, ThreadPoolExecutor() as threads:
        client.post("/v1/plan?iterations=0", json=SAMPLE_DAY)
        answer = threads.submit(client.post, "/v1/plan?time_limit_s=3", json=SAMPLE_DAY)
        pause = threading.Event()
        while "dispatch_jobs_unfinished 1.0" not in client.get("/metrics").text:
            pause.wait(0.05)
        assert server.stop(how) == 0
        assert answer.result(0).json()["effort"]["stopped_by"] == "time_limit"
        assert "Finished server process" in server.lines[-1]


def test_a_server_that_stops_ends_streams(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server, server.client() as client:
        client.put("/v1/boards/north", json={"document": SAMPLE_DAY})
        with client.stream("GET", "/v1/boards/north/stream") as stream:
            lines = stream.iter_lines()
            assert next(lines) == "id: 1"
            assert server.stop() == 0
            assert list(lines)[-1] == ""


def test_log_lines_are_json_and_name_the_actor_and_never_a_key(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server, server.client() as client:
        client.get("/v1/boards", headers={"X-Request-Id": "seven"})
        server.stop()
        (line,) = [each for each in server.logged() if each.get("request_id") == "seven"]
        assert (line["method"], line["path"], line["status"]) == ("GET", "/v1/boards", 200)
        assert line["actor"] == f"admin:{server.key.split('_')[1]}"
        assert [each for each in server.logged() if server.key.split("_", 2)[2] in str(each)] == []


def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server, server.client() as client:
        key = server.key
        client.put("/v1/boards/north", json={"document": SAMPLE_DAY})
        answer = client.post("/v1/boards/north/events", json={"type": "cancel_call", "call": "C-1"})
        server.stop(signal.SIGKILL)
    with serving(tmp_path / "d.db") as server, server.client(key) as client:
        seen = client.get("/v1/boards/north").json()
        assert seen["revision"] >= answer.json()["revision"]
        assert seen["calls_by_status"]["cancelled"] == 1


def test_an_address_that_is_taken_is_told(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server:
        port = server.address.rpartition(":")[2]
        result = CliRunner().invoke(
            commands().app, ["serve", "--port", port, "--database", f"sqlite:///{tmp_path / 'other.db'}"]
        )
        assert result.exit_code == ExitCode.USAGE
        assert "error settings" in result.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MAX_JOB", "1", "there is no setting"),
        ("PORT", "x", "DISPATCH_API_PORT"),
        ("WORKERS", "0", "WORKERS"),
        ("SEARCHES", "x", "SEARCHES"),
    ],
)
def test_a_setting_that_cannot_be_is_told_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"DISPATCH_API_{name}", value)
    result = CliRunner().invoke(commands().app, ["serve", "--database", f"sqlite:///{tmp_path / 'd.db'}"])
    assert result.exit_code == ExitCode.USAGE
    assert said in result.stderr


def test_broken_http_gets_no_traceback(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db") as server:
        with pytest.raises(httpx2.HTTPError), server.client() as client:
            client.get("/v1/boards", headers={"X-Bad": "a\x00b"})
        answer = httpx2.get(f"{server.address}/%ff%00", trust_env=False)
        assert answer.status_code == 404
        assert answer.json()["code"] == "route_unknown"


def test_a_search_whose_process_is_killed_fails_alone_and_none_is_left_when_the_server_is_killed(
    tmp_path: Path,
) -> None:
    with (
        serving(tmp_path / "d.db", searches="processes", workers="1", sync_seconds="300") as server,
        server.client() as client,
    ):
        job = client.post("/v1/plan?time_limit_s=60", json=SAMPLE_DAY, headers={"Prefer": "respond-async"})
        place = job.headers["Location"]
        until(lambda: "progress" in client.get(place).json())
        (searching,) = children_of(server.process.pid)
        os.kill(searching, signal.SIGKILL)
        until(lambda: client.get(place).json()["status"] == "failed")
        assert client.get(place).json()["problem"]["code"] == "process_died"
        assert client.post("/v1/plan?iterations=10", json=SAMPLE_DAY).json()["kpis"]["planned"] == 2
        client.post("/v1/plan?time_limit_s=60", json=SAMPLE_DAY, headers={"Prefer": "respond-async"})
        (searching,) = children_of(server.process.pid)
        server.stop(signal.SIGKILL)
        until(lambda: is_zombie(searching))


def test_a_server_with_searches_in_processes_stops_as_any_other(tmp_path: Path) -> None:
    with serving(tmp_path / "d.db", searches="processes", grace_seconds="0.5") as server, server.client() as client:
        job = client.post("/v1/plan?time_limit_s=60", json=SAMPLE_DAY, headers={"Prefer": "respond-async"})
        until(lambda: "progress" in client.get(job.headers["Location"]).json())
        searching = children_of(server.process.pid)
        assert len(searching) == 2
        assert server.stop() == 0
        assert all(is_zombie(each) for each in searching)
