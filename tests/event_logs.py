"""Logs of every kind for the tests, and entries to put into them."""

from __future__ import annotations

from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.event_log.entries import Draft, Entry, LoggedEvent
from dispatch_engine.event_log.opening import open_database, open_event_log
from dispatch_engine.event_log.sql.migrating import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from dispatch_engine.event_log.entries import JSON
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.event_log.sql.database import Database
    from dispatch_engine.event_log.sql.log import SqlEventLog
    from tests.postgres_server import PostgresServer

DATABASES = ("sqlite", "postgresql")
BEGAN_AT = datetime(2026, 3, 2, 8, 0, 0, 123456, tzinfo=UTC)
DIGEST, OTHER_DIGEST = "a" * 64, "b" * 64


def new_url(kind: str, folder: Path, postgres: PostgresServer | None) -> str:
    """Return the URL of a database that is empty."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'dispatch.db'}"
    assert postgres is not None
    return postgres.new_schema()


@contextmanager
def new_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[Database]:
    """Open an empty database of the kind that the parameter of a fixture names, with the tables of this version."""
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with closing(open_database(new_url(request.param, folder, postgres), create=True)) as database:
        upgrade(database)
        yield database


def draft(
    place: int = 0, data: dict[str, JSON] | None = None, key: str | None = None, request_sha256: str = DIGEST
) -> Draft:
    """Make an entry of one event, a minute later for each place."""
    event = LoggedEvent("call_reported", 1, {"call": f"C{place}"} if data is None else data)
    at = BEGAN_AT + timedelta(minutes=place)
    return Draft((event,), at, "dispatcher-1", key, None if key is None else request_sha256)


def fill(log: EventLog, count: int, board: str = "north") -> list[Entry]:
    """Append entries after those that are there, each with a key."""
    head = log.head(board).revision
    return [log.append(board, place, draft(place, key=f"key-{place}")) for place in range(head, head + count)]


def opened(url: str) -> SqlEventLog:
    """Open a log as another process would."""
    return open_event_log(url)
