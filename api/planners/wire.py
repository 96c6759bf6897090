"""What a server and its planners say to each other: pickled messages over a socket, each behind its length."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from api.services import Services
    from dispatch_engine.event_log.entries import Entry

LENGTH = struct.Struct("!Q")


@dataclass(frozen=True, slots=True)
class Order:
    """Work for a planner, one that can be pickled; ``number`` tells its answer from others."""

    number: int
    work: Callable[[Services], Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """There are no more orders: the planner ends what it does, and then itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an order."""

    number: int
    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What an order raised."""

    number: int
    error: Exception


@dataclass(frozen=True, slots=True)
class Appended:
    """Entries that a planner has appended to a board's log, in order."""

    board: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Ready:
    """The planner has loaded the solver and taken up its boards."""


Message = Done | Failed | Appended | Ready


def framed(message: Order | Stop | Message) -> bytes:
    """Return a message as it goes over the socket."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def next_order(stream: BinaryIO) -> Order | Stop:
    """Return the next order, waiting for it.

    Raises
    ------
    EOFError
        The server has ended without a word.
    """
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(header)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    order: Order | Stop = pickle.loads(data)
    return order


async def next_message(reader: asyncio.StreamReader) -> Message:
    """Return the next message of a planner, waiting for it.

    Raises
    ------
    IncompleteReadError
        The planner has ended.
    """
    (length,) = LENGTH.unpack(await reader.readexactly(LENGTH.size))
    message: Message = pickle.loads(await reader.readexactly(length))
    return message
