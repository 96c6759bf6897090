"""What every store of webhooks promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.webhooks.errors import WebhookUnknownError
from dispatch_engine.webhooks.hook import DeadLetter, Webhook, new_secret
from dispatch_engine.webhooks.sql_store import SqlWebhookStore
from dispatch_engine.webhooks.store import MemoryWebhookStore, WebhookStore
from tests.event_logs import DATABASES, fill, new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOON = datetime(2026, 3, 2, 12, 0, 0, 250_000, tzinfo=UTC)
LATER = NOON + timedelta(seconds=90)
HOOK = Webhook("h1", "north", "https://example.com/x", new_secret(), ("call_created",), NOON, "admin:1", 1)
DEAD = DeadLetter("h1", 2, 10, LATER, "the receiver answered with status 500")


@pytest.fixture(params=["memory", *DATABASES])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WebhookStore]:
    if request.param == "memory":
        yield MemoryWebhookStore()
        return
    with new_database(request, tmp_path) as database:
        for board in ("north", "south"):
            fill(SqlEventLog(database), 3, board)
        yield SqlWebhookStore(database)


def test_a_webhook_is_read_as_it_was_added(store: WebhookStore) -> None:
    store.add(HOOK)
    assert store.get("north", "h1") == HOOK


def test_the_text_of_a_webhook_does_not_hold_its_secret() -> None:
    assert HOOK.secret not in repr(HOOK)


@pytest.mark.parametrize(("board", "hook"), [("north", "h2"), ("south", "h1")])
def test_a_webhook_that_the_board_does_not_have_is_unknown(store: WebhookStore, board: str, hook: str) -> None:
    store.add(HOOK)
    with pytest.raises(WebhookUnknownError):
        store.get(board, hook)
    with pytest.raises(WebhookUnknownError):
        store.remove(board, hook)
    assert store.all() == [HOOK]


def test_webhooks_are_listed_by_id_of_one_board_or_all(store: WebhookStore) -> None:
    for name, board in (("h3", "north"), ("h1", "north"), ("h2", "south")):
        store.add(replace(HOOK, id=name, board=board))
    assert [hook.id for hook in store.all()] == ["h1", "h2", "h3"]
    assert [hook.id for hook in store.all("north")] == ["h1", "h3"]


def test_attempts_that_failed_are_kept_and_forgotten_once_one_works(store: WebhookStore) -> None:
    store.add(HOOK)
    failing = replace(HOOK, attempts=1, next_at=LATER, trouble="no answer", failing_since=NOON)
    store.postpone("h1", 1, NOON, LATER, "no answer")
    assert store.get("north", "h1") == failing
    store.postpone("h1", 2, LATER, LATER, "no answer")
    assert store.get("north", "h1") == replace(failing, attempts=2)
    store.settle("h1", 2)
    assert store.get("north", "h1") == replace(HOOK, revision=2)


def test_a_revision_that_is_given_up_leaves_a_dead_letter_and_the_next_one_comes(store: WebhookStore) -> None:
    store.add(HOOK)
    store.settle("h1", 2, DEAD)
    assert store.dead_letters("h1") == [DEAD]
    assert store.get("north", "h1") == replace(HOOK, revision=2, trouble=DEAD.trouble)


def test_dead_letters_are_listed_by_revision_one_of_each(store: WebhookStore) -> None:
    store.add(HOOK)
    again = replace(DEAD, attempts=11)
    for each in (replace(DEAD, revision=3), DEAD, again):
        store.keep_dead_letter(each)
    assert store.dead_letters("h1") == [again, replace(DEAD, revision=3)]
    store.remove_dead_letter("h1", 2)
    assert store.dead_letters("h1") == [replace(DEAD, revision=3)]


def test_a_webhook_goes_with_its_dead_letters_and_what_is_said_of_it_later_is_dropped(store: WebhookStore) -> None:
    store.add(HOOK)
    store.keep_dead_letter(DEAD)
    store.remove("north", "h1")
    store.settle("h1", 3, replace(DEAD, revision=3))
    store.keep_dead_letter(DEAD)
    store.postpone("h1", 1, NOON, LATER, "no answer")
    store.switch_off("h1", NOON, "no answer")
    assert store.all() == []
    assert store.dead_letters("h1") == []
    assert store.dead_letter_counts() == {}


def test_a_webhook_that_was_switched_off_is_as_if_nothing_had_failed_once_it_is_on(store: WebhookStore) -> None:
    store.add(HOOK)
    store.postpone("h1", 1, NOON, LATER, "no answer")
    store.switch_off("h1", LATER, "still none")
    kept = replace(HOOK, attempts=1, trouble="still none", failing_since=NOON, switched_off_at=LATER)
    assert store.get("north", "h1") == kept
    assert store.switch_on("north", "h1") == HOOK == store.get("north", "h1")
    with pytest.raises(WebhookUnknownError):
        store.switch_on("south", "h1")


def test_dead_letters_are_counted_by_webhook(store: WebhookStore) -> None:
    for name in ("h1", "h2"):
        store.add(replace(HOOK, id=name))
    store.keep_dead_letter(DEAD)
    store.keep_dead_letter(replace(DEAD, revision=3))
    assert {name: count for name, count in store.dead_letter_counts().items() if count} == {"h1": 2}
