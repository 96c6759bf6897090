"""A webhook as it is kept, and what could not be delivered to it."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.event_log.entries import Entry

ID_BYTES = 8
SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # says that a text is a secret, and is none


class HookStatus(StrEnum):
    """How it is with a webhook."""

    ACTIVE = "active"
    FAILING = "failing"
    """The latest attempts were in vain; more follow."""
    OFF = "off"
    """It has failed for too long, or its receiver said that it is gone for good."""


@dataclass(frozen=True)
class Webhook:
    """A program that is told of every revision of a board.

    Attributes
    ----------
    id, board, url
        Which; of what; where to.
    secret
        What messages are signed with: ``whsec_`` and base64. Kept as it is, because signing needs it.
    event_types
        Only revisions with an event of one of these types are told; empty: all.
    created_at, created_by
        An aware time; the actor.
    revision
        Everything up to here is delivered, a dead letter, or not asked for.
    attempts
        So many attempts at the next revision have failed.
    next_at
        Before this moment (aware) nothing is attempted; None: at once.
    trouble
        Why the latest attempt failed; None: it did not.
    failing_since
        When the first of the attempts failed (aware) after which the receiver has taken nothing; None: it takes what
        comes.
    switched_off_at
        Since then (aware) nothing is attempted, until somebody switches it on; None: it is on.
    """

    id: str
    board: str
    url: str
    secret: str = field(repr=False)
    event_types: tuple[str, ...]
    created_at: datetime
    created_by: str
    revision: int
    attempts: int = 0
    next_at: datetime | None = None
    trouble: str | None = None
    failing_since: datetime | None = None
    switched_off_at: datetime | None = None

    @property
    def status(self) -> HookStatus:
        """Whether it is told, in vain, or not at all."""
        if self.switched_off_at is not None:
            return HookStatus.OFF
        return HookStatus.ACTIVE if self.failing_since is None else HookStatus.FAILING

    def wants(self, entry: Entry) -> bool:
        """Whether this revision is to be told."""
        return not self.event_types or any(event.type in self.event_types for event in entry.events)


@dataclass(frozen=True)
class DeadLetter:
    """A revision that was given up.

    Attributes
    ----------
    webhook, revision
        To whom; which.
    attempts
        So many have failed.
    failed_at
        When the last one did, aware.
    trouble
        Why it did.
    """

    webhook: str
    revision: int
    attempts: int
    failed_at: datetime
    trouble: str


def new_id() -> str:
    """Return a random id."""
    return secrets.token_hex(ID_BYTES)


def new_secret() -> str:
    """Return a random secret."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
