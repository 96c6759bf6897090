"""The documents of webhooks over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from api.board_schemas import Moment
from api.queries import AnyRevision
from dispatch_engine.board.events import TYPES
from dispatch_engine.formats.moments import moment_text
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id
from dispatch_engine.webhooks.hook import HookStatus

if TYPE_CHECKING:
    from dispatch_engine.webhooks.hook import DeadLetter
    from dispatch_engine.webhooks.registry import HookState
    from dispatch_engine.webhooks.sending import Outcome

EventName = Annotated[str, Field(pattern=f"^({'|'.join(sorted(TYPES))})$", max_length=100)]


class NewWebhook(Model):
    """Where to send the revisions of a board."""

    url: Annotated[str, Field(min_length=1, max_length=2_000)]
    """https; http only to this machine or to hosts that the server allows. Redirects are not followed."""
    event_types: Annotated[tuple[EventName, ...], Field(max_length=100)] = ()
    """Only revisions with an event of one of these types; empty: all."""
    after: AnyRevision | None = None
    """The revision that the receiver has read; default: the latest."""


class WebhookDocument(Model):
    """A program that is told of the revisions of a board."""

    id: Id
    board: Id
    url: str
    event_types: tuple[str, ...]
    created_at: Moment
    created_by: str
    """The actor: role and id of the key."""
    revision: Count
    """Everything up to here is delivered, a dead letter, or not asked for."""
    attempts: Count
    """So many attempts at the next revision have failed."""
    next_at: Moment | None = None
    """Before then nothing is attempted."""
    trouble: str | None = None
    """Why the latest attempt failed; null: it did not."""
    status: HookStatus
    """`failing`: the receiver takes nothing at present; `off`: it did so for too long, and nothing is attempted."""
    failing_since: Moment | None = None
    """When the receiver began to take nothing; null: it takes what comes."""
    switched_off_at: Moment | None = None
    """Since then nothing is attempted, until somebody switches it on."""
    behind: Count
    """Revisions of the board that are still to come, those included that it did not ask for."""
    dead_letters: Count
    """How many."""

    @classmethod
    def of(cls, state: HookState) -> WebhookDocument:
        """Return a webhook as it is shown."""
        hook = state.hook
        return cls(
            id=hook.id,
            board=hook.board,
            url=hook.url,
            event_types=hook.event_types,
            created_at=hook.created_at.isoformat(),
            created_by=hook.created_by,
            revision=hook.revision,
            attempts=hook.attempts,
            next_at=moment_text(hook.next_at),
            trouble=hook.trouble,
            status=hook.status,
            failing_since=moment_text(hook.failing_since),
            switched_off_at=moment_text(hook.switched_off_at),
            behind=state.behind,
            dead_letters=state.dead_letters,
        )


class CreatedWebhook(WebhookDocument):
    """A webhook that was made just now."""

    secret: str
    """What messages are signed with, shown this once."""


class WebhookPage(Model):
    """Webhooks in the order of their ids."""

    items: tuple[WebhookDocument, ...]
    next: str | None = None
    """For the parameter `after` of the next page; null on the last one."""


class DeliveryDocument(Model):
    """What became of one attempt."""

    delivered: bool
    status: int | None
    """Of the receiver's answer; null: there was none."""
    trouble: str | None
    """Why it was not delivered."""
    seconds: float
    """How long it took."""

    @classmethod
    def of(cls, outcome: Outcome) -> DeliveryDocument:
        """Return an outcome as it is shown."""
        return cls(
            delivered=outcome.is_delivered,
            status=outcome.status,
            trouble=outcome.trouble,
            seconds=round(outcome.seconds, 3),
        )


class DeadLetterDocument(Model):
    """A revision that could not be delivered."""

    revision: Count
    attempts: Count
    failed_at: Moment
    trouble: str
    """Why the last attempt failed."""

    @classmethod
    def of(cls, dead: DeadLetter) -> DeadLetterDocument:
        """Return a dead letter as it is shown."""
        return cls(
            revision=dead.revision, attempts=dead.attempts, failed_at=dead.failed_at.isoformat(), trouble=dead.trouble
        )


class DeadLetterPage(Model):
    """Dead letters in the order of their revisions."""

    items: tuple[DeadLetterDocument, ...]
    next: int | None = None
    """For the parameter `after` of the next page; null on the last one."""
