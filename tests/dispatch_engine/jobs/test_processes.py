"""Work in processes of their own: it ends, fails, is called off and survives the death of its process."""

from __future__ import annotations

import importlib
import inspect
import os
import pickle
import pkgutil
import signal
import threading
from typing import TYPE_CHECKING, Any

import pytest

import dispatch_engine
from dispatch_engine.errors import DispatchError, DocumentErrors
from dispatch_engine.jobs.errors import JobsClosedError, ProcessDiedError
from dispatch_engine.jobs.job import JobStatus
from dispatch_engine.jobs.jobs import JobLimits, Jobs
from dispatch_engine.jobs.process import WorkFailedError
from dispatch_engine.jobs.processes import Processes
from tests.dispatch_engine.jobs import work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.jobs.job import Job

WAIT_S = 60


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    made = Processes(1, work.nothing)
    yield made
    made.shutdown(wait=False, cancel_futures=True)


@pytest.fixture
def jobs(processes: Processes) -> Jobs:
    return Jobs(processes, JobLimits(), lambda: 0.0)


def until_told(job: Job) -> int:
    """Return the id of the process that a job runs in."""
    for _ in range(WAIT_S * 100):
        if job.progress is not None:
            return job.progress.iterations
        threading.Event().wait(0.01)
    raise AssertionError("the work has not begun")


def test_work_is_done_in_another_process_which_takes_the_next_too(jobs: Jobs) -> None:
    first, second = (int(jobs.submit("a", work.pid).future.result(WAIT_S)) for _ in range(2))
    assert first == second != os.getpid()


def test_what_work_refuses_is_raised_as_it_was(jobs: Jobs) -> None:
    with pytest.raises(DocumentErrors) as caught:
        jobs.submit("a", work.refused).future.result(WAIT_S)
    assert (caught.value.name, caught.value.faults[0].pointer) == ("the day", "/calls/0")
    assert "1 fault" in str(caught.value)


def test_a_fault_of_the_program_comes_with_the_traceback_of_the_other_process(jobs: Jobs) -> None:
    with pytest.raises(WorkFailedError, match=r"in broken\n(.|\n)*no such thing"):
        jobs.submit("a", work.broken).future.result(WAIT_S)


def test_work_under_way_that_is_called_off_ends_with_what_it_has(jobs: Jobs) -> None:
    job = jobs.submit("a", work.until_stopped)
    until_told(job)
    job.cancel()
    assert job.future.result(WAIT_S) == b"stopped"
    assert job.status is JobStatus.CANCELLED


def test_a_process_that_is_killed_fails_its_work_alone_and_another_takes_its_place(jobs: Jobs) -> None:
    job, waiting = jobs.submit("a", work.until_stopped), jobs.submit("a", work.pid)
    killed = until_told(job)
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(ProcessDiedError, match="signal 9"):
        job.future.result(WAIT_S)
    assert job.status is JobStatus.FAILED
    assert int(waiting.future.result(WAIT_S)) != killed


def test_a_process_that_is_killed_while_it_waits_is_replaced_before_the_next_work(jobs: Jobs) -> None:
    killed = int(jobs.submit("a", work.pid).future.result(WAIT_S))
    os.kill(killed, signal.SIGKILL)
    assert int(jobs.submit("a", work.pid).future.result(WAIT_S)) != killed


def test_work_under_way_ends_at_once_where_nobody_waits_for_it() -> None:
    processes = Processes(1, work.nothing)
    job = Jobs(processes, JobLimits(), lambda: 0.0).submit("a", work.until_stopped)
    process = until_told(job)
    processes.shutdown(wait=False, cancel_futures=True)
    with pytest.raises(JobsClosedError):
        job.future.result(WAIT_S)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def kinds_of_errors() -> list[type[DispatchError]]:
    modules = pkgutil.walk_packages(dispatch_engine.__path__, "dispatch_engine.")
    names = [each.name for each in modules if each.name.endswith("errors")]
    found: set[type[Any]] = set()
    for name in names:
        found |= {each for _, each in inspect.getmembers(importlib.import_module(name), inspect.isclass)}
    return sorted((each for each in found if issubclass(each, DispatchError)), key=lambda each: each.__name__)


@pytest.mark.parametrize("kind", kinds_of_errors())
def test_every_kind_of_error_can_be_sent_to_another_process(kind: type[DispatchError]) -> None:
    error = kind.__new__(kind)
    DispatchError.__init__(error, "something is wrong", pointer="/a", value=1, advice="Maybe mend it.")
    sent = pickle.loads(pickle.dumps(error))
    assert (type(sent), str(sent), vars(sent)) == (kind, str(error), vars(error))
