"""A real HTTP server that takes webhooks, or does not, as a test wants."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAIT_S = 30.0


@dataclass
class Receiver:
    """What came, and how it is answered: ``answer`` gets the number of the request and returns a status."""

    answer: Callable[[int], int] = lambda _: 204
    poison: dict[int, int] = field(default_factory=dict)
    """Revisions that are answered with 500, so often."""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    release: threading.Event = field(default_factory=threading.Event)
    """Lets answers go that wait for it."""
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def revisions(self) -> list[int]:
        """The revisions that came, as often as they came."""
        said = [json.loads(body) for _, body in self.requests]
        return [each["data"]["revision"] for each in said if each["type"] == "board.revision"]

    def wait_for(self, count: int) -> None:
        """Wait for so many requests."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.requests) >= count, WAIT_S), self.requests

    def note(self, headers: dict[str, str], body: bytes) -> int:
        with self.changed:
            self.requests.append((headers, body))
            self.changed.notify_all()
            return 500 if self._is_poisoned(body) else self.answer(len(self.requests))

    def _is_poisoned(self, body: bytes) -> bool:
        revision = json.loads(body)["data"].get("revision")
        left = self.poison.get(revision, 0)
        self.poison[revision] = left - 1
        return left > 0


@contextmanager
def receiving(
    answer: Callable[[int], int] = lambda _: 204, port: int = 0, poison: dict[int, int] | None = None
) -> Iterator[Receiver]:
    """Listen until the block ends; then connections are refused."""
    receiver = Receiver(answer, poison or {})
    server = _Server(("127.0.0.1", port), _handler(receiver))
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        receiver.release.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that did not wait for an answer."""


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.note({name.lower(): value for name, value in self.headers.items()}, body)
            if status == 0:
                receiver.release.wait(WAIT_S)
                status = 204
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
