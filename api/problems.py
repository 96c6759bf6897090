"""Errors as problem documents (RFC 9457), the only form in which an error leaves the server."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from api.statuses import status_of
from dispatch_engine.access.errors import AccessError
from dispatch_engine.catalogue.faults import shown
from dispatch_engine.errors import DispatchError, DocumentErrors

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.errors import Fault

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:dispatch-engine:error:"

TITLE_BY_STATUS = {
    400: "The request cannot be read",
    401: "A valid API key is needed",
    403: "The key does not allow this",
    404: "There is no such thing",
    405: "Another method is needed",
    409: "It does not fit what is there",
    412: "It has changed meanwhile",
    413: "The body is too large",
    415: "Another kind of content is needed",
    422: "The request has faults",
    428: "A condition is needed",
    429: "Too many requests",
    500: "A fault of the program",
    502: "A service behind this one failed",
    503: "Not now",
}


def problem_of(error: DispatchError, request_id: str) -> dict[str, Any]:
    """Return an error as a problem document."""
    status = status_of(error)
    problem: dict[str, Any] = {
        "type": f"{TYPE_PREFIX}{error.code}",
        "title": TITLE_BY_STATUS[status],
        "status": status,
        "detail": error.message,
        "code": error.code,
        "request_id": request_id,
    }
    if error.advice:
        problem["advice"] = error.advice
    if error.pointer:
        problem["pointer"] = error.pointer
    if error.value is not None:
        problem["value"] = shown(error.value)
    if faults := faults_of(error):
        problem["faults"] = [fault.as_dict() for fault in faults]
    if isinstance(error, DocumentErrors):
        problem["detail"] = _count(error)
    return problem


def problem_response(error: DispatchError, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error as an answer, with the headers that belong to it."""
    problem = problem_of(error, request_id)
    text = json.dumps(problem, ensure_ascii=False).encode(errors="backslashreplace")
    return Response(text, problem["status"], {**_headers(error), **(headers or {})}, MEDIA_TYPE)


def internal_problem(request_id: str) -> Response:
    """Return the answer where the program is at fault: it tells nothing of what happened but where to look."""
    error = DispatchError(
        "something went wrong within the program", advice="Maybe report it with the request id, which its log names."
    )
    return problem_response(error, request_id)


def faults_of(error: DispatchError) -> tuple[Fault, ...]:
    """Return what an error lists, one by one."""
    found: tuple[Fault, ...] = getattr(error, "faults", ())
    return found


def _count(error: DocumentErrors) -> str:
    return f"{error.name} has {'1 fault' if len(error.faults) == 1 else f'{len(error.faults)} faults'}"


def _headers(error: DispatchError) -> dict[str, str]:
    if (retry_after_s := getattr(error, "retry_after_s", None)) is not None:
        return {"Retry-After": str(max(1, math.ceil(retry_after_s)))}
    if isinstance(error, AccessError) and status_of(error) == 401:
        return {"WWW-Authenticate": 'Bearer realm="dispatch-engine"'}
    return {}
