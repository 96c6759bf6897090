"""Whether the server lives, whether it can work, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.bodies import json_answer
from api.contract import Body, open_route, route
from api.errors import RequestError
from api.schemas import Health
from api.services import services_of
from dispatch_engine import __version__
from dispatch_engine.access.roles import Role

router = APIRouter(tags=["health"])


@router.get("/healthz", **open_route(answers={200: Body(Health, "The server lives.")}))
async def healthz() -> Response:
    """Return at once; whoever cannot get this answer should restart the server."""
    return _answer("alive", {})


@router.get("/readyz", **open_route(answers={200: Body(Health, "The server can do its work.")}))
async def readyz(request: Request) -> Response:
    """Return whether the solver is compiled and the database answers; until then send requests elsewhere."""
    services = services_of(request)
    checks = await services.aside(services.readiness)
    if lacking := [name for name, is_ready in checks.items() if not is_ready]:
        raise RequestError("not_ready", lacking)
    return _answer("ready", checks)


@router.get(
    "/metrics",
    **route(Role.INTEGRATION, answers={200: Body(None, "Figures in the text format.", None, "text/plain")}),
)
async def metrics(request: Request) -> Response:
    """Return the server's figures for Prometheus."""
    text = await services_of(request).aside(services_of(request).metrics.text)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")


def _answer(status: str, checks: dict[str, bool]) -> Response:
    found = Health(status=status, checks=checks, version=__version__)
    return json_answer(found.model_dump_json().encode())
