"""What is done in the background once the server begins: the solver is compiled, if need be, and loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine import kernels

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future


class Preparation:
    """Loads the solver's kernels, so that no request has to wait for them."""

    def __init__(self) -> None:
        self._future: Future[None] | None = None

    def begin(self, executor: Executor, then: Callable[[], object] | None = None) -> None:
        """Begin in the background; ``then`` is done when the kernels are loaded."""
        self._future = executor.submit(load_kernels)
        if then is not None:
            self._future.add_done_callback(lambda done: None if done.exception() else then())

    def wait(self, seconds: float) -> None:
        """Wait so long for the end; raise what went wrong."""
        if self._future is not None:
            self._future.result(seconds)

    @property
    def is_done(self) -> bool:
        """Whether the kernels are loaded."""
        return self._future is not None and self._future.done() and self._future.exception() is None


def load_kernels() -> None:
    """Compile the solver, if that has not been done, and load it."""
    kernels.prepare()
    if not kernels.is_warm():
        kernels.warmup()
    import dispatch_engine.planner.search  # noqa: F401 - loads the kernels, which are to be found in their folder
