"""Snapshots in a database, each with a digest of its own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from dispatch_engine.event_log.entries import Snapshot
from dispatch_engine.event_log.errors import LogTamperedError, SnapshotUnfitError
from dispatch_engine.event_log.sql.tables import snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

_ROW = select(snapshots.c.revision, snapshots.c.hash, snapshots.c.version, snapshots.c.data, snapshots.c.sha256)


def save(connection: Connection, board: str, snapshot: Snapshot, hash_at_revision: str | None) -> None:
    """Keep a snapshot, unless one of a later revision is there.

    Raises
    ------
    SnapshotUnfitError
        It is not of the hash that the log has at its revision.
    """
    if hash_at_revision != snapshot.hash:
        raise SnapshotUnfitError(board, snapshot.revision)
    of_version = (snapshots.c.board == board) & (snapshots.c.version == snapshot.version)
    kept = connection.scalar(select(snapshots.c.revision).where(of_version).with_for_update())
    if kept is not None and kept > snapshot.revision:
        return
    connection.execute(delete(snapshots).where(of_version))
    row = {name: getattr(snapshot, name) for name in Snapshot.__match_args__}
    connection.execute(insert(snapshots), row | {"board": board, "sha256": _digest(board, snapshot)})


def latest(connection: Connection, board: str, version: int) -> Snapshot | None:
    """Return the snapshot of a version; raise a ``LogTamperedError`` where it is not as it was written."""
    row = connection.execute(_ROW.where(snapshots.c.board == board, snapshots.c.version == version)).one_or_none()
    return None if row is None else _opened(board, row)


def verify(connection: Connection, board: str, hash_at: Callable[[int], str | None]) -> int:
    """Check all snapshots of a board, and return how many there are.

    Raises
    ------
    LogTamperedError
        One is not as it was written, or is not of the log.
    """
    kept = [_opened(board, row) for row in connection.execute(_ROW.where(snapshots.c.board == board))]
    for snapshot in kept:
        if hash_at(snapshot.revision) != snapshot.hash:
            raise LogTamperedError(board, snapshot.revision, "its snapshot is of another log")
    return len(kept)


def _opened(board: str, row: Sequence[Any]) -> Snapshot:
    *values, sha256 = row
    snapshot = Snapshot(*values)
    data: object = snapshot.data  # SQLite stores anything anywhere
    if not isinstance(data, bytes) or _digest(board, snapshot) != sha256:
        raise LogTamperedError(board, snapshot.revision, "its snapshot does not have the digest that is stored with it")
    return snapshot


def _digest(board: str, snapshot: Snapshot) -> str:
    head = f"{board}\0{snapshot.revision}\0{snapshot.hash}\0{snapshot.version}\0"
    return hashlib.sha256(head.encode("utf-8", "surrogateescape") + snapshot.data).hexdigest()
