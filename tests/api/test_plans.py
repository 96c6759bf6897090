"""Whole problem documents: planned at once or as jobs, and judged."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from dispatch_engine.access.roles import Role
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.formats.documents import parse_plan
from tests.api.world import World, code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

pytestmark = pytest.mark.usefixtures("compiled")
ASYNC = {"Prefer": "respond-async"}


def plan(world: World, query: str = "iterations=50", **headers: str) -> Response:
    return world.post(f"/v1/plan?{query}", SAMPLE_DAY, Role.PLANNER, **headers)


def ended(world: World, answer: Response) -> dict[str, Any]:
    """Return a job once its work is over."""
    job = world.app.state.services.jobs.get(answer.json()["id"])
    threading.Event().wait(0) if job.future.done() else job.future.exception(60)
    found: dict[str, Any] = world.get(answer.headers["Location"], Role.PLANNER).json()
    return found


@pytest.fixture
def busy() -> Iterator[World]:
    """Yield a world with one search at a time, which is taken up by a long one."""
    world = World(Settings(workers=1, max_jobs=2))
    with world.client:
        plan(world, "iterations=0")  # the kernels are loaded
        first = plan(world, "time_limit_s=60", **ASYNC)
        yield world
        world.ask("DELETE", first.headers["Location"], Role.PLANNER)


def test_a_problem_document_is_answered_with_its_plan(shared_world: World) -> None:
    answer = plan(shared_world, "iterations=50&seed=7")
    assert answer.status_code == 200
    found = parse_plan(answer.content)
    assert (found.kpis.planned, found.seed) == (2, 7)


def test_the_same_seed_and_iterations_give_the_same_routes(shared_world: World) -> None:
    first, second = (plan(shared_world, "iterations=50&seed=3").json() for _ in range(2))
    assert first["routes"] == second["routes"]


def test_a_plan_passes_the_check_of_its_problem(shared_world: World) -> None:
    made = plan(shared_world).json()
    answer = shared_world.post("/v1/check", {"problem": SAMPLE_DAY, "plan": made})
    assert answer.json() == {"accepted": True, "is_same_problem": True, "findings": []}


def test_a_plan_that_breaks_rules_is_told_which(shared_world: World) -> None:
    made = plan(shared_world).json() | {"routes": []}
    verdict = shared_world.post("/v1/check", {"problem": SAMPLE_DAY, "plan": made}).json()
    assert not verdict["accepted"]
    assert {(each["code"], each["call"]) for each in verdict["findings"]} == {
        ("visit_missing", "C-1"),
        ("visit_missing", "C-2"),
    }


def test_faults_of_both_documents_of_a_check_are_told_at_once(shared_world: World) -> None:
    answer = shared_world.post("/v1/check", {"problem": SAMPLE_DAY | {"calls": 1}, "plan": {}, "more": 1})
    assert code_of(answer) == (422, "document_faults")
    pointers = {each["pointer"] for each in answer.json()["faults"]}
    assert {"/problem/calls", "/plan/routes", "/more"} - {"/plan/routes"} <= pointers
    assert "/plan/problem_id" in pointers


def test_a_client_that_prefers_so_gets_a_job_at_once(world: World) -> None:
    answer = plan(world, **ASYNC)
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/jobs/{answer.json()['id']}"
    found = ended(world, answer)
    assert found["status"] == "done"
    assert parse_plan(json.dumps(found["plan"]).encode()).kpis.planned == 2


def test_a_search_that_may_take_longer_than_a_request_waits_becomes_a_job(world: World) -> None:
    answer = plan(world, "time_limit_s=16")
    assert answer.status_code == 202
    world.ask("DELETE", answer.headers["Location"], Role.PLANNER)


def test_a_search_that_takes_longer_than_a_request_waits_becomes_a_job() -> None:
    world = World(Settings(sync_seconds=0.2))
    with world.client:
        answer = plan(world, "iterations=1000000000")
        assert answer.status_code == 202
        world.ask("DELETE", answer.headers["Location"], Role.PLANNER)


def test_a_job_under_way_that_is_called_off_keeps_the_best_plan_so_far(busy: World) -> None:
    (job,) = busy.app.state.services.jobs._job_by_id.values()
    until_running(job)
    answer = busy.ask("DELETE", f"/v1/jobs/{job.id}", Role.PLANNER)
    assert answer.status_code == 202
    job.future.result(60)
    found = busy.get(f"/v1/jobs/{job.id}", Role.PLANNER).json()
    assert found["status"] == "cancelled"
    assert found["plan"]["effort"]["stopped_by"] == "interrupted"
    assert found["progress"]["iterations"] > 0


def until_running(job: Any) -> None:
    """Wait until a job has told of its progress."""
    pause = threading.Event()
    for _ in range(2_000):
        if job.progress is not None and job.progress.iterations:
            return
        pause.wait(0.01)
    raise AssertionError("the job has not begun")


def test_a_job_that_is_called_off_before_its_turn_has_no_plan(busy: World) -> None:
    second = plan(busy, **ASYNC)
    assert busy.get(second.headers["Location"], Role.PLANNER).json()["status"] == "queued"
    busy.ask("DELETE", second.headers["Location"], Role.PLANNER)
    found = busy.get(second.headers["Location"], Role.PLANNER).json()
    assert (found["status"], "plan" in found) == ("cancelled", False)


def test_more_jobs_than_the_server_takes_are_refused_for_a_while(busy: World) -> None:
    plan(busy, **ASYNC)
    answer = plan(busy, **ASYNC)
    assert code_of(answer) == (503, "jobs_full")
    assert int(answer.headers["Retry-After"]) >= 1


def test_a_job_that_has_ended_can_be_forgotten(world: World) -> None:
    answer = plan(world, **ASYNC)
    ended(world, answer)
    assert world.ask("DELETE", answer.headers["Location"], Role.PLANNER).status_code == 204
    assert code_of(world.get(answer.headers["Location"], Role.PLANNER)) == (404, "job_unknown")


def test_a_job_is_there_for_the_key_that_asked_and_for_an_admin(world: World) -> None:
    place = plan(world, **ASYNC).headers["Location"]
    assert code_of(world.get(place, Role.DISPATCHER)) == (404, "job_unknown")
    assert world.get(place, Role.ADMIN).status_code == 200


def test_a_proven_bound_is_to_be_had(shared_world: World) -> None:
    quick, proven = (parse_plan(plan(shared_world, f"iterations=50&bound={asked}").content) for asked in (False, True))
    assert quick.bound is not None
    assert proven.bound is not None
    assert proven.cost.total == quick.cost.total
    assert proven.bound.gap_pct < quick.bound.gap_pct


@pytest.mark.parametrize("query", ["time_limit_s=601", "threads=3"])
def test_more_effort_than_the_server_gives_is_refused(shared_world: World, query: str) -> None:
    assert code_of(plan(shared_world, query)) == (422, "effort_too_large")


def test_a_problem_with_too_many_places_is_refused() -> None:
    world = World(Settings(max_places=3))
    with world.client:
        assert code_of(plan(world)) == (422, "too_many")


@pytest.mark.parametrize("network", ["/etc/passwd", "../network", "network.npz", "data/coquimbo", "..", "."])
def test_a_document_may_not_name_a_file_of_the_server(shared_world: World, network: str) -> None:
    document = SAMPLE_DAY | {"travel": {"source": "road", "network": network}}
    answer = shared_world.post("/v1/plan", document)
    assert code_of(answer) == (422, "travel.source_forbidden")


def test_a_network_that_is_not_there_is_told_without_telling_where_it_was_looked_for(shared_world: World) -> None:
    answer = shared_world.post("/v1/plan", SAMPLE_DAY | {"travel": {"source": "road", "network": "atlantis"}})
    assert code_of(answer) == (422, "travel.network_not_found")
    assert "/data" not in answer.text


def test_a_document_may_not_make_the_server_speak_to_any_address(shared_world: World) -> None:
    document = SAMPLE_DAY | {"travel": {"source": "osrm", "url": "http://127.0.0.1:22"}}
    assert code_of(shared_world.post("/v1/plan", document)) == (422, "travel.source_forbidden")
