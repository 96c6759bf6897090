"""How routes are declared: who may use them, what they read and answer, for the guard and for OpenAPI alike."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request

from api.services import services_of

if TYPE_CHECKING:
    from dispatch_engine.access.roles import Role

Mode = Literal["validation", "serialization"]
JSON = "application/json"
KEY_SCHEME = "key"
ROLES = "x-roles"
REFUSALS = "x-refusals"
MODEL = "x-model"
"""Marks a schema that stands for a model until the whole description is put together; see ``marked_model``."""


MODEL_BY_MARK: dict[str, tuple[type[BaseModel], Mode]] = {}
"""The models of all routes that are declared."""


def marked_model(model: type[BaseModel], mode: Mode) -> dict[str, Any]:
    """Return a schema that stands for a model as it is read or written."""
    mark = f"{model.__module__}.{model.__qualname__}:{mode}"
    MODEL_BY_MARK[mark] = model, mode
    return {MODEL: mark}


@dataclass(frozen=True)
class Body:
    """What is in a body.

    Attributes
    ----------
    model
        Its shape; None for text, and for an object of any shape.
    meaning
        What it is, in a few words.
    example
        One that works.
    media_type
        Its kind.
    """

    model: type[BaseModel] | None
    meaning: str
    example: Any = None
    media_type: str = JSON

    def content(self, mode: Mode) -> dict[str, Any]:
        """Return it in the words of OpenAPI."""
        plain = {"type": "object" if self.media_type == JSON else "string"}
        schema = plain if self.model is None else marked_model(self.model, mode)
        example = {} if self.example is None else {"example": self.example}
        return {self.media_type: {"schema": schema, **example}}


def route(
    *roles: Role,
    reads: Body | None = None,
    answers: Mapping[int, Body | str],
    code: int = 200,
    refusals: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Return the arguments of a route's decorator.

    Parameters
    ----------
    roles
        Who may use it, besides an admin; nobody else where none is given.
    reads
        The body of the request.
    answers
        What it answers by status, errors apart: a body, or the meaning of an answer without one.
    code
        The usual status.
    refusals
        Statuses of errors besides those that all such routes have.
    """
    extra: dict[str, Any] = {"security": [{KEY_SCHEME: []}], ROLES: ["admin", *sorted(roles)]}
    if refusals:
        extra[REFUSALS] = list(refusals)
    if reads is not None:
        extra["requestBody"] = {"required": True, "description": reads.meaning, "content": reads.content("validation")}
    return {
        "dependencies": [Depends(_door(frozenset(roles)))],
        "openapi_extra": extra,
        "responses": {status: _answer(body) for status, body in answers.items()},
        "response_model": None,
        "status_code": code,
    }


def open_route(answers: Mapping[int, Body | str]) -> dict[str, Any]:
    """Return the arguments of the decorator of a route that takes no key."""
    return {
        "openapi_extra": {"security": [], ROLES: []},
        "responses": {status: _answer(body) for status, body in answers.items()},
        "response_model": None,
    }


def _answer(body: Body | str) -> dict[str, Any]:
    if isinstance(body, str):
        return {"description": body}
    return {"description": body.meaning, "content": body.content("serialization")}


def _door(roles: frozenset[Role]) -> Callable[[Request], Awaitable[None]]:
    async def admit(request: Request) -> None:
        key = await services_of(request).doorkeeper.admit(request.headers.get("Authorization"), roles)
        request.state.key = key
        request.state.actor = key.actor

    return admit
