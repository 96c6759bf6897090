"""Many tasks, done wherever there is a place for work: all results in order, whatever the order of their ends."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from dispatch_engine.errors import DispatchError
from dispatch_engine.scale_out.errors import WorkLostError
from dispatch_engine.scale_out.task import StopFlag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.scale_out.task import Task

T = TypeVar("T")

ATTEMPTS = 4
"""So often a task is begun whose worker goes before it is done."""

LOOK_S = 0.1
"""So often it is looked whether somebody has asked to stop."""


@dataclass(frozen=True)
class Ending(Generic[T]):
    """How a task ended: with a result, with an error that a person can mend, or called off (neither of the two)."""

    result: T | None = None
    error: DispatchError | None = None

    @property
    def is_called_off(self) -> bool:
        """Whether it was called off before it was done."""
        return self.result is None and self.error is None


def run_all(
    pool: Pool,
    tasks: Sequence[Task[T]],
    on_end: Callable[[int, Ending[T]], None] | None = None,
    asked_to_stop: Callable[[], bool] | None = None,
) -> list[Ending[T]]:
    """Do all tasks and return how each ended, in their order.

    A task whose worker goes is begun anew. A fault of the program in one ends all.

    Parameters
    ----------
    pool
        Where they are done.
    tasks
        What is to be done; a result is never None.
    on_end
        Told of each end as it comes, with the number of the task.
    asked_to_stop
        Asked now and then; once it says so, nothing is begun any more, what is under way is called off, and what is
        done is kept.
    """
    run = _Run(pool, tasks, on_end or (lambda _, __: None))
    try:
        run.begin()
        while run.pending:
            if asked_to_stop is not None and asked_to_stop():
                run.call_off()
            run.look()
    finally:
        run.call_off()
    return [run.endings.get(i, Ending()) for i in range(len(tasks))]


class _Run(Generic[T]):
    """Tasks under way.

    Attributes
    ----------
    pending
        The number of the task by its future, as long as it has not ended.
    endings
        How tasks ended, by number.
    """

    def __init__(self, pool: Pool, tasks: Sequence[Task[T]], on_end: Callable[[int, Ending[T]], None]) -> None:
        self._pool, self._tasks, self._on_end = pool, tasks, on_end
        self._attempts = [0] * len(tasks)
        self._flag = StopFlag()
        self.pending: dict[Future[T | None], int] = {}
        self.endings: dict[int, Ending[T]] = {}

    def begin(self) -> None:
        """Hand all tasks out."""
        for number in range(len(self._tasks)):
            self._submit(number)

    def look(self) -> None:
        """Wait a moment for ends, and note those that have come."""
        done, _ = wait(self.pending, LOOK_S, FIRST_COMPLETED)
        for future in sorted(done, key=self.pending.__getitem__):
            self._note(self.pending.pop(future), future)

    def call_off(self) -> None:
        """Begin nothing any more and ask what is under way to stop."""
        self._flag.ask()
        for future in list(self.pending):
            future.cancel()

    def _submit(self, number: int) -> None:
        self._attempts[number] += 1
        self.pending[self._pool.executor.submit(self._tasks[number], self._flag)] = number

    def _note(self, number: int, future: Future[T | None]) -> None:
        try:
            ending = Ending(future.result())
        except CancelledError:
            ending = Ending() if self._flag() else Ending(error=WorkLostError(self._attempts[number]))
        except Exception as error:
            if self._pool.is_lost(error):
                self._lost(number)
                return
            if not isinstance(error, DispatchError):
                raise
            ending = Ending(error=error)
        self._end(number, ending)

    def _lost(self, number: int) -> None:
        if self._flag():
            self._end(number, Ending())
        elif self._attempts[number] < ATTEMPTS:
            self._submit(number)
        else:
            self._end(number, Ending(error=WorkLostError(self._attempts[number])))

    def _end(self, number: int, ending: Ending[T]) -> None:
        self.endings[number] = ending
        self._on_end(number, ending)
