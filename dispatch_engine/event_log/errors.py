"""What can go wrong with the log of a board and with the database that holds it.

DispatchError
└── EventLogError                     event_log
    ├── BoardUnknownError             board_unknown
    ├── EntryInvalidError             entry_invalid
    ├── RevisionConflictError         revision_conflict
    ├── KeyReusedError                key_reused
    ├── LogTamperedError              log_tampered
    ├── SnapshotUnfitError            snapshot_unfit
    └── DatabaseError                 database
        ├── DatabaseUrlError          database_url
        ├── DatabaseDriverError       database_driver_missing
        ├── DatabaseUnreachableError  database_unreachable
        ├── DatabaseUnwritableError   database_unwritable
        ├── DatabaseDamagedError      database_damaged
        ├── DatabaseLockedError       database_locked
        ├── DatabaseForeignError      database_foreign
        ├── DatabaseOlderError        database_older
        └── DatabaseNewerError        database_newer
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import suggestion
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Collection


class EventLogError(DispatchError):
    """The log of a board cannot do what was asked."""

    code = "event_log"


class BoardUnknownError(EventLogError):
    """There is no board of this name in the log."""

    code = "board_unknown"

    def __init__(self, board: str, known: Collection[str]) -> None:
        advice = suggestion(board, known, "Maybe it is in another database, or has not been created yet.")
        super().__init__(f"there is no board {board}", value=board, advice=advice)


class EntryInvalidError(EventLogError):
    """What is to be appended cannot be kept exactly: a number that is none, a time without offset, an empty name."""

    code = "entry_invalid"


class RevisionConflictError(EventLogError):
    """The board has moved on since it was read: another entry came first.

    Attributes
    ----------
    board
        Where.
    expected
        The revision that the writer had read.
    actual
        The revision that the board is at.
    """

    code = "revision_conflict"

    def __init__(self, board: str, expected: int, actual: int) -> None:
        super().__init__(
            f"board {board} is at revision {actual}, not at {expected}",
            value=actual,
            advice="Maybe read the board again and decide anew; what you decided on has changed.",
        )
        self.board = board
        self.expected = expected
        self.actual = actual


class KeyReusedError(EventLogError):
    """An idempotency key came again with another request than the one it was first used for."""

    code = "key_reused"

    def __init__(self, board: str, key: str, revision: int) -> None:
        super().__init__(
            f"key {key} was used on board {board} for another request, which became revision {revision}",
            value=key,
            advice="Maybe make a new key for every request, and repeat a key only with the same body.",
        )
        self.revision = revision


class LogTamperedError(EventLogError):
    """What is stored is not what was appended: it was changed, removed or damaged outside this program.

    Attributes
    ----------
    board
        Where.
    revision
        The first revision that is not as it was written; 0 where it is the board itself that lacks.
    """

    code = "log_tampered"

    def __init__(self, board: str, revision: int, what: str) -> None:
        super().__init__(
            f"revision {revision} of board {board} is not as it was written: {what}",
            value=revision,
            advice="Maybe restore the database from a backup; everything before this revision is sound.",
        )
        self.board = board
        self.revision = revision


class SnapshotUnfitError(EventLogError):
    """A snapshot is of a revision that the log does not have, or has with another hash."""

    code = "snapshot_unfit"

    def __init__(self, board: str, revision: int) -> None:
        super().__init__(
            f"the log of board {board} has no revision {revision} of this hash, so no snapshot of it is kept",
            value=revision,
            advice="Maybe the snapshot belongs to another board or another database.",
        )


class DatabaseError(EventLogError):
    """The database cannot be used."""

    code = "database"


class DatabaseUrlError(DatabaseError):
    """The URL names no database that this program can use."""

    code = "database_url"


class DatabaseDriverError(DatabaseError):
    """The driver of the database is not installed."""

    code = "database_driver_missing"


class DatabaseUnreachableError(DatabaseError):
    """The database does not answer, refuses the login, or is not where the URL says."""

    code = "database_unreachable"


class DatabaseUnwritableError(DatabaseError):
    """The database can be read but not written: it is read-only, its disk is full or fails."""

    code = "database_unwritable"


class DatabaseDamagedError(DatabaseError):
    """The file is no database, or is damaged, or tables are missing."""

    code = "database_damaged"


class DatabaseLockedError(DatabaseError):
    """Others kept the database busy for longer than a writer waits; nothing was written."""

    code = "database_locked"


class DatabaseForeignError(DatabaseError):
    """The database holds tables of another program under the names that this one needs."""

    code = "database_foreign"


class DatabaseOlderError(DatabaseError):
    """The tables are of an earlier version of this program, or not there yet."""

    code = "database_older"


class DatabaseNewerError(DatabaseError):
    """The tables are of a later version of this program, which this one would spoil."""

    code = "database_newer"
