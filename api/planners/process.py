"""The process of a planner: it takes orders of its server until that ends, and looks after its boards meanwhile."""

from __future__ import annotations

import logging.config
import os
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from zlib import crc32

from api.beginning import begin_boards
from api.bootstrap import assemble
from api.garbage import new_garbage_alone
from api.interpreter import SWITCH_S
from api.logs import log_config
from api.planners.wire import Appended, Done, Failed, Order, Ready, framed, next_order
from api.preparation import load_kernels
from api.stores import stores_of
from dispatch_engine.errors import DispatchError
from dispatch_engine.event_log.opening import open_database
from dispatch_engine.jobs.process import WorkFailedError, can_be_sent
from dispatch_engine.service.caretakers import caretakers

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from api.planners.wire import Message
    from api.services import Services
    from api.settings import Settings
    from dispatch_engine.service.live_board import LiveBoard


SERVER_GONE = 1
"""Exit code of a planner whose server was killed."""


@dataclass(frozen=True)
class Share:
    """Which boards are a planner's: of ``count`` planners the one with this ``place``, from 0 on."""

    place: int
    count: int

    def __contains__(self, board: object) -> bool:
        """Whether a board, by its name, is in the share."""
        return place_of(str(board), self.count) == self.place


def place_of(board: str, count: int) -> int:
    """Return which of so many planners plans a board: the same one in every process."""
    return crc32(board.encode(errors="surrogatepass")) % count


@dataclass(frozen=True)
class Setup:
    """What a planner needs to know: the settings of its server, the database, the clock of boards, its share."""

    settings: Settings
    database_url: str
    clock: Callable[[], datetime]
    share: Share


def serve(setup: Setup, connection: socket.socket) -> None:
    """Get ready, then do what is ordered, until the server wants no more or ends."""
    for each in (signal.SIGINT, signal.SIGTERM):  # sent to all processes of a server; its first one decides
        signal.signal(each, signal.SIG_IGN)
    logging.config.dictConfig(log_config(setup.settings.log_level))
    load_kernels()
    database = open_database(setup.database_url, create=False)
    sender = _Sender(connection)
    try:
        services = assemble(
            setup.settings,
            stores_of(database),
            ThreadPoolExecutor(1, "no search"),
            setup.clock,
            share=setup.share,
            taken_up=sender.follow,
        )
        sys.setswitchinterval(SWITCH_S)
        with new_garbage_alone(), _looked_after(services, setup):
            sender.send(Ready())
            _take_orders(services, connection, sender)
    finally:
        database.close()


@contextmanager
def _looked_after(services: Services, setup: Setup) -> Iterator[None]:
    """Take up the boards of the share, and have their plans improved while orders are taken."""
    begin_boards(setup.settings, setup.clock, setup.share, services.boards)
    with ExitStack() as ending:
        for each in caretakers(services.boards, setup.settings.clock_seconds):
            each.start()
            ending.callback(each.stop)
        yield


def _take_orders(services: Services, connection: socket.socket, sender: _Sender) -> None:
    """Do orders, many at a time, until there are no more.

    Where the server was killed, this process ends at once as well: whoever takes the server's place has the boards for
    itself then.
    """
    with connection.makefile("rb") as stream, services.commanders:
        try:
            while isinstance(order := next_order(stream), Order):
                services.commanders.submit(_do, order, services, sender)
        except (EOFError, OSError):
            os._exit(SERVER_GONE)


def _do(order: Order, services: Services, sender: _Sender) -> None:
    sender.send(_answer(order, services))


def _answer(order: Order, services: Services) -> Done | Failed:
    try:
        return Done(order.number, order.work(services))
    except DispatchError as error:
        return Failed(order.number, error if can_be_sent(error) else WorkFailedError(traceback.format_exc()))
    except Exception:  # noqa: BLE001 - a fault of the program, which belongs into the log of the server
        return Failed(order.number, WorkFailedError(traceback.format_exc()))


class _Sender:
    """Sends messages to the server, from any thread; to one that is gone it sends nothing."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._lock = connection, threading.Lock()

    def send(self, message: Message) -> None:
        """Send a message whole."""
        data = framed(message)
        with self._lock:
            try:
                self._connection.sendall(data)
            except OSError:  # the next order is not there either, which ends the process
                return

    def follow(self, board: LiveBoard) -> None:
        """Tell of every entry of a board from now on."""
        board.feed.listen(partial(self._tell, board, _Told(board.feed.revision)))

    def _tell(self, board: LiveBoard, told: _Told) -> None:
        with told.lock:
            entries = board.feed.at_hand(told.revision)
            if entries:
                told.revision = entries[-1].revision
                self.send(Appended(board.name, entries))


@dataclass
class _Told:
    """Up to which revision the server knows the entries of a board."""

    revision: int

    def __post_init__(self) -> None:
        self.lock = threading.Lock()
