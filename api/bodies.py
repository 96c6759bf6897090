"""Reading the body of a request as it came, and answering with text that is JSON already."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.responses import Response

from api.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

JSON = "application/json"


async def json_body(request: Request) -> bytes:
    """Return the body, which says of itself that it is JSON.

    Raises
    ------
    RequestError
        It is another kind of content, compressed, or too large.
    """
    kind = request.headers.get("Content-Type", "")
    encoding = request.headers.get("Content-Encoding", "identity")
    if kind.partition(";")[0].strip().lower() != JSON:
        raise RequestError("media_type", kind or "no Content-Type")
    if encoding.lower() != "identity":
        raise RequestError("media_type", f"Content-Encoding {encoding}")
    return await request.body()


def json_answer(text: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON that is written already."""
    return Response(text, status, headers, JSON)


def etag_of(text: bytes) -> str:
    """Return a strong entity tag of a text."""
    return f'"{hashlib.sha256(text).hexdigest()[:32]}"'


def unless_known(request: Request, etag: str, answer: Response) -> Response:
    """Return the answer with its entity tag, or 304 where the client has it already."""
    given = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in given or "*" in given:
        return Response(status_code=304, headers=headers)
    answer.headers.update(headers)
    return answer
