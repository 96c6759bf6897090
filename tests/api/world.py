"""A small world for tests of the API: an application, a key for every role, a clock that stands still."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.stores import Stores
from dispatch_engine.access.keys import KeyRequest, NewKey, make_key
from dispatch_engine.access.roles import Role
from dispatch_engine.access.store import MemoryKeyStore
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.event_log.memory import MemoryEventLog

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx2 import Response

MADE_AT = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
MORNING = datetime.fromisoformat("2026-03-02T07:30:00+01:00")
TECHNICIAN = "T-1"
NEW_CALL: dict[str, Any] = {"id": "C-9", "place": {"lat": 52.51, "lon": 13.40}, "duration": "PT45M"}


def new_key(role: Role) -> NewKey:
    return make_key(KeyRequest(role, MADE_AT, TECHNICIAN if role is Role.TECHNICIAN else None))


@dataclass
class World:
    """Everything around an application; ``client`` is usable inside the block of the fixture."""

    settings: Settings = field(default_factory=Settings)
    now: datetime = MORNING
    log: MemoryEventLog = field(default_factory=MemoryEventLog)
    key_by_role: dict[Role, NewKey] = field(default_factory=lambda: {role: new_key(role) for role in Role})

    def __post_init__(self) -> None:
        self.keys = MemoryKeyStore(new.key for new in self.key_by_role.values())
        self.app: FastAPI = create_app(self.settings, Stores(self.keys, self.log), clock=lambda: self.now)
        self.client = TestClient(self.app)

    def headers(self, role: Role, **more: str) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.key_by_role[role].text}", **named}

    def ask(self, method: str, path: str, role: Role = Role.DISPATCHER, json: Any = None, **headers: str) -> Response:
        return self.client.request(method, path, json=json, headers=self.headers(role, **headers))

    def get(self, path: str, role: Role = Role.DISPATCHER, **headers: str) -> Response:
        return self.ask("GET", path, role, None, **headers)

    def post(self, path: str, json: Any, role: Role = Role.DISPATCHER, **headers: str) -> Response:
        return self.ask("POST", path, role, json, **headers)

    def open_board(self, name: str = "north", **changes: Any) -> Response:
        return self.ask("PUT", f"/v1/boards/{name}", json={"document": SAMPLE_DAY | changes})

    def report(self, *commands: dict[str, Any], role: Role = Role.DISPATCHER, **headers: str) -> Response:
        body = commands[0] if len(commands) == 1 else list(commands)
        return self.post("/v1/boards/north/events", body, role, **headers)


def code_of(answer: Response) -> tuple[int, str]:
    """Return status and code of an error, which is a problem document."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    return answer.status_code, problem["code"]
