"""Webhooks in a database, beside the log of the boards, so that a restart goes on where it was."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from dispatch_engine.event_log.sql.tables import dead_letters, webhooks
from dispatch_engine.formats.moments import moment_of, moment_text
from dispatch_engine.webhooks.errors import WebhookUnknownError
from dispatch_engine.webhooks.hook import DeadLetter, Webhook

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from dispatch_engine.event_log.sql.database import Database


CALM = {"attempts": 0, "next_at": None, "trouble": None, "failing_since": None, "switched_off_at": None}
"""What is kept of a webhook of which nothing has failed."""


class SqlWebhookStore:
    """Keeps webhooks in a database whose tables are as this version wants them; see ``WebhookStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, hook: Webhook) -> None:
        """Keep a new webhook; it is durable when this returns."""
        with self._database.writing() as connection:
            connection.execute(insert(webhooks), _row(hook))

    def get(self, board: str, hook: str) -> Webhook:
        """Return a webhook of a board; see ``WebhookStore``."""
        wanted = _is(board, hook)
        with self._database.reading() as connection:
            row = connection.execute(select(webhooks).where(wanted)).one_or_none()
        if row is None:
            raise WebhookUnknownError(board, hook)
        return _hook(row)

    def all(self, board: str | None = None) -> list[Webhook]:
        """Return webhooks by id."""
        asked = select(webhooks).order_by(webhooks.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(asked if board is None else asked.where(webhooks.c.board == board)).all()
        return [_hook(row) for row in rows]

    def remove(self, board: str, hook: str) -> None:
        """Forget a webhook; see ``WebhookStore``."""
        wanted = _is(board, hook)
        with self._database.writing() as connection:
            if connection.execute(select(webhooks.c.id).where(wanted)).one_or_none() is None:
                raise WebhookUnknownError(board, hook)
            connection.execute(delete(dead_letters).where(dead_letters.c.webhook == hook))
            connection.execute(delete(webhooks).where(wanted))

    def settle(self, hook: str, revision: int, dead: DeadLetter | None = None) -> None:
        """Go on after a revision; it and the dead letter are kept together or not at all."""
        trouble = None if dead is None else dead.trouble
        values = CALM | {"revision": revision, "trouble": trouble}
        with self._database.writing() as connection:
            found = connection.execute(update(webhooks).where(webhooks.c.id == hook).values(values))
            if found.rowcount and dead is not None:
                _keep(connection, dead)

    def postpone(self, hook: str, attempts: int, failed_at: datetime, next_at: datetime, trouble: str) -> None:
        """Keep that an attempt has failed."""
        since = func.coalesce(webhooks.c.failing_since, failed_at.isoformat())
        values = {"attempts": attempts, "next_at": next_at.isoformat(), "trouble": trouble, "failing_since": since}
        with self._database.writing() as connection:
            connection.execute(update(webhooks).where(webhooks.c.id == hook).values(values))

    def switch_off(self, hook: str, at: datetime, trouble: str) -> None:
        """Attempt nothing any more."""
        values = {"next_at": None, "trouble": trouble, "switched_off_at": at.isoformat()}
        with self._database.writing() as connection:
            connection.execute(update(webhooks).where(webhooks.c.id == hook).values(values))

    def switch_on(self, board: str, hook: str) -> Webhook:
        """Go on at once; see ``WebhookStore``."""
        with self._database.writing() as connection:
            connection.execute(update(webhooks).where(_is(board, hook)).values(CALM))
        return self.get(board, hook)

    def dead_letter_counts(self) -> dict[str, int]:
        """Return how many dead letters there are by webhook."""
        asked = select(dead_letters.c.webhook, func.count()).group_by(dead_letters.c.webhook)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(asked)}

    def dead_letters(self, hook: str) -> list[DeadLetter]:
        """Return the dead letters of a webhook."""
        asked = select(dead_letters).where(dead_letters.c.webhook == hook).order_by(dead_letters.c.revision)
        with self._database.reading() as connection:
            return [_dead(row) for row in connection.execute(asked)]

    def keep_dead_letter(self, dead: DeadLetter) -> None:
        """Keep a dead letter."""
        known = select(webhooks.c.id).where(webhooks.c.id == dead.webhook)
        with self._database.writing() as connection:
            if connection.execute(known).one_or_none() is not None:
                _keep(connection, dead)

    def remove_dead_letter(self, hook: str, revision: int) -> None:
        """Forget a dead letter."""
        with self._database.writing() as connection:
            connection.execute(delete(dead_letters).where(_same(hook, revision)))


def _keep(connection: Connection, dead: DeadLetter) -> None:
    connection.execute(delete(dead_letters).where(_same(dead.webhook, dead.revision)))
    row = {
        "webhook": dead.webhook,
        "revision": dead.revision,
        "attempts": dead.attempts,
        "failed_at": dead.failed_at.isoformat(),
        "trouble": dead.trouble,
    }
    connection.execute(insert(dead_letters), row)


def _is(board: str, hook: str) -> Any:
    return (webhooks.c.id == hook) & (webhooks.c.board == board)


def _same(hook: str, revision: int) -> Any:
    return (dead_letters.c.webhook == hook) & (dead_letters.c.revision == revision)


def _row(hook: Webhook) -> dict[str, Any]:
    return {
        "id": hook.id,
        "board": hook.board,
        "url": hook.url,
        "secret": hook.secret,
        "event_types": json.dumps(hook.event_types),
        "created_at": hook.created_at.isoformat(),
        "created_by": hook.created_by,
        "revision": hook.revision,
        "attempts": hook.attempts,
        "next_at": moment_text(hook.next_at),
        "trouble": hook.trouble,
        "failing_since": moment_text(hook.failing_since),
        "switched_off_at": moment_text(hook.switched_off_at),
    }


def _hook(row: Row[Any]) -> Webhook:
    return Webhook(
        id=row.id,
        board=row.board,
        url=row.url,
        secret=row.secret,
        event_types=tuple(json.loads(row.event_types)),
        created_at=datetime.fromisoformat(row.created_at),
        created_by=row.created_by,
        revision=row.revision,
        attempts=row.attempts,
        next_at=moment_of(row.next_at),
        trouble=row.trouble,
        failing_since=moment_of(row.failing_since),
        switched_off_at=moment_of(row.switched_off_at),
    )


def _dead(row: Row[Any]) -> DeadLetter:
    return DeadLetter(
        webhook=row.webhook,
        revision=row.revision,
        attempts=row.attempts,
        failed_at=datetime.fromisoformat(row.failed_at),
        trouble=row.trouble,
    )
