"""An executor whose work runs in processes of its own: long searches do not share an interpreter with the server.

Each process takes one piece of work after the other. One that dies, for want of memory say, costs the work that it
had, which fails with a code; another takes its place. Processes end with the one that began them, however that ends.
"""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from dispatch_engine.jobs.errors import JobsClosedError, ProcessDiedError
from dispatch_engine.jobs.process import STOP, Begun, Done, Failed, Told, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from dispatch_engine.jobs.job import Work
    from dispatch_engine.planner.search import SearchState

LOOK_S = 0.05
"""So often it is looked whether work was called off."""

END_S = 5.0
"""For so long a process that is to end is waited for."""


class Processes(Executor):
    """Runs the work of jobs in processes.

    Parameters
    ----------
    count
        How many, at least 1; so many pieces of work are done at the same time.
    first
        What each process begins with: a function that can be pickled.
    """

    def __init__(self, count: int, first: Callable[[], None]) -> None:
        self._first = first
        self._threads = ThreadPoolExecutor(count, "process")
        self._lock = threading.Lock()
        self._is_closed = False
        self._workers: set[Worker] = set()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for _ in range(count):
            self._idle.put(self._begun())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work of a job, given what it tells of its progress and what it asks whether to stop.

        The work is one that can be pickled. It raises here what it raises there.
        """
        return self._threads.submit(self._done, fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work; what is under way is waited for, or ends at once."""
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        with self._lock:
            self._is_closed = True
            workers = list(self._workers)
        for each in workers:
            each.end()

    def _done(self, work: Work, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> Any:
        worker = self._idle.get()
        try:
            return worker.do(work, tell, asked_to_stop)
        except ProcessDiedError:
            worker, had_begun = self._begun_instead_of(worker), worker.has_begun
            if had_begun:
                raise
            return worker.do(work, tell, asked_to_stop)  # the process had died before
        finally:
            self._idle.put(worker)

    def _begun_instead_of(self, worker: Worker) -> Worker:
        with self._lock:
            self._workers.discard(worker)
        worker.end()
        worker.close()
        return self._begun()

    def _begun(self) -> Worker:
        with self._lock:
            if self._is_closed:
                raise JobsClosedError
            worker = Worker(self._first)
            self._workers.add(worker)
        return worker


class Worker:
    """A process, which begins at once."""

    def __init__(self, first: Callable[[], None]) -> None:
        context = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still
        self._connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, first), name="dispatch search", daemon=True)
        self.process.start()
        theirs.close()
        self._ending = threading.Lock()
        self.has_begun = False
        """Whether the latest work has come to the process."""

    def do(self, work: Work, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> Any:
        """Have work done; see ``Processes``.

        Raises
        ------
        ProcessDiedError
            The process ended without an answer.
        """
        self.has_begun = False
        try:
            self._connection.send(work)
            return self._answer(tell, asked_to_stop)
        except (EOFError, OSError) as error:
            raise ProcessDiedError(self._exit_code()) from error

    def end(self) -> None:
        """End the process, whatever it does; a thread that has it do work learns of that."""
        self.process.kill()
        self._exit_code()

    def close(self) -> None:
        """Close the connection to a process that has ended; for the thread that had it do work, as no other may."""
        self._connection.close()

    def _exit_code(self) -> int | None:
        """Wait until the process has ended; of two threads that wait at once, one may not learn how it did."""
        with self._ending:
            self.process.join(END_S)
            return self.process.exitcode

    def _answer(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> Any:
        """Hand on what the process tells until it answers."""
        is_told = False
        while True:
            if not is_told and asked_to_stop():
                self._connection.send(STOP)
                is_told = True
            if not self._connection.poll(LOOK_S):
                continue
            match self._connection.recv():
                case Begun():
                    self.has_begun = True
                case Told(progress):
                    tell(progress)
                case Failed(error):
                    raise error
                case Done(result):
                    return result
