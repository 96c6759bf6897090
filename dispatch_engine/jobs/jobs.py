"""The jobs of one server: a bounded number at a time, results kept for a while."""

from __future__ import annotations

import secrets
import threading
from concurrent.futures import wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.clock import now_at
from dispatch_engine.jobs.errors import JobsClosedError, JobsFullError, JobUnknownError
from dispatch_engine.jobs.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    from dispatch_engine.jobs.job import JobKind, Work

ID_BYTES = 12


@dataclass(frozen=True)
class JobLimits:
    """How many jobs there may be.

    Attributes
    ----------
    unfinished
        Waiting or under way at the same time, at least 1.
    kept
        Ended ones whose result can still be fetched; the oldest go first.
    kept_s
        Seconds for which a result is kept at most.
    """

    unfinished: int = 16
    kept: int = 100
    kept_s: float = 3600.0


class Jobs:
    """Runs work on an executor and keeps what came of it; safe to use from several threads.

    Parameters
    ----------
    executor
        Where the work is done. Its threads share memory with the caller.
    limits
        How many jobs there may be.
    elapsed_s
        Tells the seconds that have gone by; never goes back.
    """

    def __init__(self, executor: Executor, limits: JobLimits, elapsed_s: Callable[[], float]) -> None:
        self._executor = executor
        self._limits = limits
        self._elapsed_s = elapsed_s
        self._lock = threading.Lock()
        self._job_by_id: dict[str, Job] = {}
        self._is_closed = False

    def submit(self, owner: str, work: Work, kind: JobKind = "plan") -> Job:
        """Begin a job with a result of a kind, or let it wait for its turn.

        Raises
        ------
        JobsFullError, JobsClosedError
            There are as many as there may be; no more are taken.
        """
        job = Job(secrets.token_hex(ID_BYTES), owner, now_at(), kind)
        with self._lock:
            if self._is_closed:
                raise JobsClosedError
            self._forget_old()
            if sum(not each.future.done() for each in self._job_by_id.values()) >= self._limits.unfinished:
                raise JobsFullError(self._limits.unfinished)
            job.future = self._executor.submit(work, job.tell, job.asked_to_stop)
            self._job_by_id[job.id] = job
        job.future.add_done_callback(lambda _: self._note_end(job))
        return job

    def get(self, job_id: str, owner: str | None = None) -> Job:
        """Return a job of this owner, or of anybody where there is no owner given.

        Raises
        ------
        JobUnknownError
            There is none, it belongs to somebody else, or it is forgotten.
        """
        with self._lock:
            self._forget_old()
            job = self._job_by_id.get(job_id)
        if job is None or owner not in (None, job.owner):
            raise JobUnknownError(job_id)
        return job

    def forget(self, job: Job) -> None:
        """Call a job off, if it has not ended, and keep nothing of it."""
        job.cancel()
        with self._lock:
            self._job_by_id.pop(job.id, None)

    def unfinished(self) -> int:
        """Return how many wait or are under way."""
        with self._lock:
            return sum(not job.future.done() for job in self._job_by_id.values())

    def close(self, grace_s: float) -> None:
        """Take no more jobs, ask those under way to stop, and wait for them so many seconds."""
        with self._lock:
            self._is_closed = True
            jobs = list(self._job_by_id.values())
        for job in jobs:
            job.cancel()
        futures: list[Future[bytes]] = [job.future for job in jobs]
        wait(futures, grace_s)

    def _note_end(self, job: Job) -> None:
        job.ended_s = self._elapsed_s()

    def _forget_old(self) -> None:
        """Forget what ended too long ago, then the oldest of what is too many; the lock is held."""
        now_s = self._elapsed_s()
        ended = sorted((job.ended_s, job.id) for job in self._job_by_id.values() if job.ended_s is not None)
        too_many = len(ended) - self._limits.kept
        for count, (ended_s, job_id) in enumerate(ended):
            if count < too_many or now_s - ended_s > self._limits.kept_s:
                del self._job_by_id[job_id]
