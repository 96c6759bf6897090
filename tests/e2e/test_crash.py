"""A server that is killed with SIGKILL while clients send at full speed loses nothing that it has acknowledged.

``DISPATCH_TEST_KILLS`` says how often it is killed; 10 where it is not set.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.serving import begun, serving
from dispatch_engine import kernels
from dispatch_engine.board.document import problem_of
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.snapshots import bytes_of
from dispatch_engine.board.state import BoardState
from dispatch_engine.board.views.documents import BoardPlan
from dispatch_engine.board.views.view import plan_view
from dispatch_engine.event_log.entries import Entry
from dispatch_engine.event_log.opening import open_event_log
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.formats.documents import parse_problem, problem_sha256, problem_text
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.kpis import kpis_of
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.judge import findings_of
from dispatch_engine.planner.translate import translate
from dispatch_engine.service.history import after, events_of, loaded
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.open import open_travel
from tests.e2e.streaming import Senders
from tests.event_logs import DATABASES, new_url
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow

BOARD = "island"
KILLS = int(os.environ.get("DISPATCH_TEST_KILLS", "10"))
STARTS_KILLED = 0.2
"""Share of the servers that are killed while they start."""

BEGIN = datetime.fromisoformat("2026-03-10T07:50:00+12:00")


@dataclass
class Replayed:
    """The board as the entries of its log alone make it, and the keys of those entries."""

    state: BoardState | None = None
    entries: dict[int, Entry] = field(default_factory=dict)
    revision_by_key: dict[str, int] = field(default_factory=dict)

    def go_on(self, log: SqlEventLog) -> None:
        """Take in the entries that are new; no key comes twice."""
        new = list(log.read(BOARD, len(self.entries)))
        for entry in new:
            self.entries[entry.revision] = entry
            if entry.key is not None:
                assert entry.key not in self.revision_by_key
                self.revision_by_key[entry.key] = entry.revision
        self.state = after(self.state, new)


@pytest.fixture(scope="module")
def document() -> ProblemDocument:
    network = load_network(locate_network("nauru", Path.cwd()))
    settings = Settings(network="nauru", time_zone="Pacific/Nauru", technicians=4, calls=16, territories=1, seed=3)
    return generate(settings, network)


SERVERS = [(kind, 0) for kind in DATABASES] + [("sqlite", 2)]
"""The database of a server, and in how many processes of their own boards are planned."""


@pytest.fixture(params=SERVERS, ids=lambda server: f"{server[0]}-{server[1]}")
def server_kind(request: pytest.FixtureRequest) -> tuple[str, int]:
    kind: tuple[str, int] = request.param
    return kind


@pytest.fixture
def url(server_kind: tuple[str, int], request: pytest.FixtureRequest, tmp_path: Path) -> str:
    kind, _ = server_kind
    postgres: PostgresServer | None = request.getfixturevalue("postgres") if kind == "postgresql" else None
    return new_url(kind, tmp_path, postgres)


@pytest.fixture(autouse=True)
def planners(server_kind: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPATCH_API_PLANNERS", str(server_kind[1]))


@pytest.fixture
def kills(server_kind: tuple[str, int]) -> int:
    """Return how often the server is killed; less often where that is much like the first."""
    return KILLS if server_kind == SERVERS[0] else max(2, KILLS // 3)


@pytest.fixture
def log(url: str) -> Iterator[SqlEventLog]:
    opened = open_event_log(url)
    yield opened
    opened.close()


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    if not kernels.is_warm():
        kernels.warmup()


def test_nothing_acknowledged_is_lost_however_often_the_server_is_killed(
    url: str, kills: int, log: SqlEventLog, tmp_path: Path, document: ProblemDocument
) -> None:
    chance, replayed = random.Random(11), Replayed()
    senders = Senders([each.id for each in document.technicians], [_place(each) for each in document.calls])
    with serving(tmp_path, url, _settings(0)) as server, server.client() as client:
        body = b'{"document":%s}' % problem_text(document)
        client.put(f"/v1/boards/{BOARD}", content=body, headers={"Content-Type": "application/json"}).raise_for_status()
        senders.send_until_killed(server, chance.uniform(0.5, 1.0))
    for number in range(1, kills):
        _is_all_there(log, replayed, senders)
        _last_plan_is_accepted(log, replayed)
        if chance.random() < STARTS_KILLED:
            _start_and_kill(tmp_path, url, _settings(number), chance.uniform(0.2, 3.0))
        with serving(tmp_path, url, _settings(number), server.key) as server, server.client() as client:
            _is_answered_as_before(client, replayed, senders, chance)
            _is_served_as_replayed(client, log)
            if number < kills - 1:
                senders.send_until_killed(server, chance.uniform(0.05, 0.8))
    _is_all_there(log, replayed, senders)
    assert len(senders.answers) > kills


def _settings(number: int) -> dict[str, str]:
    """Return how each server is set up: its clock is ahead of that of the one before, as that of a machine is."""
    start = BEGIN + timedelta(minutes=2 * number)
    return {"DISPATCH_API_CLOCK_START": start.isoformat(), "DISPATCH_API_CLOCK_SECONDS": "0.5"}


def _place(call: Any) -> dict[str, Any]:
    return {"lat": call.place.lat, "lon": call.place.lon}


def _start_and_kill(folder: Path, url: str, settings: dict[str, str], after_s: float) -> None:
    """Kill a server while it starts."""
    with begun(folder, url, settings) as process:
        time.sleep(after_s)
        process.kill()


def _is_all_there(log: SqlEventLog, replayed: Replayed, senders: Senders) -> None:
    """Every acknowledged request is in the log once, as it was told; the chain holds; snapshots lead to the same."""
    head = log.verify(BOARD)
    known = replayed.entries.get(len(replayed.entries))
    assert known is None or next(log.read(BOARD, known.revision - 1)).hash == known.hash
    replayed.go_on(log)
    assert head.revision <= len(replayed.entries)
    for key, answer in senders.answers.items():
        entry = replayed.entries[replayed.revision_by_key[key]]
        assert (entry.revision, entry.hash) == answer
    assert replayed.state is not None
    found = loaded(log, BOARD)
    assert found is not None
    assert bytes_of(found) == bytes_of(replayed.state)


def _is_answered_as_before(client: httpx.Client, replayed: Replayed, senders: Senders, chance: random.Random) -> None:
    """What had no answer is taken once, whether it was durable before or not; what had one is answered the same."""
    for sender in senders.each:
        repeated = sender.send_again(client)
        if repeated is not None and repeated.key in replayed.revision_by_key:
            assert repeated.is_repeated
            assert repeated.answer.revision == replayed.revision_by_key[repeated.key]
    sent = senders.any_acknowledged(chance)
    said = client.post(f"/v1/boards/{BOARD}/events", json=sent.command, headers={"Idempotency-Key": sent.key}).json()
    assert said["repeated"]
    assert (said["revision"], said["entry"]["hash"]) == senders.answers[sent.key]


def _is_served_as_replayed(client: httpx.Client, log: SqlEventLog) -> None:
    """What the server shows is what a replay from the first entry on comes to."""
    answer = client.get(f"/v1/boards/{BOARD}/plan")
    plan = BoardPlan.model_validate_json(answer.content)
    state = after(None, log.read(BOARD, 0, plan.revision))
    assert state is not None
    assert json.loads(answer.content) == plan_view(BOARD, state).model_dump(mode="json", exclude_none=True)
    served = client.get(f"/v1/boards/{BOARD}/problem", params={"revision": plan.revision})
    assert problem_sha256(parse_problem(served.content)) == problem_sha256(problem_of(state.as_planned()))


def _last_plan_is_accepted(log: SqlEventLog, replayed: Replayed) -> None:
    """The plan that the last request led to breaks no rule of the board as that request made it.

    Requests that are planned together are of one time, and the plan comes with the last of them.
    """
    revision = max(replayed.revision_by_key.values())
    while replayed.entries.get(revision + 1) and replayed.entries[revision + 1].at == replayed.entries[revision].at:
        revision += 1
    entry = replayed.entries[revision]
    happened = [event for event in events_of(entry) if event.type != "plan_published"]
    before = after(None, log.read(BOARD, 0, entry.revision - 1))
    problem = problem_of(folded(before, entry.revision, entry.at, happened))
    plan = folded(before, entry.revision, entry.at, events_of(entry)).plan
    routes, unplanned = tuple(plan.routes.values()), tuple(plan.unplanned.values())
    found: dict[str, Any] = {
        "routes": routes,
        "unplanned": unplanned,
        "cost": plan.cost,
        "kpis": kpis_of(problem, routes, unplanned),
    }
    stated = PlanDocument.model_construct(**found)  # the rest of a plan document is not judged
    assert findings_of(translate(problem, open_travel(problem.travel, Path.cwd())), stated) == ()
