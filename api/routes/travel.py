"""Travel times and lines between places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.services import Services, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.formats.plain import parse_plain
from dispatch_engine.model.travel_question import TravelAnswer, TravelQuestion
from dispatch_engine.planner.limits import require_at_most
from dispatch_engine.planner.travel_answers import answer, require_meaning

if TYPE_CHECKING:
    from api.settings import Settings

QUESTION = Body(
    TravelQuestion,
    "The places, and the drives of which the line is wanted.",
    {
        "travel": {"source": "road", "network": "coquimbo"},
        "places": [{"id": "A", "lat": -29.95, "lon": -71.34}, {"id": "B", "lat": -29.91, "lon": -71.25}],
        "lines": [{"origin": "A", "destination": "B"}],
    },
)

router = APIRouter(prefix="/v1", tags=["travel"])


@router.post(
    "/travel",
    **route(
        Role.DISPATCHER,
        Role.PLANNER,
        Role.INTEGRATION,
        reads=QUESTION,
        answers={200: Body(TravelAnswer, "Durations, distances and lines.")},
    ),
)
async def travel(request: Request) -> Response:
    """Return how long drives between places take, how far they are, and where they lead along."""
    services = services_of(request)
    data = await json_body(request)
    return json_answer(await services.aside(lambda: _answered(data, services)))


def _answered(data: bytes, services: Services) -> bytes:
    question = parse_plain(TravelQuestion, data, "the question")
    require_meaning(question)
    _require_size(question, services.settings)
    return answer(question, services.sources.open(question.travel)).model_dump_json().encode()


def _require_size(question: TravelQuestion, settings: Settings) -> None:
    require_at_most(settings.max_travel_places, "places", len(question.places), "/places")
    require_at_most(settings.max_lines, "lines", len(question.lines), "/lines")
