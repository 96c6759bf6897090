"""No request body is read beyond the limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from api.errors import RequestError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses bodies that are larger than so many bytes, by what they say and by what they are.

    Parameters
    ----------
    app
        What reads the body; it sees a ``RequestError`` where the body goes on too long.
    max_bytes
        The largest body that passes.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the application answer, and count what it reads."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("Content-Length", "")
        left = self._max_bytes

        async def counted() -> Message:
            nonlocal left
            if length.isdecimal() and int(length) > self._max_bytes:
                raise RequestError("body_too_large", self._max_bytes)
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise RequestError("body_too_large", self._max_bytes)
            return message

        await self._app(scope, counted, send)
