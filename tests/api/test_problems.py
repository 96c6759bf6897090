"""Every error leaves as a problem document with a code."""

from __future__ import annotations

import pytest

from api.errors import RequestError
from api.settings import Settings
from api.statuses import STATUS_BY_CODE, status_of_class
from dispatch_engine.access.roles import Role
from dispatch_engine.board.errors import CallExistsError, CallNotThereError
from dispatch_engine.catalogue.entries import REQUESTS
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DispatchError
from dispatch_engine.errors_page import error_classes
from tests.api.world import World, code_of

JSON = {"Content-Type": "application/json"}


def send(world: World, body: bytes, **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return code_of(
        world.client.post("/v1/plan", content=body, headers={**world.headers(Role.PLANNER), **JSON, **named})
    )


def test_every_error_that_begins_a_family_has_its_status() -> None:
    families = {each.code for each in error_classes() if DispatchError in (each, *each.__bases__)}
    assert families - set(STATUS_BY_CODE) == set()


def test_the_table_of_statuses_has_no_code_that_there_is_not() -> None:
    assert set(STATUS_BY_CODE) - {each.code for each in error_classes()} - set(REQUESTS) == set()


def test_an_error_without_a_status_of_its_own_is_as_its_parent() -> None:
    assert (status_of_class(CallNotThereError), status_of_class(CallExistsError)) == (404, 409)


def test_each_error_of_a_request_is_in_the_catalogue() -> None:
    assert all(RequestError(code).advice.startswith("Maybe ") for code in REQUESTS)


@pytest.mark.parametrize("body", [b'{"version": 1,', b"nothing", b"[" * 100_000, b'{"a": 1} x', b""])
def test_what_is_no_json_is_a_bad_request(shared_world: World, body: bytes) -> None:
    assert send(shared_world, body) == (400, "document_faults")


@pytest.mark.parametrize("body", [b'{"id": "\xff"}', '{"id": "Münster"}'.encode("latin-1"), "{}".encode("utf-16")])
def test_another_encoding_than_utf_8_is_a_bad_request(shared_world: World, body: bytes) -> None:
    assert send(shared_world, body) == (400, "document_faults")


def test_a_document_with_faults_is_answered_with_all_of_them_and_their_places(shared_world: World) -> None:
    calls = [{"id": "C-1", "place": {"lat": 95, "lon": 0}, "duration": "PT1H"}, {"id": "C-1", "contract": "glod"}]
    answer = shared_world.post("/v1/plan", SAMPLE_DAY | {"calls": calls})
    assert code_of(answer) == (422, "document_faults")
    found = {(each["pointer"], each["code"]) for each in answer.json()["faults"]}
    assert {("/calls/0/place/lat", "out_of_range"), ("/calls/1/duration", "missing_field")} <= found
    assert all(each["rule"] and each["advice"].startswith("Maybe ") for each in answer.json()["faults"])


def test_faulty_parameters_are_answered_with_all_of_them(shared_world: World) -> None:
    answer = shared_world.post("/v1/plan?threads=0&seed=x&unknown=1", SAMPLE_DAY)
    assert code_of(answer) == (422, "parameter_faults")
    assert {each["pointer"] for each in answer.json()["faults"]} == {"/query/threads", "/query/seed", "/query/unknown"}


def test_a_path_that_leads_nowhere_is_not_found(shared_world: World) -> None:
    assert code_of(shared_world.get("/v2/plan")) == (404, "route_unknown")


def test_a_method_that_a_path_does_not_take_is_told_with_those_that_it_takes(shared_world: World) -> None:
    answer = shared_world.ask("PATCH", "/v1/jobs/1")
    assert code_of(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "DELETE, GET"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_is_not_sent_as_json_is_refused(shared_world: World, kind: str) -> None:
    assert send(shared_world, b"{}", Content_Type=kind) == (415, "media_type")


def test_a_compressed_body_is_refused(shared_world: World) -> None:
    assert send(shared_world, b"{}", Content_Encoding="gzip") == (415, "media_type")


def test_a_body_is_refused_by_the_length_that_it_states() -> None:
    world = World(Settings(max_body_bytes=1_024))
    with world.client:
        assert send(world, b" " * 1_025) == (413, "body_too_large")
        assert send(world, b" " * 1_024) == (400, "document_faults")


def test_a_body_that_does_not_state_its_length_is_refused_once_it_is_too_long() -> None:
    world = World(Settings(max_body_bytes=1_024))
    with world.client:
        headers = {**world.headers(Role.PLANNER), **JSON}
        answer = world.client.post("/v1/plan", content=(b" " * 100 for _ in range(20)), headers=headers)
        assert code_of(answer) == (413, "body_too_large")


def test_a_fault_of_the_program_tells_nothing_but_the_request_id(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> list[str]:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(world.app.state.services.boards, "names", fail)
    answer = world.get("/v1/boards", X_Request_Id="abc-1")
    assert code_of(answer) == (500, "internal")
    assert answer.json()["request_id"] == "abc-1"
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text
    assert "secret detail" in caplog.text


def test_a_request_id_of_the_client_is_given_back(shared_world: World) -> None:
    assert shared_world.get("/v1/boards", X_Request_Id="from-phone.7").headers["X-Request-Id"] == "from-phone.7"


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "<script>"])
def test_a_request_id_that_is_not_well_formed_is_replaced(shared_world: World, given: str) -> None:
    assert shared_world.get("/v1/boards", X_Request_Id=given).headers["X-Request-Id"] != given


def test_every_answer_has_the_headers_that_keep_browsers_from_harm(shared_world: World) -> None:
    for path in ("/healthz", "/nothing", "/v1/boards"):
        headers = shared_world.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
