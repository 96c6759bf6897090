"""What a kind of database must offer to hold the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from dispatch_engine.event_log.log import nothing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

T = TypeVar("T")


class Database(Protocol):
    """A database with its connections; its blocks raise a ``DatabaseError`` where it does not do its part."""

    @property
    def name(self) -> str:
        """The URL without its password."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a block that reads one state of the database, whatever others write meanwhile."""

    def writing(self) -> AbstractContextManager[Connection]:
        """Open a transaction; what it wrote is durable after the block, or nothing of it is kept."""

    def written(self, work: Callable[[Connection], T], before_waiting: Callable[[], None] = nothing) -> T:
        """Do work in a transaction, and return what it returns once what it wrote is durable.

        ``before_waiting`` is called once it only waits: for other writers, for a server, for the disk.
        What the work raises is raised, and nothing of what it wrote is kept.
        """

    def migrating(self) -> AbstractContextManager[Connection]:
        """Open a transaction to change tables, one at a time over all processes."""

    def lead(self, board: str, purpose: str) -> AbstractContextManager[bool]:
        """Try to become the only one who does something for a board."""

    def close(self) -> None:
        """Close all connections."""
