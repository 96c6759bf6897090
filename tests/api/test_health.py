"""Whether the server lives, can work, and what it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_spec_validator import validate

from dispatch_engine import __version__
from dispatch_engine.access.roles import Role
from dispatch_engine.webhooks.addresses import is_loopback
from tests.api.world import World, code_of

if TYPE_CHECKING:
    import pytest


def test_a_server_that_lives_says_so_without_a_key(shared_world: World) -> None:
    answer = shared_world.client.get("/healthz")
    assert answer.json() == {"status": "alive", "checks": {}, "version": __version__}


def test_a_server_is_ready_once_the_solver_is_loaded(
    compiled: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    preparation = world.app.state.services.preparation
    preparation.wait(120)
    assert world.client.get("/readyz").json()["checks"] == {"database": True, "solver": True}
    monkeypatch.setattr(type(preparation), "is_done", False)
    answer = world.client.get("/readyz")
    assert code_of(answer) == (503, "not_ready")
    assert "solver" in answer.json()["value"]


def test_a_server_whose_database_does_not_answer_is_not_ready(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> list[str]:
        raise OSError

    monkeypatch.setattr(world.log, "boards", fail)
    assert code_of(world.client.get("/readyz")) == (503, "not_ready")


def test_answers_are_counted_by_route_and_status_and_not_by_id(world: World) -> None:
    world.get("/v1/jobs/one", Role.PLANNER)
    world.get("/v1/jobs/two", Role.PLANNER)
    counted = world.get("/metrics", Role.INTEGRATION)
    assert counted.headers["Content-Type"].startswith("text/plain")
    assert 'dispatch_requests_total{method="GET",route="/v1/jobs/{job}",status="404"} 2.0' in counted.text
    assert "dispatch_jobs_unfinished 0.0" in counted.text


def test_the_description_is_valid_and_is_not_sent_again_to_who_has_it(shared_world: World) -> None:
    answer = shared_world.get("/openapi.json", Role.TECHNICIAN)
    validate(answer.json())
    again = shared_world.get("/openapi.json", Role.TECHNICIAN, If_None_Match=answer.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_large_answers_are_compressed_for_who_takes_that(shared_world: World) -> None:
    plain, packed = (
        shared_world.get("/openapi.json", Accept_Encoding=encoding) for encoding in ("identity", "gzip, deflate")
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json()


def test_the_loopback_addresses_are_known() -> None:
    loopback = ["127.0.0.1", "127.1.2.3", "::1", "localhost"]
    others = ["0.0.0.0", "::", "192.168.0.1", "example.test"]
    assert [is_loopback(host) for host in (*loopback, *others)] == [True] * 4 + [False] * 4
