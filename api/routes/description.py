"""The description of the API itself: for programs, and as a page for people."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response

from api.bodies import etag_of, json_answer, unless_known
from api.contract import Body, route
from api.services import services_of
from dispatch_engine.access.roles import Role

router = APIRouter(tags=["health"])
EVERYBODY = tuple(role for role in Role if role is not Role.ADMIN)


@router.get("/openapi.json", **route(*EVERYBODY, answers={200: Body(None, "This description.")}))
async def openapi(request: Request) -> Response:
    """Return the description of the API (OpenAPI 3.1)."""
    text = await services_of(request).aside(lambda: json.dumps(request.app.openapi(), ensure_ascii=False).encode())
    return unless_known(request, etag_of(text), json_answer(text))
