"""Connections over HTTP that cost next to nothing, so that one process puts on a whole load."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httptools

OK = 200
_REVISION = re.compile(rb"^id: (\d+)\n", re.MULTILINE)


class ConnectionEndedError(Exception):
    """The server closed a connection before the answer was there."""


@dataclass(frozen=True)
class Endpoint:
    """Where a server is, and the key for it."""

    host: str
    port: int
    key: str

    @classmethod
    def of(cls, address: str, key: str) -> Endpoint:
        """Return the endpoint of an address such as http://127.0.0.1:8000."""
        parts = urlsplit(address)
        assert parts.hostname is not None
        assert parts.port is not None
        return cls(parts.hostname, parts.port, key)

    def request(self, method: str, target: str, body: bytes = b"") -> bytes:
        """Return a request as it is sent."""
        head = f"{method} {target} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAuthorization: Bearer {self.key}\r\n"
        about = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        return f"{head}{about}\r\n".encode() + body


class _Reading(asyncio.Protocol):
    """Hands the parts of answers on."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self.transport: asyncio.Transport | None = None
        self.is_ended = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    @property
    def status(self) -> int:
        status: int = self._parser.get_status_code()
        return status

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


class Connection(_Reading):
    """Sends one request after the other; see ``connected``."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__()
        self.endpoint = endpoint
        self._body = bytearray()
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @classmethod
    async def connected(cls, endpoint: Endpoint) -> Connection:
        """Return a connection that is open."""
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(lambda: cls(endpoint), endpoint.host, endpoint.port)
        return made

    async def ask(self, method: str, target: str, body: bytes = b"") -> tuple[int, bytes]:
        """Return status and body of the answer to a request.

        Raises
        ------
        ConnectionEndedError
            There is none.
        """
        assert self.transport is not None
        self._body.clear()
        self._answer = asyncio.get_running_loop().create_future()
        self.transport.write(self.endpoint.request(method, target, body))
        return await self._answer

    async def json(self, target: str) -> Any:
        """Return what is there, which is JSON."""
        status, body = await self.ask("GET", target)
        assert status == OK, body
        return json.loads(body)

    def on_body(self, part: bytes) -> None:
        """Keep a part of the answer."""
        self._body += part

    def on_message_complete(self) -> None:
        """Hand the answer over."""
        if self._answer is not None:
            self._answer.set_result((self.status, bytes(self._body)))

    def connection_lost(self, error: Exception | None) -> None:
        """Tell who waits that no answer will come."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionEndedError(str(error)))


class Stream(_Reading):
    """Follows a board, and notes the revisions that it is told and when; see ``following``."""

    def __init__(self, board: str) -> None:
        super().__init__()
        self.board = board
        self.begun: int | None = None
        """The revision after which it begins."""
        self.revisions: list[int] = []
        self.heard_s: list[float] = []
        """When each of them came, by the clock of ``time.perf_counter``."""
        self.n_bytes = 0
        self._rest = b""

    @classmethod
    async def following(cls, endpoint: Endpoint, board: str, after: int) -> Stream:
        """Return a stream that follows a board from a revision on."""
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(lambda: cls(board), endpoint.host, endpoint.port)
        assert made.transport is not None
        made.transport.write(endpoint.request("GET", f"/v1/boards/{board}/stream?after={after}"))
        return made

    @property
    def last(self) -> int | None:
        """The latest revision that it was told."""
        return self.revisions[-1] if self.revisions else self.begun

    def on_body(self, part: bytes) -> None:
        """Note the events that are whole."""
        self.n_bytes += len(part)
        whole, found, rest = (self._rest + part).rpartition(b"\n\n")
        self._rest = rest
        for revision in _REVISION.findall(whole + found):
            self._note(int(revision))

    def _note(self, revision: int) -> None:
        if self.begun is None:
            self.begun = revision
            return
        self.revisions.append(revision)
        self.heard_s.append(time.perf_counter())

    def connection_lost(self, error: Exception | None) -> None:
        """Note that nothing more will come."""
        self.is_ended = True
