"""Plan a whole problem document, at once or as a job."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response

from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.queries import PlanQuery
from api.routes.jobs import JOB, job_answer
from api.schemas import sample_problem
from api.services import Services, key_of, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.options import PlanOptions
from dispatch_engine.planner.stateless import PlanWork

if TYPE_CHECKING:
    from dispatch_engine.jobs.job import Job

PROBLEM = Body(ProblemDocument, "A problem document.", sample_problem())
PLAN = Body(PlanDocument, "The plan; it has passed the checker.")
ASYNC = "respond-async"

router = APIRouter(prefix="/v1", tags=["planning"])


@router.post(
    "/plan",
    **route(Role.DISPATCHER, Role.PLANNER, Role.INTEGRATION, reads=PROBLEM, answers={200: PLAN, 202: JOB}),
)
async def plan_document(
    request: Request,
    query: Annotated[PlanQuery, Query()],
    prefer: Annotated[str, Header(max_length=200, description="`respond-async` asks for a job at once.")] = "",
) -> Response:
    """Plan the calls of a problem document.

    Answers with the plan if it is found in the time for which the server lets a request wait, else with a job
    (`202`), whose address is in the header `Location`. Where the client goes away before, the search ends.
    """
    services = services_of(request)
    data = await json_body(request)
    work = await services.aside(lambda: _work(data, query, services))
    job = services.jobs.submit(key_of(request).id, work)
    if not _waits(work, prefer, services.settings.sync_seconds):
        return job_answer(job, 202)
    if await _ended(job, request, services.settings.sync_seconds):
        services.jobs.forget(job)
        return json_answer(job.future.result())
    return job_answer(job, 202)


def _work(data: bytes, query: PlanQuery, services: Services) -> PlanWork:
    problem = parse_problem(data)
    effort = (query.time_limit_s, query.iterations, query.gap_pct, query.seed, query.threads)
    asked = PlanOptions(*effort, bound=query.bound)
    return PlanWork.of(problem, asked, services.limits, services.sources)


def _waits(work: PlanWork, prefer: str, sync_s: float) -> bool:
    """Whether the answer can be a plan: nobody asked for a job, and the search may end in time."""
    asked = {each.strip().lower() for each in prefer.split(",")}
    limit_s = work.options.time_limit_s
    return ASYNC not in asked and (work.options.iterations is not None or limit_s is None or limit_s <= sync_s)


async def _ended(job: Job, request: Request, seconds: float) -> bool:
    """Wait for a job; call it off where the client goes away. Return whether it ended in time."""
    future, gone = asyncio.wrap_future(job.future), asyncio.ensure_future(_gone(request))
    either: list[asyncio.Future[Any]] = [future, gone]
    try:
        await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        client_left = gone.done()
        gone.cancel()
    if client_left and not job.future.done():
        job.cancel()
        await asyncio.wait([future])
    return job.future.done()


async def _gone(request: Request) -> None:
    """Return once the client has gone away."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
