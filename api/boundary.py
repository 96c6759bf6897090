"""The outermost layer: request id, headers, figures and a log line for every answer; no traceback passes it."""

from __future__ import annotations

import logging
import re
import secrets
from contextvars import ContextVar
from itertools import count
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from api.problems import internal_problem
from dispatch_engine.clock import Stopwatch

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from api.metrics import Metrics

REQUEST_ID = "X-Request-Id"
_RAW_REQUEST_ID = REQUEST_ID.lower().encode()
request_id_now: ContextVar[str | None] = ContextVar("request_id_now", default=None)
"""Id of the request that is being answered; log lines carry it."""

_PROCESS, _NUMBER = secrets.token_hex(4), count()
"""What new ids are made of: to ask the system for chance lets others have the interpreter, once for every request."""

_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECURITY = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
"""As ASGI has them; an answer may have others."""
_log = logging.getLogger("api.requests")


class Boundary:
    """Wraps an application; see the module.

    Parameters
    ----------
    app
        What answers.
    metrics
        Counts the answers.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await _Exchange(scope, send, self._metrics).run(self._app, receive)


class _Exchange:
    """One request and its answer."""

    def __init__(self, scope: Scope, send: Send, metrics: Metrics) -> None:
        self._scope = scope
        self._send = send
        self._metrics = metrics
        self._status: int | None = None
        self._watch = Stopwatch()
        self._seconds: float | None = None
        """Until the answer began: how long streams last says nothing."""
        self._id = _request_id(scope)

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        self._scope.setdefault("state", {})["request_id"] = self._id
        token = request_id_now.set(self._id)
        self._metrics.in_flight.inc()
        try:
            await app(self._scope, receive, self._sending)
        except Exception:  # the outermost frame: what is left is a fault of the program
            _log.exception("request failed", extra={"path": self._scope["path"]})
            if self._status is not None:
                raise  # the answer has begun; the server cuts the connection, so that nobody takes it for whole
            await internal_problem(self._id)(self._scope, receive, self._sending)
        finally:
            self._metrics.in_flight.dec()
            self._note()
            request_id_now.reset(token)

    async def _sending(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._seconds = message["status"], self._watch.elapsed_s
            given = [each for each in message.get("headers", ()) if each[0] != _RAW_REQUEST_ID]
            names = {name for name, _ in given}
            own = (_RAW_REQUEST_ID, self._id.encode())
            message["headers"] = [*given, own, *(each for each in _SECURITY if each[0] not in names)]
        await self._send(message)

    def _note(self) -> None:
        seconds = self._watch.elapsed_s if self._seconds is None else self._seconds
        route = getattr(self._scope.get("route"), "path", "none")
        method, status = self._scope["method"], self._status or 499
        self._metrics.note(method, route, status, seconds)
        about = {
            "method": method,
            "path": self._scope["path"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "actor": self._scope["state"].get("actor"),
        }
        _log.info("request", extra=about)


def _request_id(scope: Scope) -> str:
    """Return the id that the client gave, if it is well formed, else a new one."""
    given = Headers(scope=scope).get(REQUEST_ID, "")
    return given if _WELL_FORMED.fullmatch(given) else f"{_PROCESS}{next(_NUMBER):08x}"
