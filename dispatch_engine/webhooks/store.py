"""Where webhooks are kept, and a store in memory for tests and tries."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from dispatch_engine.webhooks.errors import WebhookUnknownError

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.webhooks.hook import DeadLetter, Webhook


class WebhookStore(Protocol):
    """Keeps webhooks and their dead letters; safe to use from several threads, durable as far as the store is.

    What is said of a webhook that was deleted meanwhile is dropped, and so are its dead letters.
    """

    def add(self, hook: Webhook) -> None:
        """Keep a new webhook."""

    def get(self, board: str, hook: str) -> Webhook:
        """Return a webhook of a board.

        Raises
        ------
        WebhookUnknownError
        """

    def all(self, board: str | None = None) -> list[Webhook]:
        """Return the webhooks of a board, or of all, by id."""

    def remove(self, board: str, hook: str) -> None:
        """Forget a webhook and its dead letters.

        Raises
        ------
        WebhookUnknownError
        """

    def settle(self, hook: str, revision: int, dead: DeadLetter | None = None) -> None:
        """Go on after a revision: it was delivered, is not wanted, or was given up, which leaves a dead letter."""

    def postpone(self, hook: str, attempts: int, failed_at: datetime, next_at: datetime, trouble: str) -> None:
        """Keep that an attempt at the next revision has failed; the first one says since when the webhook fails."""

    def switch_off(self, hook: str, at: datetime, trouble: str) -> None:
        """Attempt nothing any more."""

    def switch_on(self, board: str, hook: str) -> Webhook:
        """Go on at once, as if nothing had failed; returns the webhook.

        Raises
        ------
        WebhookUnknownError
        """

    def dead_letter_counts(self) -> dict[str, int]:
        """Return how many dead letters the webhooks of all boards have, by id; those with none may be absent."""

    def dead_letters(self, hook: str) -> list[DeadLetter]:
        """Return the dead letters of a webhook, in the order of their revisions."""

    def keep_dead_letter(self, dead: DeadLetter) -> None:
        """Keep a dead letter in place of the one of the same revision."""

    def remove_dead_letter(self, hook: str, revision: int) -> None:
        """Forget a dead letter, if it is there."""


class MemoryWebhookStore:
    """Keeps webhooks as long as the process lives."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._hooks: dict[str, Webhook] = {}
        self._dead: dict[str, dict[int, DeadLetter]] = {}

    def add(self, hook: Webhook) -> None:
        """Keep a new webhook."""
        with self._lock:
            self._hooks[hook.id] = hook
            self._dead[hook.id] = {}

    def get(self, board: str, hook: str) -> Webhook:
        """Return a webhook of a board; see ``WebhookStore``."""
        found = self._hooks.get(hook)
        if found is None or found.board != board:
            raise WebhookUnknownError(board, hook)
        return found

    def all(self, board: str | None = None) -> list[Webhook]:
        """Return webhooks by id."""
        with self._lock:
            return [hook for _, hook in sorted(self._hooks.items()) if board in (None, hook.board)]

    def remove(self, board: str, hook: str) -> None:
        """Forget a webhook; see ``WebhookStore``."""
        with self._lock:
            self.get(board, hook)
            del self._hooks[hook], self._dead[hook]

    def settle(self, hook: str, revision: int, dead: DeadLetter | None = None) -> None:
        """Go on after a revision."""
        with self._lock:
            if (found := self._hooks.get(hook)) is None:
                return
            trouble = None if dead is None else dead.trouble
            self._hooks[hook] = replace(_calm(found), revision=revision, trouble=trouble)
            if dead is not None:
                self._dead[hook][dead.revision] = dead

    def postpone(self, hook: str, attempts: int, failed_at: datetime, next_at: datetime, trouble: str) -> None:
        """Keep that an attempt has failed."""
        with self._lock:
            if (found := self._hooks.get(hook)) is not None:
                since = found.failing_since or failed_at
                self._hooks[hook] = replace(
                    found, attempts=attempts, next_at=next_at, trouble=trouble, failing_since=since
                )

    def switch_off(self, hook: str, at: datetime, trouble: str) -> None:
        """Attempt nothing any more."""
        with self._lock:
            if (found := self._hooks.get(hook)) is not None:
                self._hooks[hook] = replace(found, next_at=None, trouble=trouble, switched_off_at=at)

    def switch_on(self, board: str, hook: str) -> Webhook:
        """Go on at once; see ``WebhookStore``."""
        with self._lock:
            self._hooks[hook] = _calm(self.get(board, hook))
            return self._hooks[hook]

    def dead_letter_counts(self) -> dict[str, int]:
        """Return how many dead letters there are by webhook."""
        with self._lock:
            return {hook: len(dead) for hook, dead in self._dead.items()}

    def dead_letters(self, hook: str) -> list[DeadLetter]:
        """Return the dead letters of a webhook."""
        with self._lock:
            return [dead for _, dead in sorted(self._dead.get(hook, {}).items())]

    def keep_dead_letter(self, dead: DeadLetter) -> None:
        """Keep a dead letter."""
        with self._lock:
            if dead.webhook in self._dead:
                self._dead[dead.webhook][dead.revision] = dead

    def remove_dead_letter(self, hook: str, revision: int) -> None:
        """Forget a dead letter."""
        with self._lock:
            self._dead.get(hook, {}).pop(revision, None)


def _calm(hook: Webhook) -> Webhook:
    """Return a webhook of which nothing has failed."""
    return replace(hook, attempts=0, next_at=None, trouble=None, failing_since=None, switched_off_at=None)
