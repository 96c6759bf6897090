"""What is sent: a revision of a board, or a word to try a webhook."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dispatch_engine.event_log.written import entry_document

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.webhooks.hook import Webhook

REVISION, TEST = "board.revision", "webhook.test"


@dataclass(frozen=True)
class Message:
    """A message; its ``id`` is the same in every attempt, so that a receiver knows what it has already."""

    id: str
    body: bytes


def revision_message(hook: Webhook, entry: Entry) -> Message:
    """Return the message of a revision."""
    return Message(f"{hook.id}-{entry.revision}", _body(REVISION, entry.at, entry_document(entry)))


def trial_message(hook: Webhook, at: datetime) -> Message:
    """Return a message that says nothing but that the webhook works."""
    return Message(f"{hook.id}-test-{int(at.timestamp())}", _body(TEST, at, {"board": hook.board, "webhook": hook.id}))


def _body(kind: str, at: datetime, data: dict[str, Any]) -> bytes:
    whole = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
