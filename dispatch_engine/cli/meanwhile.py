"""Work beside a search, which leaves the interpreter to others while it runs."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[Callable[[], None]]:
    """Yield what begins some work in a thread of its own; calling it again does nothing. The end waits for the work.

    The work prepares what is needed later, so that nobody has to wait for it then. Whatever goes wrong with it goes
    wrong again where it is needed, and is told there.
    """
    threads: list[Thread] = []

    def begin() -> None:
        if not threads:
            threads.append(Thread(target=_quietly, args=(work,)))
            threads[0].start()

    try:
        yield begin
    finally:
        for thread in threads:
            thread.join()


def _quietly(work: Callable[[], object]) -> None:
    with suppress(Exception):
        work()
