"""The thread that tells webhooks of what is in the log, in order, until they have taken it.

A revision that a receiver does not take, while it takes others, becomes a dead letter. A receiver that takes nothing is
waited for: the log keeps what it misses. After long enough its webhook is switched off, and somebody has to look.
"""

from __future__ import annotations

import logging
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from dispatch_engine.clock import now_at
from dispatch_engine.errors import DispatchError
from dispatch_engine.service.background import Background
from dispatch_engine.webhooks.backoff import Backoff
from dispatch_engine.webhooks.errors import WebhookUnknownError
from dispatch_engine.webhooks.hook import DeadLetter, HookStatus
from dispatch_engine.webhooks.messages import revision_message, trial_message

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.webhooks.hook import Webhook
    from dispatch_engine.webhooks.sending import Sender
    from dispatch_engine.webhooks.store import WebhookStore

LOOK_S = 0.25
"""So often it is looked whether there is anything to tell."""

AT_ONCE = 8
"""So many webhooks are told at the same time; a slow one holds up no other as long as fewer are slow."""

BATCH = 50
"""After so many revisions a webhook lets others have its place."""

GONE = 410
"""With this status a receiver says that it is gone for good."""

logger = logging.getLogger(__name__)


class Deliverer(Background):
    """Delivers at least once: what was taken but not noted, because the process died, is sent again with its id.

    Of several processes one tells a webhook; another takes over when that one ends.

    Parameters
    ----------
    store, log
        Who is told; of what.
    sender
        Attempts.
    backoff
        How long to wait between attempts, and how many there are.
    clock
        The present moment, aware. Not that of the boards: receivers live in the present.
    chance
        Numbers in [0, 1).
    """

    def __init__(
        self,
        store: WebhookStore,
        log: EventLog,
        sender: Sender,
        backoff: Backoff | None = None,
        clock: Callable[[], datetime] = now_at,
        chance: Callable[[], float] = random.random,
    ) -> None:
        super().__init__("deliverer")
        self._store, self._log, self._sender = store, log, sender
        self._backoff, self._clock, self._chance = backoff or Backoff(), clock, chance
        self._pool = ThreadPoolExecutor(AT_ONCE, "webhook")
        self._under_way: dict[str, Future[None]] = {}

    def stop(self) -> None:
        """End, and wait for the attempts that are under way."""
        super().stop()
        self._pool.shutdown(cancel_futures=True)

    def _turn(self) -> float:
        """Begin to tell all who are behind."""
        self._under_way = {hook: each for hook, each in self._under_way.items() if not each.done()}
        for hook in self._store.all():
            if hook.id not in self._under_way and self._is_due(hook):
                self._under_way[hook.id] = self._pool.submit(self._tell, hook)
        return LOOK_S

    def _is_due(self, hook: Webhook) -> bool:
        if hook.status is HookStatus.OFF:
            return False
        if hook.next_at is not None and hook.next_at > self._clock():
            return False
        return self._log.head(hook.board).revision > hook.revision

    def _tell(self, hook: Webhook) -> None:
        """Tell a webhook of what is new, as the only one in all processes."""
        try:
            with self._log.lead(hook.board, f"webhook {hook.id}") as is_leader:
                if is_leader:
                    self._catch_up(self._store.get(hook.board, hook.id))
        except WebhookUnknownError:
            return  # it was deleted meanwhile
        except DispatchError:
            logger.exception("telling a webhook failed", extra={"board": hook.board, "webhook": hook.id})

    def _catch_up(self, hook: Webhook) -> None:
        if not self._is_due(hook):
            return  # another process told it meanwhile
        skipped = None
        for entry in islice(self._log.read(hook.board, hook.revision), BATCH):
            if self._stopping.is_set():
                break
            if not hook.wants(entry):
                skipped = entry.revision
                continue
            skipped = None
            if not self._delivered(hook, entry):
                return
            hook = self._store.get(hook.board, hook.id)
        if skipped is not None:
            self._store.settle(hook.id, skipped)

    def _delivered(self, hook: Webhook, entry: Entry) -> bool:
        """Attempt once; returns whether to go on with the next revision."""
        outcome = self._sender.send(hook, revision_message(hook, entry))
        if outcome.trouble is None:
            self._store.settle(hook.id, entry.revision)
            return True
        return self._failed(hook, entry, outcome.status, outcome.trouble)

    def _failed(self, hook: Webhook, entry: Entry, status: int | None, trouble: str) -> bool:
        """Note that an attempt was in vain; returns whether to go on with the next revision."""
        failed, at = hook.attempts + 1, self._clock()
        about = {"board": hook.board, "webhook": hook.id, "revision": entry.revision, "attempts": failed}
        logger.warning("a webhook was told in vain: %s", trouble, extra=about)
        if status == GONE or at - (hook.failing_since or at) >= timedelta(seconds=self._backoff.off_after_s):
            logger.error("a webhook is switched off: %s", trouble, extra=about)
            self._store.switch_off(hook.id, at, trouble)
            return False
        if failed >= self._backoff.attempts and self._takes_others(hook):
            self._store.settle(hook.id, entry.revision, DeadLetter(hook.id, entry.revision, failed, at, trouble))
            return True
        wait = timedelta(seconds=self._backoff.wait_s(failed, self._chance()))
        self._store.postpone(hook.id, failed, at, at + wait, trouble)
        return False

    def _takes_others(self, hook: Webhook) -> bool:
        """Whether a receiver is there and only this revision is more than it can take."""
        return self._sender.send(hook, trial_message(hook, self._clock())).trouble is None
