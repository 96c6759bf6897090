"""The description of the API (OpenAPI 3.1), put together from the routes and the models of the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.contract import KEY_SCHEME, MODEL, MODEL_BY_MARK, REFUSALS, marked_model
from api.problems import MEDIA_TYPE, TITLE_BY_STATUS
from api.schema_names import REF, plainly_named, renamed
from api.schemas import Problem
from dispatch_engine import __version__

if TYPE_CHECKING:
    from fastapi import FastAPI
    from pydantic import BaseModel

    from api.contract import Mode

TAGS = [
    {"name": "planning", "description": "Plan and judge whole documents; the server remembers nothing of them."},
    {"name": "travel", "description": "How long drives take and where they lead along."},
    {"name": "boards", "description": "Live boards: what happens goes in, a checked plan comes out at once."},
    {"name": "webhooks", "description": "Programs that are told of every revision of a board."},
    {"name": "scenarios", "description": "What if: copies of boards with changes, solved, compared, and applied."},
    {"name": "health", "description": "Whether the server lives and works."},
]
DESCRIPTION = """Plan and dispatch field technicians.

Times are ISO 8601 with an offset, durations ISO 8601 or seconds, money decimal, places `lat` and `lon` in degrees.
Every answer has an `X-Request-Id`. Errors are problem documents (RFC 9457) with a `code` of the catalogue; all faults
of a document are listed at once, each with a JSON pointer to its place."""
KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "An API key, made by `dispatch keys create`. Which roles may use a route is listed as `x-roles`.",
}
OF_ALL = (401, 403, 429, 500, 502, 503)
OF_BODIES = (400, 413, 415, 422)
OF_COMMANDS = (409, 412, 422)
ONCE = "Idempotency-Key"
"""The header of requests that change a board."""
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application's routes."""
    described = get_openapi(
        title="Dispatch engine",
        version=__version__,
        description=DESCRIPTION,
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for _, operation in operations(described):
        _add_problems(operation)
    marks = list(_marked(described["paths"]))
    schema_by_model, definitions = _schemas({MODEL_BY_MARK[mark[MODEL]] for mark in marks})
    for mark in marks:
        mark.update(schema_by_model[MODEL_BY_MARK[mark.pop(MODEL)]])
    described["components"] = {"schemas": definitions, "securitySchemes": {KEY_SCHEME: KEY}}
    return described


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every operation of a description with its name, such as ``post /v1/plan``."""
    for path, item in described["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def _add_problems(operation: dict[str, Any]) -> None:
    """State the errors that any such route can answer with."""
    responses = operation["responses"]
    responses.pop("422", None)
    for status in sorted({*_statuses(operation)}):
        responses.setdefault(str(status), _problem(status))


def _statuses(operation: dict[str, Any]) -> Iterator[int]:
    parameters = operation.get("parameters", ())
    yield from (500, 503) if not operation["security"] else OF_ALL
    if "requestBody" in operation:
        yield from OF_BODIES
    if parameters:
        yield 422
    if any(each["in"] == "path" for each in parameters):
        yield 404
    if any(each["name"] == ONCE for each in parameters):
        yield from OF_COMMANDS
    yield from operation.get(REFUSALS, ())


def _problem(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": marked_model(Problem, "serialization")}}
    return {"description": f"{TITLE_BY_STATUS[status]}.", "content": content}


def _marked(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema that stands for a model."""
    if isinstance(value, dict):
        if MODEL in value:
            yield value
        for each in value.values():
            yield from _marked(each)
    elif isinstance(value, list):
        for each in value:
            yield from _marked(each)


def _schemas(
    models: set[tuple[type[BaseModel], Mode]],
) -> tuple[Mapping[Any, dict[str, Any]], dict[str, Any]]:
    """Return the reference to each model's schema, and all schemas."""
    ordered = sorted(models, key=lambda each: (each[0].__name__, each[1]))
    refs, whole = models_json_schema(ordered, ref_template=REF + "{model}")
    definitions, new_by_old = plainly_named(whole["$defs"])
    return {model: renamed(ref, new_by_old) for model, ref in refs.items()}, definitions
