"""Group commit: the writers who wait while one commits are served by the next commit together.

A commit waits for the disk, and SQLite has one writer at a time. So without this, the waits of all writers add up.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from dispatch_engine.event_log.errors import DatabaseLockedError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.event_log.sql.trouble import ADVICE, coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

T = TypeVar("T")


class _Job:
    """The work of one writer, and what became of it."""

    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.outcome: Any = None
        self.error: BaseException | None = None


class GroupCommit:
    """The turn to write, for the threads of this process.

    Parameters
    ----------
    name
        The database, for the message.
    begin
        Opens a transaction that is durable after its block.
    wait_s
        How long a writer waits for its turn.
    """

    def __init__(self, name: str, begin: Callable[[], AbstractContextManager[Connection]], wait_s: float) -> None:
        self._name = name
        self._begin = begin
        self._wait_s = wait_s
        self._turn = threading.Lock()
        self._waiting: list[_Job] = []
        self._waiting_lock = threading.Lock()

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Open a transaction of one's own.

        Raises
        ------
        DatabaseLockedError
            Others wrote for longer than a writer waits.
        """
        if not self._turn.acquire(timeout=self._wait_s):
            raise self._locked()
        try:
            with self._begin() as connection:
                yield connection
        finally:
            self._turn.release()

    def run(self, work: Callable[[Connection], T], before_waiting: Callable[[], None] = nothing) -> T:
        """Do work in a transaction, perhaps with that of others; what it wrote is durable when this returns.

        What the work raises is raised here, undoes what the work wrote, and does not concern the others.

        Parameters
        ----------
        work
            Gets the connection.
        before_waiting
            Called before this waits for others, or else for the disk.

        Raises
        ------
        DatabaseLockedError
            Others wrote for longer than a writer waits; nothing was written.
        """
        job = _Job(work)
        with self._waiting_lock:
            self._waiting.append(job)
        if not self._turn.acquire(blocking=False):
            before_waiting()
            self._wait(job)
        try:
            self._serve(self._taken() if job in self._waiting else [], before_waiting)
        finally:
            self._turn.release()
        if job.error is not None:
            raise job.error
        outcome: T = job.outcome
        return outcome

    def _wait(self, job: _Job) -> None:
        if not self._turn.acquire(timeout=self._wait_s):
            self._give_up(job)
            self._turn.acquire()  # another writer is at this job, so that its outcome is about to be known

    def _taken(self) -> list[_Job]:
        with self._waiting_lock:
            jobs, self._waiting = self._waiting, []
        return jobs

    def _give_up(self, job: _Job) -> None:
        with self._waiting_lock:
            if job in self._waiting:
                self._waiting.remove(job)
                raise self._locked()

    def _serve(self, jobs: list[_Job], before_waiting: Callable[[], None]) -> None:
        """Do all jobs in one transaction; where that fails as a whole, every job has failed."""
        if not jobs:
            return
        try:
            with self._begin() as connection:
                if len(jobs) == 1:  # needs no savepoint: its failure is that of the transaction
                    jobs[0].outcome = jobs[0].work(connection)
                else:
                    for job in jobs:
                        _do(job, connection, self._name)
                before_waiting()
        except BaseException as error:
            for job in jobs:
                job.error = job.error or error
            if not isinstance(error, Exception):
                raise

    def _locked(self) -> DatabaseLockedError:
        message = f"the database {self._name} cannot be used: other threads write for more than {self._wait_s:g} s"
        return DatabaseLockedError(message, value=self._name, advice=ADVICE[DatabaseLockedError])


def _do(job: _Job, connection: Connection, name: str) -> None:
    savepoint = connection.begin_nested()
    try:
        with coded(name):
            job.outcome = job.work(connection)
    except Exception as error:
        job.error = error  # it is raised where the job came from
        if not _is_in_transaction(connection):
            raise  # SQLite has undone the work of those before as well, as it does when the disk fails
        savepoint.rollback()
    else:
        savepoint.commit()


def _is_in_transaction(connection: Connection) -> bool:
    driver = connection.connection.driver_connection
    return isinstance(driver, sqlite3.Connection) and driver.in_transaction
