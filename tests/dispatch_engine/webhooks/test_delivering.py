"""What a webhook gets, whatever becomes of its receiver."""

from __future__ import annotations

import logging
import threading
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.event_log.opening import open_database
from dispatch_engine.event_log.sql.log import SqlEventLog
from dispatch_engine.event_log.sql.migrating import upgrade
from dispatch_engine.webhooks.backoff import Backoff
from dispatch_engine.webhooks.deliverer import Deliverer
from dispatch_engine.webhooks.errors import DeadLetterUnknownError
from dispatch_engine.webhooks.hook import HookStatus
from dispatch_engine.webhooks.registry import Webhooks
from dispatch_engine.webhooks.sending import Sender
from dispatch_engine.webhooks.sql_store import SqlWebhookStore
from dispatch_engine.webhooks.store import MemoryWebhookStore
from tests.event_logs import DATABASES, draft, fill, new_url
from tests.webhook_receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.webhooks.hook import Webhook
    from dispatch_engine.webhooks.store import WebhookStore

QUICK = Backoff(first_s=0.01, longest_s=0.02, attempts=3)
WAIT_S = 30.0


@contextmanager
def telling(
    store: WebhookStore,
    log: EventLog,
    backoff: Backoff = QUICK,
    timeout_s: float = 5.0,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),  # noqa: TID251 # waits of milliseconds end
) -> Iterator[Deliverer]:
    deliverer = Deliverer(store, log, Sender(timeout_s=timeout_s), backoff, clock)
    deliverer.start()
    try:
        yield deliverer
    finally:
        deliverer.stop()


@pytest.fixture
def log() -> MemoryEventLog:
    made = MemoryEventLog()
    fill(made, 2)
    return made


@pytest.fixture
def hooks(log: MemoryEventLog) -> Webhooks:
    return Webhooks(MemoryWebhookStore(), log, Sender())


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(int(WAIT_S / 0.01)):
        if is_so():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not come to that")


def wait_for_revision(hooks: Webhooks, hook: Webhook, revision: int) -> None:
    wait_until(lambda: hooks.store.get("north", hook.id).revision >= revision)


