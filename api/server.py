"""One server process: listens, prints where, and ends without cutting anybody off."""

from __future__ import annotations

import logging.config
import signal
import socket
import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

import uvicorn

from api.app import create_app
from api.beginning import begin_boards
from api.garbage import new_garbage_alone
from api.interpreter import SWITCH_S
from api.logs import log_config
from api.planners.process import Setup, Share
from api.stores import stores_of
from dispatch_engine.access.keys import KeyRequest, make_key
from dispatch_engine.access.roles import Role
from dispatch_engine.cli.terminal import say
from dispatch_engine.clock import PacedClock, now_at
from dispatch_engine.errors import SettingsError
from dispatch_engine.event_log.opening import open_database
from dispatch_engine.event_log.sql.migrating import upgrade
from dispatch_engine.webhooks.addresses import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from fastapi import FastAPI

    from api.settings import Settings
    from dispatch_engine.access.store import KeyStore

LOOPBACK = "127.0.0.1"

KEEP_ALIVE_S = 75
"""Idle connections stay open for longer than clients and proxies keep them, so that none is closed under a request."""


class Server(uvicorn.Server):
    """Tells the application that it is about to stop, so that streams end and the others can finish."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on Ctrl-C and SIGTERM, and end like any program that has done its work, so that all is closed."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: no new requests, those under way end, then the application."""
        self._app.state.services.streams.stop()
        await super().shutdown(sockets)


def run(settings: Settings, database_url: str) -> None:
    """Serve until a signal ends it.

    Raises
    ------
    SettingsError
        The address cannot be listened on.
    DatabaseError
        The database cannot be used.
    """
    logging.config.dictConfig(log_config(settings.log_level))
    database = open_database(database_url, create=True)
    try:
        upgrade(database)
        stores = stores_of(database)
        host = _host(settings, stores.keys)
        clock = _clock(settings)
        first = partial(begin_boards, settings, clock, None)
        planners = Setup(settings, database_url, clock, Share(0, settings.planners)) if settings.planners else None
        app = create_app(settings, stores, clock=clock, first=first, planners=planners)
        config = uvicorn.Config(
            app,
            http="httptools",
            loop="uvloop",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=int(settings.grace_seconds),
        )
        listening = _listen(host, settings.port)
        _greet(listening, _first_key(stores.keys))
        sys.setswitchinterval(SWITCH_S)
        with new_garbage_alone():
            Server(config, app).run([listening])
    finally:
        database.close()


def _clock(settings: Settings) -> Callable[[], datetime]:
    """Return the clock of the boards."""
    if settings.clock_start is None:
        return now_at
    return PacedClock(settings.clock_start, settings.clock_speed)


def _host(settings: Settings, keys: KeyStore) -> str:
    """Return where to listen: without a key that works, this machine alone."""
    if is_loopback(settings.host) or _has_key(keys):
        return settings.host
    say(
        f"no API key is set up, so the server listens on {LOOPBACK} alone instead of {settings.host}; "
        "make one with dispatch keys create, or use the one below, and start again"
    )
    return LOOPBACK


def _has_key(keys: KeyStore) -> bool:
    at = now_at()
    return any(key.revoked_at is None and not key.is_expired(at) for key in keys.all())


def _first_key(keys: KeyStore) -> str | None:
    """Make a key for whoever runs the server, where there is none that works; return it."""
    if _has_key(keys):
        return None
    made = make_key(KeyRequest(Role.ADMIN, now_at(), name="first key"))
    keys.add(made.key)
    return made.text


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with ExitStack() as undone:
            listening = undone.enter_context(socket.socket(family, kind))
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            undone.pop_all()
    except OSError as error:
        message = f"the server cannot listen on {host}, port {port}: {error.strerror}"
        raise SettingsError(message, value=port, advice="Maybe another program does already; try --port.") from error
    return listening


def _greet(listening: socket.socket, first_key: str | None) -> None:
    """Tell a person where the server is, and the first key."""
    host, port = listening.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    say(f"dispatch serves {address}")
    say(f"documentation of the API: {address}/docs, for programs {address}/openapi.json")
    if first_key is not None:
        say(f"first API key, an admin's, shown this once: {first_key}")
