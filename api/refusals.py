"""Turns what is raised while a request is answered into the problem document that leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.errors import RequestError
from api.problems import problem_response
from dispatch_engine.errors import DispatchError
from dispatch_engine.formats.plain import shape_faults
from dispatch_engine.model.base import Model

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response


def refuse_well(app: FastAPI) -> None:
    """Make an application answer errors as problem documents."""
    methods_by_path = list(_methods_by_path(app))

    async def of_engine(request: Request, error: Exception) -> Response:
        return problem_response(_as(DispatchError, error), request.state.request_id)

    async def of_parameters(request: Request, error: Exception) -> Response:
        found = shape_faults(Model, _as(RequestValidationError, error).errors())
        return problem_response(RequestError("parameter_faults", faults=found), request.state.request_id)

    async def of_framework(request: Request, error: Exception) -> Response:
        refused, path = _as(HTTPException, error), request.url.path
        headers = {}
        if refused.status_code == 405:
            allowed = {each for pattern, methods in methods_by_path if pattern.match(path) for each in methods}
            headers["Allow"] = ", ".join(sorted(allowed))
        return problem_response(_refusal(refused, request), request.state.request_id, headers)

    app.add_exception_handler(DispatchError, of_engine)
    app.add_exception_handler(RequestValidationError, of_parameters)
    app.add_exception_handler(HTTPException, of_framework)


def _refusal(refused: HTTPException, request: Request) -> RequestError:
    if refused.status_code == 404:
        return RequestError("route_unknown", request.url.path)
    if refused.status_code == 405:
        return RequestError("method_not_allowed", request.method)
    return RequestError("request_refused", refused.detail)


def _methods_by_path(app: FastAPI) -> Iterator[tuple[re.Pattern[str], set[str]]]:
    for context in iter_route_contexts(app.routes):
        if context.path is not None:
            yield compile_path(context.path)[0], context.methods or set()


def _as(kind: type[Any], error: Exception) -> Any:
    """Return an error as what its handler was registered for."""
    if not isinstance(error, kind):
        raise error
    return error
