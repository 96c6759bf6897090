"""Webhooks over HTTP."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from dispatch_engine.access.roles import Role
from tests.api.world import NEW_CALL, World, code_of
from tests.webhook_receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Callable

HOOKS = "/v1/boards/north/webhooks"
ABSENT = "/v1/boards/north/webhooks/nobody"


def create(world: World, url: str, **more: Any) -> dict[str, Any]:
    answer = world.post(HOOKS, {"url": url, **more}, Role.INTEGRATION)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def verifier() -> Callable[[dict[str, str], bytes, str], dict[str, Any]]:
    """Return the function of the example in docs/api.md."""
    page = (Path(__file__).parents[2] / "docs/api.md").read_text()
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(example, names)
    found: Callable[[dict[str, str], bytes, str], dict[str, Any]] = names["verified"]
    return found


def test_a_new_call_reaches_a_webhook_and_the_example_of_the_page_verifies_it(board: World) -> None:
    with receiving() as receiver:
        made = create(board, receiver.url, event_types=["call_created"])
        board.post("/v1/boards/north/calls", NEW_CALL)
        receiver.wait_for(1)
        headers, body = receiver.requests[0]
    message = verifier()(headers, body, made["secret"])
    assert message["type"] == "board.revision"
    entries = board.get("/v1/boards/north/events?limit=1000").json()["items"]
    assert message["data"] in entries


@pytest.mark.parametrize("name", ["webhook-signature", "webhook-id", "webhook-timestamp"])
def test_the_example_of_the_page_refuses_what_was_not_signed(board: World, name: str) -> None:
    with receiving() as receiver:
        made = create(board, receiver.url)
        board.post(f"{HOOKS}/{made['id']}/test", None, Role.INTEGRATION)
        headers, body = receiver.requests[0]
    verify = verifier()
    verify(headers, body, made["secret"])
    with pytest.raises(ValueError, match=r"signature|old"):
        verify(headers, body + b" ", made["secret"])
    with pytest.raises(ValueError, match=r"signature|old"):
        verify(headers | {name: "1"}, body, made["secret"])


def test_the_secret_is_shown_once(board: World) -> None:
    made = create(board, "https://hooks.example/hook")
    shown = {key: value for key, value in made.items() if key != "secret"}
    assert board.get(HOOKS, Role.INTEGRATION).json() == {"items": [shown], "next": None}
    assert board.get(f"{HOOKS}/{made['id']}", Role.INTEGRATION).json() == shown


def test_a_test_tells_what_became_of_it(board: World) -> None:
    with receiving(lambda number: 204 if number == 1 else 503) as receiver:
        path = f"{HOOKS}/{create(board, receiver.url)['id']}/test"
        good, bad = (board.post(path, None, Role.INTEGRATION).json() for _ in range(2))
    gone = board.post(path, None, Role.INTEGRATION).json()
    assert (good["delivered"], good["status"], good["trouble"]) == (True, 204, None)
    assert (bad["delivered"], bad["status"]) == (False, 503)
    assert (gone["delivered"], gone["status"]) == (False, None)


def test_a_receiver_that_is_away_is_seen_at_the_webhook_and_in_the_figures(board: World) -> None:
    with receiving() as receiver:
        pass  # its port is known, and nobody listens
    made = create(board, receiver.url, after=0)
    path, labels = f"{HOOKS}/{made['id']}", f'{{board="north",webhook="{made["id"]}"}}'
    assert (made["status"], made["behind"], made["dead_letters"]) == ("active", 1, 0)
    until(lambda: board.get(path, Role.INTEGRATION).json()["status"] == "failing")
    figures = board.get("/metrics", Role.INTEGRATION).text
    assert f"dispatch_webhook_behind_revisions{labels} 1.0" in figures
    assert f"dispatch_webhook_off{labels} 0.0" in figures
    assert f"dispatch_webhook_dead_letters{labels} 0.0" in figures
    failing = re.compile(rf"dispatch_webhook_failing_seconds{re.escape(labels)} [1-9]")
    until(lambda: bool(failing.search(board.get("/metrics", Role.INTEGRATION).text)))


def test_a_webhook_that_is_off_is_switched_on(board: World) -> None:
    with receiving(lambda number: 410 if number == 1 else 204) as receiver:
        path = f"{HOOKS}/{create(board, receiver.url, after=0)['id']}"
        until(lambda: board.get(path, Role.INTEGRATION).json()["status"] == "off")
        assert re.search(r"dispatch_webhook_off\{.*\} 1.0", board.get("/metrics", Role.INTEGRATION).text)
        on = board.post(f"{path}/switch-on", None, Role.INTEGRATION).json()
        assert (on["status"], on["switched_off_at"], on["trouble"]) == ("active", None, None)
        until(lambda: board.get(path, Role.INTEGRATION).json()["behind"] == 0)


def until(is_so: Callable[[], bool]) -> None:
    for _ in range(1_000):
        if is_so():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not come about")


def test_a_deleted_webhook_is_gone(board: World) -> None:
    path = f"{HOOKS}/{create(board, 'https://hooks.example/hook')['id']}"
    assert board.ask("DELETE", path, Role.INTEGRATION).status_code == 204
    assert code_of(board.get(path, Role.INTEGRATION)) == (404, "webhook_unknown")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ABSENT),
        ("DELETE", ABSENT),
        ("POST", f"{ABSENT}/test"),
        ("POST", f"{ABSENT}/switch-on"),
        ("GET", f"{ABSENT}/dead-letters"),
        ("POST", f"{ABSENT}/dead-letters/1/resend"),
    ],
)
def test_what_is_asked_of_a_webhook_that_is_not_there_is_refused(board: World, method: str, path: str) -> None:
    assert code_of(board.ask(method, path, Role.INTEGRATION)) == (404, "webhook_unknown")


def test_a_dead_letter_that_is_not_there_is_not_sent_again(board: World) -> None:
    path = f"{HOOKS}/{create(board, 'https://hooks.example/hook')['id']}/dead-letters"
    assert board.get(path, Role.INTEGRATION).json() == {"items": [], "next": None}
    assert code_of(board.post(f"{path}/1/resend", None, Role.INTEGRATION)) == (404, "dead_letter_unknown")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"url": "http://example.com/"}, (422, "webhook_url")),
        ({"url": "https://hooks.example/", "event_types": ["nonsense"]}, (422, "document_faults")),
        ({"url": "https://hooks.example/", "after": 99}, (404, "revision_unknown")),
        ({}, (422, "document_faults")),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(board: World, body: dict[str, Any], expected: tuple[int, str]) -> None:
    assert code_of(board.post(HOOKS, body, Role.INTEGRATION)) == expected
    assert board.get(HOOKS, Role.INTEGRATION).json()["items"] == []


def test_a_board_has_only_so_many_webhooks(compiled: None) -> None:
    world = World(Settings(max_webhooks=1))
    with world.client:
        world.open_board()
        create(world, "https://hooks.example/1")
        answer = world.post(HOOKS, {"url": "https://hooks.example/2"}, Role.INTEGRATION)
        assert code_of(answer) == (409, "webhooks_full")


def test_a_board_that_is_not_there_has_no_webhooks(shared_world: World) -> None:
    assert code_of(shared_world.get(HOOKS, Role.INTEGRATION)) == (404, "board_not_open")
