"""Opening the log that a URL names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.event_log.errors import DatabaseUrlError

if TYPE_CHECKING:
    from dispatch_engine.event_log.sql.database import Database
    from dispatch_engine.event_log.sql.log import SqlEventLog

ADVICE = "Maybe sqlite:///dispatch.db, or postgresql://user:password@host/name."


def open_event_log(url: str, *, upgrade: bool = True) -> SqlEventLog:
    """Open the log in a database.

    Parameters
    ----------
    url
        ``sqlite:///PATH`` or ``postgresql://USER:PASSWORD@HOST/NAME``.
    upgrade
        Whether to make a database that is not there, and bring its tables to this version; else both are refused.

    Raises
    ------
    DatabaseError
        It cannot be opened.
    """
    from dispatch_engine.event_log.sql import migrating
    from dispatch_engine.event_log.sql.log import SqlEventLog

    database = open_database(url, create=upgrade)
    try:
        if upgrade:
            migrating.upgrade(database)
        else:
            migrating.require_current(database)
    except BaseException:
        database.close()
        raise
    return SqlEventLog(database)


def open_database(url: str, *, create: bool) -> Database:
    """Open a database whatever its tables are.

    Raises
    ------
    DatabaseError
        The URL names none, or its driver is not installed.
    """
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from dispatch_engine.event_log.sql.postgresql import PostgresDatabase
    from dispatch_engine.event_log.sql.sqlite import SqliteDatabase

    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUrlError("the URL of the database cannot be read", advice=ADVICE) from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return SqliteDatabase(parsed, create=create)
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return PostgresDatabase(parsed)
    message = f"a database is SQLite or PostgreSQL, not {parsed.drivername!r}"
    raise DatabaseUrlError(message, value=parsed.drivername, advice=ADVICE)
