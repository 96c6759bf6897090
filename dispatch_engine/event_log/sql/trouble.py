"""What a driver reports, as an error with a code."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import exc

from dispatch_engine.event_log.errors import (
    DatabaseDamagedError,
    DatabaseError,
    DatabaseLockedError,
    DatabaseUnreachableError,
    DatabaseUnwritableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ADVICE: dict[type[DatabaseError], str] = {
    DatabaseUnreachableError: "Maybe the URL is wrong, the server is not running, or you lack the permission.",
    DatabaseUnwritableError: "Maybe the disk is full, or the file or the login is read-only.",
    DatabaseDamagedError: "Maybe it is another database than you meant; if not, restore it from a backup.",
    DatabaseLockedError: "Maybe try again; if it stays so, look for a program that keeps a transaction open.",
}

_OF_SQLITE: dict[int, type[DatabaseError]] = {
    sqlite3.SQLITE_BUSY: DatabaseLockedError,
    sqlite3.SQLITE_LOCKED: DatabaseLockedError,
    sqlite3.SQLITE_CANTOPEN: DatabaseUnreachableError,
    sqlite3.SQLITE_PERM: DatabaseUnreachableError,
    sqlite3.SQLITE_AUTH: DatabaseUnreachableError,
    sqlite3.SQLITE_READONLY: DatabaseUnwritableError,
    sqlite3.SQLITE_FULL: DatabaseUnwritableError,
    sqlite3.SQLITE_IOERR: DatabaseUnwritableError,
    sqlite3.SQLITE_NOTADB: DatabaseDamagedError,
    sqlite3.SQLITE_CORRUPT: DatabaseDamagedError,
}

# The first of these that an SQLSTATE starts with decides; a longer beginning stands before a shorter one.
_OF_SQLSTATE: dict[str, type[DatabaseError]] = {
    "08": DatabaseUnreachableError,  # connection
    "28": DatabaseUnreachableError,  # login
    "3D": DatabaseUnreachableError,  # no such database
    "3F": DatabaseUnreachableError,  # no such schema
    "42501": DatabaseUnwritableError,  # privilege
    "25006": DatabaseUnwritableError,  # read-only
    "53300": DatabaseLockedError,  # too many connections
    "53": DatabaseUnwritableError,  # disk or memory full
    "40": DatabaseLockedError,  # serialisation, deadlock
    "55P03": DatabaseLockedError,  # lock timeout
    "57014": DatabaseLockedError,  # statement timeout
    "57": DatabaseUnreachableError,  # shut down
    "58": DatabaseUnwritableError,  # disk fails
    "XX": DatabaseDamagedError,
    "42P01": DatabaseDamagedError,  # no such table
    "42703": DatabaseDamagedError,  # no such column
}


@contextmanager
def coded(name: str) -> Iterator[None]:
    """Raise what the driver reports inside the block as a ``DatabaseError``; what is a fault of the program stays.

    Parameters
    ----------
    name
        The database, for the message.
    """
    try:
        yield
    except exc.TimeoutError as error:
        raise _made(DatabaseLockedError, name, "all its connections are in use") from error
    except UnicodeDecodeError as error:  # the driver's own words about tables whose names are no text any more
        raise _made(DatabaseDamagedError, name, "the description of its tables is no text") from error
    except Exception as error:
        cause = getattr(error, "orig", error)  # SQLAlchemy wraps what the driver raises, but not while it connects
        kind = _kind_of(cause, isinstance(error, exc.OperationalError))
        if kind is None:
            raise
        raise _made(kind, name, str(cause).strip().splitlines()[0]) from error


def _made(kind: type[DatabaseError], name: str, what: str) -> DatabaseError:
    return kind(f"the database {name} cannot be used: {what}", value=name, advice=ADVICE[kind])


def _kind_of(cause: BaseException | None, operational: bool) -> type[DatabaseError] | None:
    code = getattr(cause, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_ERROR and "no such" in str(cause):  # a table or column
        return DatabaseDamagedError
    if code is not None:
        return _OF_SQLITE.get(code & 0xFF)  # the low byte is the primary code
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return next((kind for start, kind in _OF_SQLSTATE.items() if state.startswith(start)), None)
    # Without an SQLSTATE the server said nothing: it was not reached, or the connection broke.
    return DatabaseUnreachableError if operational else None
