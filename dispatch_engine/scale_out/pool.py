"""Places for work, opened: an executor, and what it says where a worker has gone."""

from __future__ import annotations

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from dispatch_engine.jobs.errors import ProcessDiedError
from dispatch_engine.scale_out.choice import ExecutorKind
from dispatch_engine.scale_out.shared import Here, InFile, new_key
from dispatch_engine.scale_out.task import StopFlag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dispatch_engine.scale_out.choice import ExecutorChoice
    from dispatch_engine.scale_out.shared import Shared
    from dispatch_engine.scale_out.task import Task


@dataclass(frozen=True)
class Pool:
    """A place for work that is open.

    Attributes
    ----------
    executor
        Takes tasks with the flag that calls them off; see ``run.run_all``.
    size
        How many pieces of work are done at the same time.
    is_lost
        Whether an error of a piece of work says that its worker has gone.
    share
        Puts a value that many tasks need where each worker gets it once.
    """

    executor: Executor
    size: int
    is_lost: Callable[[BaseException], bool]
    share: Callable[[Any], Shared[Any]]


@contextmanager
def open_pool(choice: ExecutorChoice, first: Callable[[], None]) -> Iterator[Pool]:
    """Open a place for work; at the end of the block what is under way is called off.

    Parameters
    ----------
    choice
        Which one.
    first
        What each process begins with, such as loading what all tasks need: a function that can be pickled. Workers
        of a cluster begin by themselves.

    Raises
    ------
    ScaleOutError
        There is no such place.
    """
    if choice.kind is ExecutorKind.DASK:
        from dispatch_engine.scale_out.cluster import cluster_pool

        with cluster_pool(choice.address) as pool:
            yield pool
        return
    opened = _threads(choice.count) if choice.kind is ExecutorKind.THREADS else _processes(choice.count, first)
    with opened as pool:
        yield pool


@contextmanager
def _threads(count: int) -> Iterator[Pool]:
    executor = ThreadPoolExecutor(count, "task")
    try:
        yield Pool(executor, count, _is_process_lost, lambda value: Here(new_key(), value))
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _processes(count: int, first: Callable[[], None]) -> Iterator[Pool]:
    with TemporaryDirectory(prefix="dispatch-") as folder:
        executor = TaskProcesses(count, first)
        try:
            yield Pool(executor, count, _is_process_lost, lambda value: InFile.of(value, Path(folder)))
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


class TaskProcesses(Executor):
    """Does tasks in processes of their own, of which one that dies is replaced.

    Parameters
    ----------
    count
        How many.
    first
        What each begins with.
    """

    def __init__(self, count: int, first: Callable[[], None]) -> None:
        from dispatch_engine.jobs.processes import Processes

        self._processes = Processes(count, first)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do a task; its one argument is the flag that calls it off."""
        (flag,) = args
        return self._processes.submit(_TaskWork(fn), _tell_nobody, flag)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks; see ``Processes.shutdown``."""
        self._processes.shutdown(wait, cancel_futures=cancel_futures)


@dataclass(frozen=True)
class _TaskWork:
    """A task as the work of a job."""

    task: Task[Any]

    def __call__(self, tell: Callable[[Any], None], asked_to_stop: Callable[[], bool]) -> Any:
        """Do the task."""
        flag = StopFlag()

        def asked() -> bool:
            """Remember the wish: the connection tells it once."""
            if not flag() and asked_to_stop():
                flag.ask()
            return flag()

        return self.task(asked)


def _tell_nobody(_: Any) -> None:
    """Keep the progress of a task to itself."""


def _is_process_lost(error: BaseException) -> bool:
    return isinstance(error, ProcessDiedError)
