"""What runs in a process of ``processes.Processes``, and what the two say to each other."""

from __future__ import annotations

import pickle
import signal
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from dispatch_engine.jobs.job import Work
    from dispatch_engine.planner.search import SearchState

STOP: Final = None
"""What is sent to have the work under way end soon. It may come after its end, and says nothing then."""


@dataclass(frozen=True)
class Begun:
    """The work has come."""


@dataclass(frozen=True)
class Told:
    """How far the work is."""

    progress: SearchState


@dataclass(frozen=True)
class Done:
    """What came of the work: of a job bytes, of other work whatever can be pickled."""

    result: Any


@dataclass(frozen=True)
class Failed:
    """What the work raised."""

    error: Exception


class WorkFailedError(Exception):
    """The program failed in another process; the message is what a traceback there says."""


def serve(connection: Connection, first: Callable[[], None]) -> None:
    """Get ready, then do one piece of work after the other, until the process that sends them ends."""
    for each in (signal.SIGINT, signal.SIGTERM):  # sent to all processes of a server; its first one decides
        signal.signal(each, signal.SIG_IGN)
    first()
    try:
        while True:
            work = connection.recv()
            if work is not STOP:
                connection.send(Begun())
                connection.send(_answer(work, connection))
    except (EOFError, OSError):
        return


def _answer(work: Work, connection: Connection) -> Done | Failed:
    try:
        return Done(work(lambda progress: connection.send(Told(progress)), lambda: _is_stopped(connection)))
    except DispatchError as error:
        return Failed(error if can_be_sent(error) else WorkFailedError(traceback.format_exc()))
    except Exception:  # noqa: BLE001 - a fault of the program, which belongs into the log of the server
        return Failed(WorkFailedError(traceback.format_exc()))


def _is_stopped(connection: Connection) -> bool:
    """Whether the work was called off, or the other side has gone."""
    if not connection.poll():
        return False
    connection.recv()
    return True


def can_be_sent(error: DispatchError) -> bool:
    """Whether an error comes out of a pickle as it went in."""
    try:
        pickle.loads(pickle.dumps(error))
    except (AttributeError, TypeError, ValueError, pickle.PickleError):
        return False
    return True
