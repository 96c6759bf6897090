"""Jobs: a bounded number, results kept for a while, called off when asked."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine.jobs.errors import JobsClosedError, JobsFullError, JobUnknownError
from dispatch_engine.jobs.job import Job, JobStatus
from dispatch_engine.jobs.jobs import JobLimits, Jobs
from dispatch_engine.planner.search import SearchState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRESS = SearchState(Decimal(1), 0, 1, 1.0)


class Bench:
    """Jobs on one thread, with a clock that is set by hand and work that ends when told."""

    def __init__(self, executor: ThreadPoolExecutor, **limits: Any) -> None:
        self.now_s = 0.0
        self.go = threading.Event()
        self.jobs = Jobs(executor, JobLimits(**limits), lambda: self.now_s)

    def begin(self, owner: str = "a") -> Job:
        return self.jobs.submit(owner, self._work)

    def ended(self, owner: str = "a") -> Job:
        job = self.jobs.submit(owner, lambda tell, asked: b"done")
        job.future.result(10)
        return job

    def _work(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        tell(PROGRESS)
        while not asked_to_stop() and not self.go.wait(0.01):
            pass
        return b"early" if asked_to_stop() else b"done"


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def test_a_job_ends_with_the_result_of_its_work(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor)
    job = bench.begin()
    bench.go.set()
    assert job.future.result(10) == b"done"
    assert (job.status, job.result) == (JobStatus.DONE, b"done")
    assert job.progress == PROGRESS


def test_a_job_under_way_that_is_called_off_keeps_what_it_has(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor)
    job = bench.begin()
    while job.status is not JobStatus.RUNNING:
        pass
    job.cancel()
    assert job.future.result(10) == b"early"
    assert (job.status, job.result) == (JobStatus.CANCELLED, b"early")


def test_a_job_that_waits_and_is_called_off_never_begins(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor)
    bench.begin()
    waiting = bench.begin()
    assert waiting.status is JobStatus.QUEUED
    waiting.cancel()
    assert (waiting.status, waiting.result) == (JobStatus.CANCELLED, None)
    bench.go.set()


def test_a_job_whose_work_fails_has_failed(executor: ThreadPoolExecutor) -> None:
    def fail(tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        raise ValueError

    job = Bench(executor).jobs.submit("a", fail)
    assert isinstance(job.future.exception(10), ValueError)
    assert (job.status, job.result) == (JobStatus.FAILED, None)


def test_no_more_jobs_are_taken_than_there_may_be(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor, unfinished=2)
    bench.begin()
    bench.begin()
    with pytest.raises(JobsFullError):
        bench.begin()
    bench.go.set()


def test_a_job_is_there_for_its_owner_and_for_who_may_see_all(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor)
    job = bench.ended("a")
    assert bench.jobs.get(job.id, "a") is bench.jobs.get(job.id) is job
    with pytest.raises(JobUnknownError):
        bench.jobs.get(job.id, "b")


def test_a_result_is_forgotten_after_its_time(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor, kept_s=60)
    job = bench.ended()
    settle(job)
    bench.now_s = 60
    assert bench.jobs.get(job.id) is job
    bench.now_s = 61
    with pytest.raises(JobUnknownError):
        bench.jobs.get(job.id)


def test_of_too_many_results_the_oldest_are_forgotten(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor, kept=1)
    first = bench.ended()
    settle(first)
    bench.now_s = 1
    second = bench.ended()
    settle(second)
    assert bench.jobs.get(second.id) is second
    with pytest.raises(JobUnknownError):
        bench.jobs.get(first.id)


def settle(job: Job) -> None:
    """Wait until the end of a job is noted, which happens just after its result is there."""
    while job.ended_s is None:
        pass


def test_jobs_that_are_closed_stop_what_is_under_way_and_take_no_more(executor: ThreadPoolExecutor) -> None:
    bench = Bench(executor)
    job = bench.begin()
    while job.status is not JobStatus.RUNNING:
        pass
    bench.jobs.close(10)
    assert job.result == b"early"
    with pytest.raises(JobsClosedError):
        bench.begin()
