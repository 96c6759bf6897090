"""One job: what it is, how far it is, and what came of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import datetime

    from dispatch_engine.planner.search import SearchState


JobKind = Literal["plan", "comparison"]


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    """Called off; what was found until then is its result, if it had begun."""
    FAILED = "failed"


class Work(Protocol):
    """What a job does, in another thread."""

    def __call__(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        """Return the result; tell of the progress now and then, and end soon once asked to stop."""


@dataclass
class Job:
    """A job and its state.

    Attributes
    ----------
    id
        Random, not to be guessed.
    owner
        Id of the key that asked for it.
    created_at
        When it was asked for.
    kind
        What its result is.
    progress
        The latest that its work told; None before that.
    future
        Ends with the result, or with the error of the work.
    """

    id: str
    owner: str
    created_at: datetime
    kind: JobKind = "plan"
    progress: SearchState | None = None
    future: Future[bytes] = field(init=False)
    ended_s: float | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    @property
    def status(self) -> JobStatus:
        """Where the job stands."""
        if self.future.cancelled():
            return JobStatus.CANCELLED
        if not self.future.done():
            return JobStatus.RUNNING if self.future.running() else JobStatus.QUEUED
        if self.future.exception() is not None:
            return JobStatus.FAILED
        return JobStatus.CANCELLED if self._stop.is_set() else JobStatus.DONE

    @property
    def result(self) -> bytes | None:
        """What came of it, if anything has yet."""
        if not self.future.done() or self.future.cancelled() or self.future.exception() is not None:
            return None
        return self.future.result()

    def tell(self, progress: SearchState) -> None:
        """Note how far the work is."""
        self.progress = progress

    def cancel(self) -> None:
        """Call the job off: before it begins for good, later as soon as its work looks."""
        self._stop.set()
        self.future.cancel()

    def asked_to_stop(self) -> bool:
        """Whether it was called off."""
        return self._stop.is_set()
