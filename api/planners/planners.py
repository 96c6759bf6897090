"""The planners of a server: each board is planned by one of them, and what one appends is told to all who follow it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import socket
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from api.errors import PlannerDiedError
from api.planners.process import Share, place_of, serve
from api.planners.wire import Appended, Done, Failed, Order, Ready, Stop, framed, next_message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.process import BaseProcess

    from api.planners.process import Setup
    from api.planners.wire import Message
    from api.services import Services
    from dispatch_engine.event_log.entries import Entry

T = TypeVar("T")

AGAIN_S = 1.0
"""After so long another process takes the place of one that ended."""

logger = logging.getLogger(__name__)


class Planners:
    """Processes that plan boards; for one event loop.

    Parameters
    ----------
    setup
        What all of them need to know; ``share`` says how many there are.
    appended
        Gets the name of a board and entries that a planner has appended to its log.
    """

    def __init__(self, setup: Setup, appended: Callable[[str, Sequence[Entry]], None]) -> None:
        places = range(setup.share.count)
        shares = (Share(place, setup.share.count) for place in places)
        self._planners = [Planner(replace(setup, share=share), appended) for share in shares]

    @property
    def are_ready(self) -> bool:
        """Whether all of them have loaded the solver and taken up their boards."""
        return all(each.is_ready for each in self._planners)

    def begin(self) -> None:
        """Start all of them."""
        for each in self._planners:
            each.begin()

    async def do(self, board: str, work: Callable[[Services], T]) -> T:
        """Have the planner of a board do some work that can be pickled; raise what it raises there.

        Raises
        ------
        PlannerDiedError
            The process ended without an answer.
        """
        answer: T = await self._planners[place_of(board, len(self._planners))].do(work)
        return answer

    async def close(self, seconds: float) -> None:
        """Let all of them end what they do and stop; one that takes longer than that is killed."""
        await asyncio.gather(*(each.close(seconds) for each in self._planners))


class Planner:
    """One of them: its process, or the one that took its place, and who waits for its answers."""

    def __init__(self, setup: Setup, appended: Callable[[str, Sequence[Entry]], None]) -> None:
        self._setup, self._appended = setup, appended
        self._numbers, self._waiting = count(), dict[int, asyncio.Future[Any]]()
        self._up = asyncio.Event()
        """Whether there is a process, which may still be loading: orders wait in its socket."""
        self._writer: asyncio.StreamWriter | None = None
        self._running: asyncio.Task[None] | None = None
        self._is_closing = self.is_ready = False

    def begin(self) -> None:
        """Start the process, and another one whenever that ends."""
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def do(self, work: Callable[[Services], Any]) -> Any:
        """Have work done; see ``Planners``."""
        await self._up.wait()
        assert self._writer is not None  # it is up
        number, answer = next(self._numbers), asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            self._writer.write(framed(Order(number, work)))
            return await answer
        finally:
            self._waiting.pop(number, None)

    async def close(self, seconds: float) -> None:
        """Let the process end what it does, and wait for it."""
        self._is_closing = True
        if self._writer is not None:
            with contextlib.suppress(OSError, RuntimeError):  # it has ended by itself
                self._writer.write(framed(Stop()))
        if self._running is not None:
            await asyncio.wait([self._running], timeout=seconds)
            self._running.cancel()
            await asyncio.wait([self._running])

    async def _run(self) -> None:
        while not self._is_closing:
            try:
                await self._run_once()
            except OSError:  # there may be room for a process in a while
                logger.exception("a planner cannot be begun", extra={"planner": self._setup.share.place})
            if not self._is_closing:
                await asyncio.sleep(AGAIN_S)

    async def _run_once(self) -> None:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                process = await asyncio.to_thread(_started, self._setup, theirs)
            try:
                await self._serve(ours)
            finally:
                exit_code = await asyncio.shield(asyncio.to_thread(_ended, process))
                self._fail(exit_code)

    async def _serve(self, ours: socket.socket) -> None:
        """Take in what a process says until it ends."""
        reader, self._writer = await asyncio.open_connection(sock=ours)
        self._up.set()
        try:
            while True:
                self._take(await next_message(reader))
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self._up.clear()
            self.is_ready = False
            self._writer.close()

    def _take(self, message: Message) -> None:
        match message:
            case Appended(board, entries):
                self._appended(board, entries)
            case Done(number, result):
                if (answer := self._answer_to(number)) is not None:
                    answer.set_result(result)
            case Failed(number, error):
                if (answer := self._answer_to(number)) is not None:
                    answer.set_exception(error)
            case Ready():
                self.is_ready = True

    def _answer_to(self, number: int) -> asyncio.Future[Any] | None:
        """Return where an answer is waited for; None where nobody does any more."""
        answer = self._waiting.get(number)
        return None if answer is None or answer.done() else answer

    def _fail(self, exit_code: int | None) -> None:
        """Tell all who wait that there will be no answer."""
        if not self._is_closing:
            logger.error("a planner ended", extra={"planner": self._setup.share.place, "exit_code": exit_code})
        for number in list(self._waiting):
            if (answer := self._answer_to(number)) is not None:
                answer.set_exception(PlannerDiedError(exit_code))


def _started(setup: Setup, theirs: socket.socket) -> BaseProcess:
    context = multiprocessing.get_context("spawn")  # a copy of a process with threads may stand still
    process = context.Process(target=serve, args=(setup, theirs), name="dispatch planner", daemon=True)
    process.start()
    return process


def _ended(process: BaseProcess) -> int | None:
    """End a process, if it has not, and return its exit code."""
    process.join(AGAIN_S)  # it has closed its socket, and the rest of its end takes a moment
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode
