"""Boards that are planned in processes of their own: served as any other, whatever becomes of those processes."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from api.planners.process import Share, place_of
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from tests.api.processes import children_of, is_zombie, until
from tests.api.serving import Serving, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("compiled")]

DAY = {"clock_start": "2026-03-02T07:30:00+01:00", "clock_seconds": "3600"}
BOARDS = ("north", "valley")
CANCEL = {"type": "cancel_call", "call": "C-1"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path / "d.db", planners="2", **DAY) as running:
        yield running


@pytest.fixture
def client(server: Serving) -> Iterator[httpx2.Client]:
    with server.client() as made:
        for name in BOARDS:
            assert made.put(f"/v1/boards/{name}", json={"document": day_of(name)}).status_code == 201
        yield made


def day_of(board: str) -> dict[str, Any]:
    """Return the sample day with technicians of the board's own."""
    crew = [each | {"id": f"{each['id']}-{board}"} for each in SAMPLE_DAY["technicians"]]
    return SAMPLE_DAY | {"technicians": crew}


def report(client: httpx2.Client, board: str, **command: object) -> httpx2.Response:
    return client.post(f"/v1/boards/{board}/events", json=command)


def test_each_board_has_one_planner_the_same_in_every_process() -> None:
    shares = [Share(place, 3) for place in range(3)]
    for board in ("north", "south", "Zürich", "\ud800"):
        assert [board in share for share in shares].count(True) == 1
    assert {place_of(f"board-{number}", 3) for number in range(50)} == {0, 1, 2}


def test_the_boards_of_these_tests_have_planners_of_their_own() -> None:
    assert {place_of(name, len(BOARDS)) for name in BOARDS} == {0, 1}


def test_what_a_planner_does_is_seen_at_once_by_who_reads(client: httpx2.Client) -> None:
    for name in BOARDS:
        answer = report(client, name, **CANCEL)
        seen = client.get(f"/v1/boards/{name}").json()
        assert answer.json()["revision"] == 2
        assert seen["revision"] >= 2
        assert seen["calls_by_status"]["cancelled"] == 1
        listed = client.get(f"/v1/boards/{name}/events?after=1&limit=1").json()["items"]
        assert listed == [answer.json()["entry"]]


def test_a_stream_tells_every_revision_that_a_planner_makes(server: Serving, client: httpx2.Client) -> None:
    with ThreadPoolExecutor() as threads:
        following = threads.submit(follow, server, 4)
        revisions = [counted(client, "north", step).json()["revision"] for step in range(1, 4)]
        assert following.result(60) == revisions == [2, 3, 4]


def counted(client: httpx2.Client, board: str, step: int) -> httpx2.Response:
    """Count stock, each time another number."""
    return report(client, board, type="count_stock", technician=f"T-1-{board}", stock={"SCREW": step})


def follow(server: Serving, upto: int) -> list[int]:
    """Return the revisions after the first one that a stream tells of, until one of them is reached."""
    told: list[int] = []
    with server.client() as client, client.stream("GET", "/v1/boards/north/stream?after=1") as stream:
        for line in stream.iter_lines():
            told += [int(line.removeprefix("id: "))] if line.startswith("id: ") else []
            if told and told[-1] >= upto:
                break
    return told[1:]


def test_a_refusal_comes_with_its_code_and_place_as_from_a_server_that_plans_itself(client: httpx2.Client) -> None:
    refused = report(client, "valley", type="cancel_call", call="C-99")
    assert (refused.status_code, refused.json()["code"]) == (404, "call_not_there")
    assert refused.json()["pointer"] == "/call"
    stale = client.post("/v1/boards/valley/events", json=CANCEL, headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "revision_conflict")


def test_a_technician_is_on_one_board_whichever_planners_they_have(client: httpx2.Client) -> None:
    taken = day_of("north")["technicians"][0]
    refused = client.put(f"/v1/boards/valley/technicians/{taken['id']}", json=taken)
    assert (refused.status_code, refused.json()["code"]) == (409, "technician_elsewhere")


def test_candidates_and_previews_are_asked_of_the_planner(client: httpx2.Client) -> None:
    ranked = client.get("/v1/boards/north/calls/C-2/candidates")
    assert {each["technician"] for each in ranked.json()["items"]} >= {"T-1-north"}
    sick = {"version": 1, "id": "sick", "changes": [{"type": "absence", "technician": "T-1-north"}]}
    assert client.post("/v1/boards/north/scenarios", json=sick).status_code == 201
    preview = client.get("/v1/boards/north/scenarios/sick/preview").json()
    applied = client.post("/v1/boards/north/scenarios/sick/apply", headers={"If-Match": f'"{preview["revision"]}"'})
    assert applied.status_code == 200


def test_a_planner_that_is_killed_loses_nothing_that_was_answered_and_another_takes_its_place(
    server: Serving, client: httpx2.Client
) -> None:
    answered = [report(client, name, **CANCEL).json()["revision"] for name in BOARDS]
    for planner in children_of(server.process.pid):
        os.kill(planner, signal.SIGKILL)
    later = [until_answered(client, name) for name in BOARDS]
    assert all(after > before for before, after in zip(answered, later, strict=True))
    for name in BOARDS:
        assert client.get(f"/v1/boards/{name}").json()["calls_by_status"]["cancelled"] == 1
    assert any(line.get("message") == "a planner ended" for line in server.logged())


def until_answered(client: httpx2.Client, board: str) -> int:
    """Send a command until it is answered; until then it is refused by a code that says what happened."""
    while True:
        answer = counted(client, board, 77)
        if answer.status_code == 200:
            revision: int = answer.json()["revision"]
            return revision
        assert (answer.status_code, answer.json()["code"]) == (503, "planner_died")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_planner_is_left_where_its_server_ends(server: Serving, client: httpx2.Client, how: signal.Signals) -> None:
    planners = children_of(server.process.pid)
    assert len(planners) == 2
    with ThreadPoolExecutor() as threads:
        answers = [threads.submit(report, client, name, **CANCEL) for name in BOARDS]
        if how is signal.SIGTERM:
            assert [each.result().status_code for each in answers] == [200, 200]
        server.stop(how)
    until(lambda: all(is_zombie(each) for each in planners))
