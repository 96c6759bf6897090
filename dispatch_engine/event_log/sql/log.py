"""The log in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, union, update
from sqlalchemy.exc import IntegrityError

from dispatch_engine.event_log.chain import opened, verified
from dispatch_engine.event_log.entries import GENESIS_HASH, NO_HEAD, Head
from dispatch_engine.event_log.errors import BoardUnknownError, KeyReusedError, LogTamperedError, RevisionConflictError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.sealing import SealedEntry, checked, sealed_after
from dispatch_engine.event_log.sql import keeping
from dispatch_engine.event_log.sql.tables import boards, entries, snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    from dispatch_engine.event_log.entries import Draft, Entry, Snapshot
    from dispatch_engine.event_log.sealing import Checked
    from dispatch_engine.event_log.sql.database import Database

CHUNK = 200
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1

_ROW = select(*(entries.c[name] for name in SealedEntry.__match_args__))
_HEAD = select(boards.c.revision, boards.c.hash).where(boards.c.board == bindparam("board"))
_BY_KEY = _ROW.where(entries.c.board == bindparam("board"), entries.c.key == bindparam("key"))
_BETWEEN = (
    _ROW.where(
        entries.c.board == bindparam("board"),
        entries.c.revision > bindparam("after"),
        entries.c.revision <= bindparam("upto"),
    )
    .order_by(entries.c.revision)
    .limit(bindparam("chunk"))
)
_HASH_AT = select(entries.c.hash).where(
    entries.c.board == bindparam("board"), entries.c.revision == bindparam("revision")
)
_ADD_BOARD, _ADD_ENTRY = insert(boards), insert(entries)
_MOVE_HEAD = (
    update(boards)
    .where(
        boards.c.board == bindparam("of_board"),
        boards.c.revision == bindparam("expected"),
        boards.c.hash == bindparam("expected_hash"),
    )
    .values(revision=bindparam("revision"), hash=bindparam("hash"))
)


class SqlEventLog:
    """The log in a database whose tables are as this version wants them; ``opening`` sees to that."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._appended: dict[str, Head] = {}
        """What this process appended last to each board: whoever appends next need not ask, unless others were here."""

    def append(self, board: str, expected_revision: int, draft: Draft) -> Entry:
        """Append an entry; see ``EventLog``."""
        entry = checked(board, draft)
        try:
            return self._database.written(
                lambda connection: _append(connection, board, expected_revision, entry, draft)
            )
        except IntegrityError:  # another writer made the board, or used the key, between our reading and writing
            with self._database.reading() as connection:
                return _answered(connection, board, expected_revision, draft)

    def append_all(
        self,
        board: str,
        expected_revision: int,
        drafts: Sequence[Draft],
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        """Append entries; see ``EventLog``."""
        entries, known = [checked(board, draft) for draft in drafts], self._appended.pop(board, None)
        try:
            made = self._database.written(
                lambda connection: _appended(connection, board, expected_revision, entries, known), before_waiting
            )
        except IntegrityError:  # another writer made the board, or used a key, between our reading and writing
            made = None
        if made is not None:
            self._appended[board] = Head(made[-1].revision, made[-1].hash)
            return made
        with self._database.reading() as connection:
            raise _in_the_way(connection, board, expected_revision, drafts)

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
        last = _HIGHEST if upto is None else upto
        rows = _rows(lambda begun: self._read(board, begun, last), after)
        return opened(board, rows, after, GENESIS_HASH if after == 0 else None)

    def boards(self) -> list[str]:
        """Return the boards that have entries."""
        with self._database.reading() as connection:
            return sorted(connection.scalars(select(boards.c.board)))

    def save_snapshot(self, board: str, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of an earlier one of the same version."""
        with self._database.writing() as connection:
            keeping.save(connection, board, snapshot, _hash_at(connection, board, snapshot.revision))

    def latest_snapshot(self, board: str, version: int) -> Snapshot | None:
        """Return the newest snapshot of this version of the state."""
        with self._database.reading() as connection:
            return keeping.latest(connection, board, version)

    def verify(self, board: str) -> Head:
        """Read everything that is kept of a board, in one state of the database."""
        with self._database.reading() as connection:
            head = _head(connection, board)
            rows = _rows(lambda after: _chunk(connection, board, after, _HIGHEST), _LOWEST)
            found = verified(board, rows, head)
            checked_snapshots = keeping.verify(
                connection, board, lambda revision: _hash_at(connection, board, revision)
            )
        if found == NO_HEAD and not checked_snapshots:
            raise BoardUnknownError(board, self.boards())
        return found

    def boards_mentioned(self) -> list[str]:
        """Return the boards of which anything is kept; what is verified are these, not only those that have a head.

        Raises
        ------
        LogTamperedError
            A name is not text.
        """
        columns = (boards.c.board, entries.c.board, snapshots.c.board)
        with self._database.reading() as connection:
            names = list(connection.scalars(union(*map(select, columns))))
        for name in names:
            if type(name) is not str:
                raise LogTamperedError(repr(name), 0, "the name of a board is text")
        return sorted(names)

    def lead(self, board: str, purpose: str) -> AbstractContextManager[bool]:
        """Try to become the only one, in all processes, who does something for a board."""
        return self._database.lead(board, purpose)

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def _read(self, board: str, after: int, upto: int) -> list[SealedEntry]:
        with self._database.reading() as connection:
            return _chunk(connection, board, after, upto)


def _append(connection: Connection, board: str, expected: int, entry: Checked, draft: Draft) -> Entry:
    made = _appended(connection, board, expected, [entry])
    return _answered(connection, board, expected, draft) if made is None else made[0]


def _appended(
    connection: Connection, board: str, expected: int, entries: Sequence[Checked], known: Head | None = None
) -> list[Entry] | None:
    """Append entries; None where the board is at another revision. It is tried first whether the head is ``known``."""
    if known is not None and known.revision == expected:
        made = _appended_after(connection, board, known, entries)
        if made is not None:
            return made
    head = _head(connection, board)
    return _appended_after(connection, board, head, entries) if head.revision == expected else None


def _appended_after(connection: Connection, board: str, head: Head, entries: Sequence[Checked]) -> list[Entry] | None:
    """Append entries behind a head; None where that is not the board's."""
    rows, made = zip(*sealed_after(head, entries), strict=True)
    last = made[-1]
    if head.revision == 0:
        connection.execute(_ADD_BOARD, {"board": board, "revision": last.revision, "hash": last.hash})
    else:
        move = {"of_board": board, "expected": head.revision, "expected_hash": head.hash}
        if connection.execute(_MOVE_HEAD, move | {"revision": last.revision, "hash": last.hash}).rowcount == 0:
            return None
    connection.execute(_ADD_ENTRY, [{name: getattr(row, name) for name in SealedEntry.__match_args__} for row in rows])
    return list(made)


def _in_the_way(
    connection: Connection, board: str, expected: int, drafts: Sequence[Draft]
) -> RevisionConflictError | KeyReusedError | LogTamperedError:
    """Return what stood in the way of appending."""
    head = _head(connection, board)
    if head.revision != expected:
        return RevisionConflictError(board, expected, head.revision)
    keys = [draft.key for draft in drafts if draft.key is not None]
    earlier = next((each for key in keys if (each := _entry_of_key(connection, board, key)) is not None), None)
    if earlier is not None:
        return KeyReusedError(board, earlier.key or "", earlier.revision)
    return LogTamperedError(board, expected + 1, f"it is there, and the board is said to be at revision {expected}")


def _answered(connection: Connection, board: str, expected: int, draft: Draft) -> Entry:
    """Return the entry of the same request; raise for what stood in the way of appending."""
    earlier = None if draft.key is None else _entry_of_key(connection, board, draft.key)
    if earlier is not None and earlier.request_sha256 != draft.request_sha256:
        raise KeyReusedError(board, earlier.key or "", earlier.revision)
    if earlier is not None:
        return earlier
    raise _in_the_way(connection, board, expected, [draft])


def _head(connection: Connection, board: str) -> Head:
    row = connection.execute(_HEAD, {"board": board}).one_or_none()
    return NO_HEAD if row is None else Head(*row)


def _hash_at(connection: Connection, board: str, revision: int) -> str | None:
    return connection.scalar(_HASH_AT, {"board": board, "revision": revision})


def _entry_of_key(connection: Connection, board: str, key: str) -> Entry | None:
    row = connection.execute(_BY_KEY, {"board": board, "key": key}).one_or_none()
    return None if row is None else SealedEntry(*row).opened()


def _chunk(connection: Connection, board: str, after: int, upto: int) -> list[SealedEntry]:
    rows = connection.execute(_BETWEEN, {"board": board, "after": after, "upto": upto, "chunk": CHUNK})
    return [SealedEntry(*row) for row in rows]


def _rows(read: Callable[[int], list[SealedEntry]], after: int) -> Iterator[SealedEntry]:
    """Return rows after a revision, a chunk at a time."""
    chunk = read(after)
    while chunk:
        yield from chunk
        chunk = read(chunk[-1].revision) if len(chunk) == CHUNK else []
