"""What people ask of webhooks: to have one, to try it, to see what it missed and send that again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dispatch_engine.board.errors import RevisionUnknownError
from dispatch_engine.clock import now_at
from dispatch_engine.webhooks.addresses import require_address
from dispatch_engine.webhooks.errors import DeadLetterUnknownError, WebhooksFullError
from dispatch_engine.webhooks.hook import Webhook, new_id, new_secret
from dispatch_engine.webhooks.messages import revision_message, trial_message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.webhooks.hook import DeadLetter
    from dispatch_engine.webhooks.sending import Outcome, Sender
    from dispatch_engine.webhooks.store import WebhookStore


@dataclass(frozen=True)
class HookState:
    """How it is with a webhook.

    Attributes
    ----------
    hook
        As it is kept.
    behind
        Revisions of the board that are still to come, those included that it does not want.
    dead_letters
        How many.
    failing_s
        Seconds since the receiver began to take nothing; 0: it takes what comes.
    """

    hook: Webhook
    behind: int
    dead_letters: int
    failing_s: float


class Webhooks:
    """The webhooks of all boards.

    Parameters
    ----------
    store, log
        Where they are kept; of what they are told.
    sender
        Attempts.
    most
        So many a board may have.
    clock
        The present moment, aware.
    """

    def __init__(
        self,
        store: WebhookStore,
        log: EventLog,
        sender: Sender,
        most: int = 20,
        clock: Callable[[], datetime] = now_at,
    ) -> None:
        self.store, self.log, self.sender = store, log, sender
        self._most, self._clock = most, clock

    def create(
        self, board: str, url: str, actor: str, event_types: tuple[str, ...] = (), after: int | None = None
    ) -> Webhook:
        """Make a webhook of a board that is told of all that comes after a revision, or after now.

        Raises
        ------
        WebhookUrlError, WebhooksFullError
            The address may not be called; the board has enough.
        RevisionUnknownError
            The board was not at that revision yet.
        """
        require_address(url, self.sender.allowed_hosts)
        if len(self.store.all(board)) >= self._most:
            raise WebhooksFullError(board, self._most)
        head = self.log.head(board).revision
        if after is not None and after > head:
            raise RevisionUnknownError(board, after, head)
        hook = Webhook(
            id=new_id(),
            board=board,
            url=url,
            secret=new_secret(),
            event_types=event_types,
            created_at=self._clock(),
            created_by=actor,
            revision=head if after is None else after,
        )
        self.store.add(hook)
        return hook

    def switch_on(self, board: str, hook: str) -> HookState:
        """Tell a webhook again, from where it was, at once.

        Raises
        ------
        WebhookUnknownError
        """
        return self._state(self.store.switch_on(board, hook), self.store.dead_letter_counts())

    def state(self, board: str, hook: str) -> HookState:
        """Return how it is with a webhook.

        Raises
        ------
        WebhookUnknownError
        """
        return self._state(self.store.get(board, hook), self.store.dead_letter_counts())

    def states(self, board: str | None = None) -> list[HookState]:
        """Return how it is with the webhooks of a board, or of all, by id."""
        counts = self.store.dead_letter_counts()
        return [self._state(hook, counts) for hook in self.store.all(board)]

    def _state(self, hook: Webhook, counts: Mapping[str, int]) -> HookState:
        failing_s = 0.0 if hook.failing_since is None else (self._clock() - hook.failing_since).total_seconds()
        behind = self.log.head(hook.board).revision - hook.revision
        return HookState(hook, behind, counts.get(hook.id, 0), max(0.0, failing_s))

    def test(self, board: str, hook: str) -> Outcome:
        """Send a word to a webhook at once, once.

        Raises
        ------
        WebhookUnknownError
        """
        found = self.store.get(board, hook)
        return self.sender.send(found, trial_message(found, self._clock()))

    def dead_letters(self, board: str, hook: str) -> list[DeadLetter]:
        """Return what a webhook was told in vain, in the order of the revisions.

        Raises
        ------
        WebhookUnknownError
        """
        return self.store.dead_letters(self.store.get(board, hook).id)

    def resend(self, board: str, hook: str, revision: int) -> Outcome:
        """Attempt a dead letter once more, at once; it is forgotten once it is delivered.

        Raises
        ------
        WebhookUnknownError, DeadLetterUnknownError
        """
        found = self.store.get(board, hook)
        dead = next((each for each in self.store.dead_letters(hook) if each.revision == revision), None)
        if dead is None:
            raise DeadLetterUnknownError(hook, revision)
        (entry,) = self.log.read(board, revision - 1, revision)
        outcome = self.sender.send(found, revision_message(found, entry))
        if outcome.trouble is None:
            self.store.remove_dead_letter(hook, revision)
        else:
            attempts = dead.attempts + 1
            self.store.keep_dead_letter(
                replace(dead, attempts=attempts, failed_at=self._clock(), trouble=outcome.trouble)
            )
        return outcome
