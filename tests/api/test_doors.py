"""Nobody gets in without a key that may."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.routing import iter_route_contexts

from api.openapi import operations
from api.settings import Settings
from dispatch_engine.access.keys import KeyRequest, make_key
from dispatch_engine.access.roles import Role
from dispatch_engine.clock import now_at
from tests.api.world import MADE_AT, World, code_of

if TYPE_CHECKING:
    from httpx2 import Response

OPEN = {"get /healthz", "get /readyz", "get /docs"}
"""Health, and the page that explains the routes, which holds nothing of any board."""


def described(world: World) -> dict[str, dict[str, Any]]:
    return dict(operations(world.app.openapi()))


def ask(world: World, name: str, headers: dict[str, str]) -> Response:
    method, path = name.split(" ")
    for part in ("board", "job", "call", "technician", "webhook", "scenario"):
        path = path.replace(f"{{{part}}}", "nobody")
    path = path.replace("{revision}", "1")
    return world.client.request(method, path, headers=headers)


def test_the_description_has_every_route(shared_world: World) -> None:
    served = {
        f"{method.lower()} {context.path}"
        for context in iter_route_contexts(shared_world.app.routes)
        for method in context.methods or ()
    }
    assert served == set(described(shared_world))


def test_no_route_is_open_but_health_and_the_page_that_explains_the_routes(shared_world: World) -> None:
    assert {name for name, each in described(shared_world).items() if not each["security"]} == OPEN


def test_every_other_route_names_its_roles(shared_world: World) -> None:
    roles = {name: each["x-roles"] for name, each in described(shared_world).items() if name not in OPEN}
    assert all("admin" in each and set(each) <= {*Role} for each in roles.values())


def test_a_request_without_a_key_is_refused_everywhere(shared_world: World) -> None:
    answers = {name: code_of(ask(shared_world, name, {})) for name in described(shared_world) if name not in OPEN}
    assert set(answers.values()) == {(401, "key_missing")}


def test_an_unknown_key_is_refused_everywhere(shared_world: World) -> None:
    stranger = {"Authorization": f"Bearer {make_key(KeyRequest(Role.ADMIN, MADE_AT)).text}"}
    answers = {name: code_of(ask(shared_world, name, stranger)) for name in described(shared_world) if name not in OPEN}
    assert set(answers.values()) == {(401, "key_invalid")}


@pytest.mark.parametrize("role", Role)
def test_a_role_gets_in_exactly_where_it_is_listed(shared_world: World, role: Role) -> None:
    wanted = {name: role in each["x-roles"] for name, each in described(shared_world).items() if name not in OPEN}
    headers = shared_world.headers(role)
    found = {name: "role_forbidden" not in ask(shared_world, name, headers).text for name in wanted}
    assert found == wanted


@pytest.mark.parametrize("text", ["Basic eDp5", "Bearer", "Bearer ", "dsp_x_y"])
def test_what_is_no_bearer_key_counts_as_none(shared_world: World, text: str) -> None:
    answer = shared_world.client.get("/v1/boards", headers={"Authorization": text})
    assert code_of(answer) == (401, "key_missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("text", ["x", "dsp_", "dsp_a", "dsp_a_", "dsp__b", "other_a_b", "dsp_é_b"])
def test_a_broken_key_is_refused_like_an_unknown_one(shared_world: World, text: str) -> None:
    answer = shared_world.client.get("/v1/boards", headers={b"Authorization": f"Bearer {text}".encode()})
    assert code_of(answer) == (401, "key_invalid")


def test_the_secret_of_another_key_does_not_open(shared_world: World) -> None:
    admin, planner = (shared_world.key_by_role[role].text for role in (Role.ADMIN, Role.PLANNER))
    mixed = "_".join([*admin.split("_")[:2], planner.split("_", 2)[2]])
    assert code_of(shared_world.client.get("/metrics", headers={"Authorization": f"Bearer {mixed}"}))[0] == 401


def test_a_key_that_has_expired_is_refused(world: World) -> None:
    new = make_key(KeyRequest(Role.ADMIN, MADE_AT, expires_at=MADE_AT + timedelta(days=1)))
    world.keys.add(new.key)
    answer = world.client.get("/v1/boards", headers={"Authorization": f"Bearer {new.text}"})
    assert code_of(answer) == (401, "key_expired")


def test_a_key_that_another_process_took_back_stops_working_soon() -> None:
    world = World(Settings(key_cache_seconds=0))
    with world.client:
        assert world.get("/v1/boards").status_code == 200
        world.keys.revoke(world.key_by_role[Role.DISPATCHER].key.id, now_at())
        assert code_of(world.get("/v1/boards")) == (401, "key_revoked")


def test_only_who_has_the_secret_is_told_that_a_key_is_revoked(world: World) -> None:
    key = replace(world.key_by_role[Role.ADMIN].key, id="gone", revoked_at=MADE_AT)
    world.keys.add(key)
    answer = world.client.get("/v1/boards", headers={"Authorization": "Bearer dsp_gone_guess"})
    assert code_of(answer) == (401, "key_invalid")


def test_a_key_that_asks_too_often_is_told_when_to_come_again() -> None:
    world = World(Settings(rate_per_second=0.01, rate_burst=2))
    with world.client:
        assert [world.get("/v1/boards").status_code for _ in range(2)] == [200, 200]
        answer = world.get("/v1/boards")
        assert code_of(answer) == (429, "rate_limited")
        assert 90 <= int(answer.headers["Retry-After"]) <= 100
        assert world.get("/v1/boards", Role.PLANNER).status_code == 200


def test_no_log_line_holds_a_key(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        world.get("/v1/boards")
        world.get("/v1/boards?key=" + "x" * 20)
        world.client.get("/v1/boards", headers={"Authorization": "Bearer dsp_somebody_secret"})
    shown = "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records if record.name[:3] == "api")
    assert "dispatcher:" in shown
    secrets = [new.text.split("_", 2)[2] for new in world.key_by_role.values()]
    assert [secret for secret in [*secrets, "secret", "xxxx"] if secret in shown] == []
