"""SQLite in a file: write-ahead log, synchronised on every commit, one writer at a time."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import create_engine, event

from dispatch_engine.clock import Stopwatch
from dispatch_engine.event_log.errors import (
    DatabaseUnreachableError,
    DatabaseUnwritableError,
    DatabaseUrlError,
)
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.sql.group_commit import GroupCommit
from dispatch_engine.event_log.sql.trouble import ADVICE, coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import URL, Connection
    from sqlalchemy.pool import ConnectionPoolEntry

T = TypeVar("T")

POOL_SIZE = 8
WAIT_S = 10.0
WRITES_WITHIN_S = "sqlite_writes_within_s"
"""Option of connections that write: for so long they wait for writers of other processes."""

TRY_S = 0.001
"""So often a writer looks whether that of another process has ended. SQLite itself does so after ever longer pauses, up
to a tenth of a second, and the one who has just ended is mostly the first to write again."""


# FULL: the log is on disk when a commit returns; NORMAL would lose the last commits when the power fails.
PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "journal_size_limit = 67108864",
)


class SqliteDatabase:
    """A file. Writers of this process take turns, because SQLite makes those who wait sleep and try again.

    Parameters
    ----------
    create
        Whether to make the file where there is none.
    wait_s
        How long a writer waits for others.
    """

    def __init__(self, url: URL, *, create: bool, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self.name = url.render_as_string()
        self.path = _path(url)
        if not create and not self.path.exists():
            message = f"there is no database {self.name}"
            raise DatabaseUnreachableError(message, value=self.name, advice=ADVICE[DatabaseUnreachableError])
        self._engine = create_engine(
            url.set(database=str(self.path)),
            pool_size=POOL_SIZE,
            max_overflow=POOL_SIZE,
            pool_timeout=wait_s,
            hide_parameters=True,
        )
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", _begin)
        self._writers = self._engine.execution_options(**{WRITES_WITHIN_S: wait_s})
        self._group = GroupCommit(self.name, self._begun, wait_s)
        self._writer: Connection | None = None
        """Of the last one who wrote, for the next one: to take one out of the pool takes longer than to write a row."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one state."""
        with coded(self.name), self._engine.begin() as connection:
            yield connection

    def writing(self) -> AbstractContextManager[Connection]:
        """Write, as the only one of all processes."""
        return self._group.alone()

    migrating = writing

    def written(self, work: Callable[[Connection], T], before_waiting: Callable[[], None] = nothing) -> T:
        """Do work in a transaction, perhaps with that of other threads."""
        return self._group.run(work, before_waiting)

    @contextmanager
    def lead(self, board: str, purpose: str) -> Iterator[bool]:
        """Try to take the lock on a file beside the database; the kernel frees it when the process dies."""
        name = hashlib.sha256(f"{board}\0{purpose}".encode()).hexdigest()[:16]
        path = self.path.with_name(f"{self.path.name}-lead-{name}")
        lock = _locked(path)
        try:
            yield lock is not None
        finally:
            if lock is not None:
                path.unlink(missing_ok=True)  # before the lock is let go: who opened it meanwhile sees that it is gone
                os.close(lock)

    def close(self) -> None:
        """Close all connections."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._engine.dispose()

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        """Open a transaction of the one who may write; after a failure the connection is not used again."""
        with coded(self.name):
            connection, self._writer = self._writer or self._writers.connect(), None
            with _closed_on_failure(connection), connection.begin():
                yield connection
            self._writer = connection

    def _prepare(self, connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # transactions begin where SQLAlchemy says so, in _begin
        connection.text_factory = _text
        connection.execute(_busy_timeout(self._wait_s))
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
        if mode != "wal":
            raise DatabaseUrlError(
                f"the database {self.name} cannot have a write-ahead log, only {mode!r}",
                value=self.name,
                advice="Maybe it is on a network file system; put it on a local disk, or use PostgreSQL.",
            )


@contextmanager
def _closed_on_failure(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _begin(connection: Connection) -> None:
    """Begin by the driver, past all that SQLAlchemy does around a statement; ``coded`` knows its errors too."""
    wait_s = connection.get_execution_options().get(WRITES_WITHIN_S)
    driver: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment] # it is SQLite's
    if wait_s is None:
        driver.execute("BEGIN")
    else:
        _begin_writing(driver, wait_s)


def _begin_writing(driver: sqlite3.Connection, wait_s: float) -> None:
    """Begin as the only one of all processes that writes, waiting for others."""
    watch = Stopwatch()
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or watch.elapsed_s > wait_s:
                    raise
                time.sleep(TRY_S)
            else:
                return
    finally:
        driver.execute(_busy_timeout(wait_s))


def _busy_timeout(wait_s: float) -> str:
    return f"PRAGMA busy_timeout = {wait_s * 1000:.0f}"


def _text(stored: bytes) -> str:
    """Read text; bytes that are none, which only tampering leaves there, fail at the seal and not before."""
    return stored.decode("utf-8", "surrogateescape")


def _path(url: URL) -> Path:
    if not url.database or url.database == ":memory:" or url.query:
        raise DatabaseUrlError(
            f"{url.render_as_string()} names no file, or more than a file",
            value=url.render_as_string(),
            advice="Maybe sqlite:///dispatch.db in this folder, or sqlite:////var/lib/dispatch/dispatch.db.",
        )
    return Path(url.database).absolute()


def _locked(path: Path) -> int | None:
    """Return the open, locked file; None where another one holds it."""
    while True:
        file = _file(path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return None
        if _is_still(path, file):
            return file
        os.close(file)  # the last holder removed it between the two calls


def _file(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        message = f"the lock {path} cannot be made ({error.strerror})"
        raise DatabaseUnwritableError(message, value=str(path), advice=ADVICE[DatabaseUnwritableError]) from error


def _is_still(path: Path, file: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(file).st_ino
    except FileNotFoundError:
        return False
