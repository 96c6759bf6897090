"""Judge a plan against its problem."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.schemas import CheckRequest, FindingDocument, Judgement
from api.services import Services, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.formats.documents import parse_plan, parse_problem
from dispatch_engine.formats.members import parse_members
from dispatch_engine.planner.judge import judge
from dispatch_engine.planner.limits import require_size

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument

router = APIRouter(prefix="/v1", tags=["planning"])


@router.post(
    "/check",
    **route(
        Role.DISPATCHER,
        Role.PLANNER,
        Role.INTEGRATION,
        reads=Body(CheckRequest, "A problem document and a plan document."),
        answers={200: Body(Judgement, "What the checker says.", {"accepted": True, "is_same_problem": True})},
    ),
)
async def check_plan(request: Request) -> Response:
    """Derive every time, stock level and cost of a plan anew, and say which rules it breaks."""
    services = services_of(request)
    data = await json_body(request)
    return json_answer(await services.aside(lambda: _judged(data, services)))


def _judged(data: bytes, services: Services) -> bytes:
    both = parse_members(data, {"problem": parse_problem, "plan": parse_plan}, "the request")
    problem: ProblemDocument = both["problem"]
    plan: PlanDocument = both["plan"]
    require_size(problem, services.limits)
    verdict = judge(problem, plan, services.sources.open(problem.travel))
    findings = tuple(FindingDocument(**asdict(each)) for each in verdict.findings)
    found = Judgement(accepted=verdict.accepted, is_same_problem=verdict.is_same_problem, findings=findings)
    return found.model_dump_json(exclude_none=True).encode()
