"""The description of the API itself: for programs, and as a page for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from fastapi import APIRouter, Request, Response

from api.bodies import etag_of, json_answer, unless_known
from api.contract import Body, open_route, route
from api.manual.page import page_of, policy
from api.services import services_of
from dispatch_engine.access.roles import Role

if TYPE_CHECKING:
    from fastapi import FastAPI

router = APIRouter(tags=["health"])
EVERYBODY = tuple(role for role in Role if role is not Role.ADMIN)
HTML = "text/html"
DESCRIPTION = Body(None, "This description.")
PAGE = Body(None, "The page; it loads nothing.", None, HTML)


@router.get("/openapi.json", **route(*EVERYBODY, answers={200: DESCRIPTION, 304: "It is as known."}))
async def openapi(request: Request) -> Response:
    """Return the description of the API (OpenAPI 3.1)."""
    text = await services_of(request).aside(lambda: json.dumps(request.app.openapi(), ensure_ascii=False).encode())
    return unless_known(request, etag_of(text), json_answer(text))


@router.get("/docs", **open_route(answers={200: PAGE, 304: "It is as known."}))
async def manual(request: Request) -> Response:
    """Return this description as a page for people. It is the same for everybody and holds nothing of any board."""
    text = await services_of(request).aside(lambda: _page(request.app))
    answer = Response(text, headers={"Content-Security-Policy": policy()}, media_type=HTML)
    return unless_known(request, etag_of(text), answer)


def _page(app: FastAPI) -> bytes:
    """Return the page, which is made once."""
    if not hasattr(app.state, "manual"):
        app.state.manual = page_of(app.openapi()).encode()
    return cast("bytes", app.state.manual)
