"""PostgreSQL by psycopg: several processes, on several machines, may serve the same boards."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError

from dispatch_engine.event_log.canonical import canonical
from dispatch_engine.event_log.errors import DatabaseDriverError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.sql.trouble import coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from psycopg import Connection as Session
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")

CONNECT_TIMEOUT_S = 10
WAIT_S = 10.0
POOL_SIZE = 10

# An append is durable whatever the server's default; who waits for a lock, or went away, holds nobody up for long.
PREPARE = """
    SELECT set_config('lock_timeout', %(wait)s, false),
           set_config('idle_in_transaction_session_timeout', '60s', false),
           set_config('tcp_keepalives_idle', '10', false),
           set_config('tcp_keepalives_interval', '5', false),
           set_config('tcp_keepalives_count', '3', false),
           set_config('synchronous_commit',
                      CASE current_setting('synchronous_commit')
                          WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""
# Advisory locks are of the whole database, in which other schemas may hold logs of their own.
_KEY = "hashtextextended('dispatch ' || current_schema() || ' ' || :name, 0)"
TRY_TO_LEAD = text(f"SELECT pg_try_advisory_lock({_KEY})")
STOP_LEADING = text("SELECT pg_advisory_unlock_all()")
LOCK_FOR_MIGRATION = text(f"SELECT pg_advisory_xact_lock({_KEY})")


class PostgresDatabase:
    """A database on a server.

    Parameters
    ----------
    wait_s
        How long to wait for a lock, or for a connection.
    """

    def __init__(self, url: URL, *, wait_s: float = WAIT_S) -> None:
        self.name = url.render_as_string(hide_password=True)
        url = url.set(drivername="postgresql+psycopg")
        self._engine = _engine(
            url, wait_s, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_timeout=wait_s, pool_pre_ping=True
        )
        # Each leadership has a connection to itself as long as it lasts; the server frees the lock when that ends.
        self._leading = _engine(
            url, wait_s, pool_size=POOL_SIZE, max_overflow=-1, pool_pre_ping=True, isolation_level="AUTOCOMMIT"
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one state."""
        with coded(self.name), self._engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write."""
        with coded(self.name), self._engine.begin() as connection:
            yield connection

    def written(self, work: Callable[[Connection], T], before_waiting: Callable[[], None] = nothing) -> T:
        """Do work in a transaction; the server lets those who commit at once share a synchronisation."""
        before_waiting()  # every statement waits for the server
        with self.writing() as connection:
            return work(connection)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Change tables, one process at a time."""
        with self.writing() as connection:
            connection.execute(LOCK_FOR_MIGRATION, {"name": "migration"})
            yield connection

    @contextmanager
    def lead(self, board: str, purpose: str) -> Iterator[bool]:
        """Try to take an advisory lock on a connection of its own."""
        with coded(self.name):
            connection = self._leading.connect()
        try:
            with coded(self.name):
                granted = connection.scalar(TRY_TO_LEAD, {"name": canonical(["lead", board, purpose])})
            yield bool(granted)
        finally:
            _freed(connection)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()
        self._leading.dispose()


def _freed(connection: Connection) -> None:
    """Give the connection back without any lock; close it where that cannot be done, which frees the lock too."""
    try:
        connection.execute(STOP_LEADING)
    except DBAPIError:
        connection.invalidate()
    except BaseException:
        connection.invalidate()
        raise
    finally:
        connection.close()


def _engine(url: URL, wait_s: float, **options: object) -> Engine:
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "dispatch"},
            hide_parameters=True,
            **options,
        )
    except ModuleNotFoundError as error:
        raise DatabaseDriverError(
            "PostgreSQL needs psycopg, which is not installed",
            value=error.name,
            advice="Maybe pip install 'dispatch-engine[postgres]'.",
        ) from error
    event.listen(engine, "connect", partial(_prepare, wait_s))
    return engine


def _prepare(wait_s: float, session: Session, _entry: ConnectionPoolEntry) -> None:
    autocommit, session.autocommit = session.autocommit, True
    session.execute(PREPARE, {"wait": f"{wait_s * 1000:.0f}ms"})
    session.autocommit = autocommit