def test_a_webhook_gets_every_revision_after_it_was_made_in_order(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving() as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1")
        fill(log, 60)
        wait_for_revision(hooks, hook, 62)
        assert receiver.revisions == list(range(3, 63))


def test_a_webhook_gets_what_came_after_the_revision_that_it_names(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving() as receiver, telling(hooks.store, log):
        wait_for_revision(hooks, hooks.create("north", receiver.url, "admin:1", after=0), 2)
        assert receiver.revisions == [1, 2]


def test_a_webhook_gets_only_revisions_with_events_that_it_asked_for(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving() as receiver, telling(hooks.store, log):
        wanted = hooks.create("north", receiver.url, "admin:1", ("call_reported",))
        other = hooks.create("north", receiver.url, "admin:1", ("call_cancelled",))
        fill(log, 1)
        for each in (wanted, other):
            wait_for_revision(hooks, each, 3)
        assert receiver.revisions == [3]


def test_a_revision_that_is_not_taken_comes_again_with_its_id_before_the_next(
    log: MemoryEventLog, hooks: Webhooks
) -> None:
    with receiving(lambda number: 500 if number <= 2 else 200) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=0)
        wait_for_revision(hooks, hook, 2)
        assert receiver.revisions == [1, 1, 1, 2]
        assert len({headers["webhook-id"] for headers, _ in receiver.requests}) == 2
        assert hooks.store.get("north", hook.id).trouble is None


def test_what_is_given_up_is_a_dead_letter_that_can_be_sent_again(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(poison={2: 4}) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=1)
        wait_for_revision(hooks, hook, 2)
        (dead,) = hooks.dead_letters("north", hook.id)
        assert (dead.revision, dead.attempts, dead.trouble) == (2, 3, "the receiver answered with status 500")
        assert not hooks.resend("north", hook.id, 2).is_delivered
        assert [each.attempts for each in hooks.dead_letters("north", hook.id)] == [4]
        assert hooks.resend("north", hook.id, 2).is_delivered
        assert hooks.dead_letters("north", hook.id) == []
        assert receiver.revisions == [2] * 5
        with pytest.raises(DeadLetterUnknownError):
            hooks.resend("north", hook.id, 2)


def test_a_redirect_is_not_followed(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(lambda _: 307) as receiver:
        outcome = hooks.test("north", hooks.create("north", receiver.url, "admin:1").id)
    assert (outcome.status, outcome.is_delivered, len(receiver.requests)) == (307, False, 1)


def test_a_receiver_that_does_not_answer_in_time_is_told_again(log: MemoryEventLog, hooks: Webhooks) -> None:
    answer = lambda number: 0 if number == 1 else 204  # noqa: E731 # 0: waits for the test
    with receiving(answer) as receiver, telling(hooks.store, log, timeout_s=0.2):
        hook = hooks.create("north", receiver.url, "admin:1", after=1)
        wait_for_revision(hooks, hook, 2)
        assert receiver.revisions == [2, 2]


def test_a_slow_receiver_holds_up_no_other(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(lambda _: 0) as slow, receiving() as quick, telling(hooks.store, log, timeout_s=30):
        hooks.create("north", slow.url, "admin:1", after=0)
        slow.wait_for(1)
        hook = hooks.create("north", quick.url, "admin:1", after=0)
        wait_for_revision(hooks, hook, 2)
        assert slow.revisions == [1]
        slow.release.set()


def test_a_receiver_that_was_dead_gets_what_it_missed(log: MemoryEventLog, hooks: Webhooks) -> None:
    with telling(hooks.store, log):
        with receiving() as receiver:
            hook = hooks.create("north", receiver.url, "admin:1", after=1)
            wait_for_revision(hooks, hook, 2)
        fill(log, 5)
        wait_until(lambda: hooks.store.get("north", hook.id).attempts >= 2 * QUICK.attempts)
        away = hooks.state("north", hook.id)
        assert "cannot be reached" in str(away.hook.trouble)
        assert (away.hook.status, away.behind, away.dead_letters) == (HookStatus.FAILING, 5, 0)
        assert away.failing_s > 0
        with receiving(port=receiver.port) as again:
            wait_for_revision(hooks, hook, 7)
            assert again.revisions == [3, 4, 5, 6, 7]
        back = hooks.state("north", hook.id)
        assert (back.hook.status, back.behind, back.failing_s) == (HookStatus.ACTIVE, 0, 0.0)


def test_a_receiver_that_refuses_everything_costs_no_revision(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(lambda number: 500 if number <= 20 else 204) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=0)
        wait_for_revision(hooks, hook, 2)
        assert hooks.dead_letters("north", hook.id) == []
        assert set(receiver.revisions[:-1]) == {1}
        assert receiver.revisions[-1] == 2


def test_a_webhook_whose_receiver_is_away_for_too_long_is_switched_off_until_somebody_switches_it_on(
    log: MemoryEventLog, hooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    with receiving() as receiver:
        pass  # its port is known, and nobody listens
    with telling(hooks.store, log, replace(QUICK, off_after_s=0.3)):
        hook = hooks.create("north", receiver.url, "admin:1", after=0)
        wait_until(lambda: hooks.store.get("north", hook.id).status is HookStatus.OFF)
        assert "a webhook is switched off" in [line.getMessage().partition(":")[0] for line in caplog.records]
        with receiving(port=receiver.port) as again:
            other = hooks.create("north", again.url, "admin:1", after=1)
            wait_for_revision(hooks, other, 2)
            assert again.revisions == [2]
            on = hooks.switch_on("north", hook.id)
            assert (on.hook.status, on.behind) == (HookStatus.ACTIVE, 2)
            wait_for_revision(hooks, hook, 2)
            assert again.revisions == [2, 1, 2]


def test_a_receiver_that_says_it_is_gone_is_believed_at_once(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(lambda _: 410) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=0)
        wait_until(lambda: hooks.store.get("north", hook.id).status is HookStatus.OFF)
        assert receiver.revisions == [1]
        assert hooks.dead_letters("north", hook.id) == []


def test_a_webhook_that_was_deleted_gets_nothing_more(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving(lambda number: 0 if number == 1 else 204) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=0)
        receiver.wait_for(1)
        hooks.store.remove("north", hook.id)
        receiver.release.set()
        last = hooks.create("north", receiver.url, "admin:1", after=1)
        wait_for_revision(hooks, last, 2)
        assert receiver.revisions == [1, 2]


def test_of_several_deliverers_one_tells(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving() as receiver, telling(hooks.store, log), telling(hooks.store, log), telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1")
        for _ in range(5):
            fill(log, 10)
            wait_for_revision(hooks, hook, log.head("north").revision)
        assert receiver.revisions == list(range(3, 53))


@pytest.mark.parametrize("kind", DATABASES)
def test_a_restart_goes_on_where_it_was_and_keeps_dead_letters(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = new_url(kind, tmp_path, request.getfixturevalue("postgres") if kind == "postgresql" else None)
    with receiving(poison={1: 3}) as receiver:
        with closing(open_database(url, create=True)) as database:
            upgrade(database)
            log = SqlEventLog(database)
            fill(log, 3)
            hooks = Webhooks(SqlWebhookStore(database), log, Sender())
            hook = hooks.create("north", receiver.url, "admin:1", after=0)
            with telling(hooks.store, log):
                wait_for_revision(hooks, hook, 3)
            fill(log, 2)
        with closing(open_database(url, create=False)) as database:
            log = SqlEventLog(database)
            hooks = Webhooks(SqlWebhookStore(database), log, Sender())
            with telling(hooks.store, log):
                wait_for_revision(hooks, hook, 5)
            assert [each.revision for each in hooks.dead_letters("north", hook.id)] == [1]
            assert receiver.revisions == [1, 1, 1, 2, 3, 4, 5]


def test_the_secret_stands_in_no_log_line(
    log: MemoryEventLog, hooks: Webhooks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with receiving(poison={2: 3}) as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1", after=1)
        wait_for_revision(hooks, hook, 2)
    said = [str(vars(record)) for record in caplog.records]
    assert any("told in vain" in line for line in said)
    assert not any(hook.secret in line or hook.secret.removeprefix("whsec_") in line for line in said)


def test_text_that_is_not_ascii_arrives_as_it_is(log: MemoryEventLog, hooks: Webhooks) -> None:
    with receiving() as receiver, telling(hooks.store, log):
        hook = hooks.create("north", receiver.url, "admin:1")
        log.append("north", 2, draft(2, {"note": "Ü – 電梯"}))
        wait_for_revision(hooks, hook, 3)
        assert "Ü – 電梯" in receiver.requests[0][1].decode()
