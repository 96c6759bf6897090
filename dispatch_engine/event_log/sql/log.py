"""The log in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from dispatch_engine.event_log.chain import opened, verified
from dispatch_engine.event_log.entries import GENESIS_HASH, NO_HEAD, Head
from dispatch_engine.event_log.errors import BoardUnknownError, KeyReusedError, RevisionConflictError
from dispatch_engine.event_log.sealing import SealedEntry, checked
from dispatch_engine.event_log.sql import snapshots
from dispatch_engine.event_log.sql.tables import boards, entries

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from dispatch_engine.event_log.entries import Draft, Entry, Snapshot
    from dispatch_engine.event_log.sealing import Checked
    from dispatch_engine.event_log.sql.database import Database

CHUNK = 200

_ROW = select(*(entries.c[name] for name in SealedEntry.__match_args__))
_HEAD = select(boards.c.revision, boards.c.hash).where(boards.c.board == bindparam("board"))
_BY_KEY = _ROW.where(entries.c.board == bindparam("board"), entries.c.key == bindparam("key"))
_AFTER = (
    _ROW.where(entries.c.board == bindparam("board"), entries.c.revision > bindparam("after"))
    .order_by(entries.c.revision)
    .limit(bindparam("chunk"))
)
_HASH_AT = select(entries.c.hash).where(
    entries.c.board == bindparam("board"), entries.c.revision == bindparam("revision")
)
_MOVE_HEAD = (
    update(boards)
    .where(boards.c.board == bindparam("of_board"), boards.c.revision == bindparam("expected"))
    .values(revision=bindparam("revision"), hash=bindparam("hash"))
)


class SqlEventLog:
    """The log in a database whose tables are as this version wants them; ``opening`` sees to that."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, board: str, expected_revision: int, draft: Draft) -> Entry:
        """Append an entry; see ``EventLog``."""
        entry = checked(board, draft)
        try:
            with self._database.writing() as connection:
                made = _append(connection, board, expected_revision, entry)
        except IntegrityError:  # another writer made the board, or used the key, between our reading and writing
            made = None
        return made or self._answered(board, expected_revision, draft)

    def entry_of_key(self, board: str, key: str) -> Entry | None:
        """Return the entry that a request with this key became."""
        with self._database.reading() as connection:
            return _entry_of_key(connection, board, key)

    def head(self, board: str) -> Head:
        """Return the latest revision and its hash."""
        with self._database.reading() as connection:
            return _head(connection, board)

    def read(self, board: str, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """Read entries in order, a chunk a transaction, so that slow readers hold nothing up."""
        return opened(board, self._rows(board, after, upto), after, GENESIS_HASH if after == 0 else None)

    def boards(self) -> list[str]:
        """Return the boards that have entries."""
        with self._database.reading() as connection:
            return sorted(connection.scalars(select(boards.c.board)))

    def save_snapshot(self, board: str, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of an earlier one of the same version."""
        with self._database.writing() as connection:
            snapshots.save(connection, board, snapshot, _hash_at(connection, board, snapshot.revision))

    def latest_snapshot(self, board: str, version: int) -> Snapshot | None:
        """Return the newest snapshot of this version of the state."""
        with self._database.reading() as connection:
            return snapshots.latest(connection, board, version)

    def verify(self, board: str) -> Head:
        """Read everything that is kept of a board, in one state of the database."""
        with self._database.reading() as connection:
            head = _head(connection, board)
            found = verified(board, _all_rows(connection, board), head)
            checked_snapshots = snapshots.verify(
                connection, board, lambda revision: _hash_at(connection, board, revision)
            )
        if found == NO_HEAD and not checked_snapshots:
            raise BoardUnknownError(board, self.boards())
        return found

    def lead(self, board: str, purpose: str) -> AbstractContextManager[bool]:
        """Try to become the only one, in all processes, who does something for a board."""
        return self._database.lead(board, purpose)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _answered(self, board: str, expected_revision: int, draft: Draft) -> Entry:
        """Return the entry of the same request; raise for what stood in the way."""
        with self._database.reading() as connection:
            earlier = None if draft.key is None else _entry_of_key(connection, board, draft.key)
            head = _head(connection, board)
        if earlier is None:
            raise RevisionConflictError(board, expected_revision, head.revision)
        if earlier.request_sha256 != draft.request_sha256:
            raise KeyReusedError(board, earlier.key or "", earlier.revision)
        return earlier

    def _rows(self, board: str, after: int, upto: int | None) -> Iterator[SealedEntry]:
        while upto is None or after < upto:
            with self._database.reading() as connection:
                chunk = _chunk(connection, board, after, CHUNK if upto is None else min(CHUNK, upto - after))
            yield from (row for row in chunk if upto is None or row.revision <= upto)
            if len(chunk) < CHUNK:
                return
            after = chunk[-1].revision


def _append(connection: Connection, board: str, expected: int, entry: Checked) -> Entry | None:
    """Append an entry; None where the board is at another revision, or the key is known."""
    head = _head(connection, board)
    if head.revision != expected:
        return None
    sealed, made = entry.sealed_after(head)
    if expected == 0:
        connection.execute(insert(boards), {"board": board, "revision": 1, "hash": made.hash})
    else:
        move = {"of_board": board, "expected": expected, "revision": made.revision, "hash": made.hash}
        if connection.execute(_MOVE_HEAD, move).rowcount == 0:
            return None
    connection.execute(insert(entries), {name: getattr(sealed, name) for name in SealedEntry.__match_args__})
    return made


def _head(connection: Connection, board: str) -> Head:
    row = connection.execute(_HEAD, {"board": board}).one_or_none()
    return NO_HEAD if row is None else Head(*row)


def _hash_at(connection: Connection, board: str, revision: int) -> str | None:
    return connection.scalar(_HASH_AT, {"board": board, "revision": revision})


def _entry_of_key(connection: Connection, board: str, key: str) -> Entry | None:
    row = connection.execute(_BY_KEY, {"board": board, "key": key}).one_or_none()
    return None if row is None else SealedEntry(*row).opened()


def _chunk(connection: Connection, board: str, after: int, chunk: int) -> list[SealedEntry]:
    rows = connection.execute(_AFTER, {"board": board, "after": after, "chunk": chunk})
    return [SealedEntry(*row) for row in rows]


def _all_rows(connection: Connection, board: str) -> Iterator[SealedEntry]:
    after = -1
    while chunk := _chunk(connection, board, after, CHUNK):
        yield from chunk
        after = chunk[-1].revision
