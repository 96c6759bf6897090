"""A webhook as it is kept, and what could not be delivered to it."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.event_log.entries import Entry

ID_BYTES = 8
SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # says that a text is a secret, and is none


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
