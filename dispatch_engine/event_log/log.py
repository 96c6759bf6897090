"""What every log of events does, whatever it is kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from dispatch_engine.event_log.entries import Draft, Entry, Head, Snapshot


def nothing() -> None:
    """Do nothing."""


class EventLog(Protocol):
    """A log of boards: entries are appended, never changed. Its methods may be called from any thread.

    All raise a ``DatabaseError`` where the database does not do its part. After one from ``append`` or ``append_all``
    it is not known whether anything is kept; appending again with the same key settles it.
    """

    def append(self, board: str, expected_revision: int, draft: Draft) -> Entry:
        """Append an entry; it is durable when this returns.

        Where the key of the draft was used for the same request before, nothing is appended, and the entry of that
        time is returned, whatever the expected revision.

        Parameters
        ----------
        board
            The board; its first entry (expected revision 0) makes it.
        expected_revision
            The revision that the draft was decided on.

        Raises
        ------
        EntryInvalidError
            Something in the draft cannot be kept exactly.
        KeyReusedError
            The key of the draft was used for another request.
        RevisionConflictError
            The board is at another revision.
        """

    def append_all(
        self,
        board: str,
        expected_revision: int,
        drafts: Sequence[Draft],
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        """Append entries one behind the other, at least one, all or none; they are durable when this returns.

        Parameters
        ----------
        board, expected_revision
            As for ``append``; the revision that the first draft was decided on.
        drafts
            Their keys differ, and none of them has been used on the board.
        before_waiting
            Called once there is nothing left to do but to wait, for other writers, a server or the disk: somebody else
            may do something then. Where something goes wrong before, it is not called.

        Raises
        ------
        EntryInvalidError
            Something in a draft cannot be kept exactly.
        KeyReusedError
            A key was used before, for whatever request.
        RevisionConflictError
            The board is at another revision.
        """

    def entry_of_key(self, board: str, key: str) -> Entry | None:
        """Return the entry that a request with this key became."""

    def head(self, board: str) -> Head:
        """Return the latest revision and its hash; revision 0 for a board without entries."""

    def read(self, board: str, after: int = 0, upto: int | None = None) -> Iterator[Entry]:
        """Read the entries after a revision up to another (included), or to the latest, in order and in chunks.

        Raises
        ------
        LogTamperedError
            At an entry that is not as it was written.
        """

    def boards(self) -> list[str]:
        """Return the boards that have entries, in alphabetical order."""

    def save_snapshot(self, board: str, snapshot: Snapshot) -> None:
        """Keep a snapshot in place of an earlier one of the same version; one of a later revision stays.

        Raises
        ------
        SnapshotUnfitError
            The log has no such revision of this hash.
        """

    def latest_snapshot(self, board: str, version: int) -> Snapshot | None:
        """Return the newest snapshot of this version of the state.

        Raises
        ------
        LogTamperedError
            It is not as it was written.
        """

    def verify(self, board: str) -> Head:
        """Read everything that is kept of a board, and return its head.

        Raises
        ------
        BoardUnknownError
            There is no such board.
        LogTamperedError
            Naming the first revision that is not as it was written.
        """

    def lead(self, board: str, purpose: str) -> AbstractContextManager[bool]:
        """Try to become the only one, in all processes, who does something for a board; do not wait.

        The value says whether it was granted. It ends with the block, and by itself when the process dies.
        """

    def close(self) -> None:
        """Let go of files and connections."""
