"""Watch a job, fetch what came of it, call it off."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Request, Response

from api.bodies import json_answer
from api.boundary import request_id_now
from api.contract import Body, route
from api.problems import problem_of
from api.schemas import JobDocument, JobProgress, Problem
from api.services import key_of, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.errors import DispatchError
from dispatch_engine.jobs.job import JobStatus

if TYPE_CHECKING:
    from dispatch_engine.jobs.job import Job

JOB = Body(JobDocument, "The job; ask again at the address in the header Location.")
JobId = Annotated[str, Path(min_length=1, max_length=64, description="Id of the job.")]
RETRY_AFTER = {"Retry-After": "1"}
_log = logging.getLogger("api.jobs")

router = APIRouter(prefix="/v1/jobs", tags=["planning"])


@router.get("/{job}", **route(Role.DISPATCHER, Role.PLANNER, Role.INTEGRATION, answers={200: JOB}))
async def get_job(request: Request, job: JobId) -> Response:
    """Return how far a job is, and its plan or comparison once there is one."""
    return job_answer(_job(request, job), 200)


@router.delete(
    "/{job}",
    **route(
        Role.DISPATCHER,
        Role.PLANNER,
        Role.INTEGRATION,
        answers={202: JOB, 204: "It had ended and is forgotten."},
        code=202,
    ),
)
async def cancel_job(request: Request, job: JobId) -> Response:
    """Call a job off. One under way ends soon and keeps the best plan that it has; one that has ended is forgotten."""
    found = _job(request, job)
    if found.future.done():
        services_of(request).jobs.forget(found)
        return Response(status_code=204)
    found.cancel()
    return job_answer(found, 202)


def job_answer(job: Job, status: int) -> Response:
    """Return a job as it is now; its result is not read again, only handed on."""
    text = _described(job).model_dump_json(exclude_none=True).encode()
    if job.result is not None:
        text = text[:-1] + f',"{job.kind}":'.encode() + job.result + b"}"
    waiting = RETRY_AFTER if not job.future.done() else {}
    return json_answer(text, status, {"Location": f"/v1/jobs/{job.id}", **waiting})


def _job(request: Request, job: str) -> Job:
    """Return a job of the request's key; an admin sees those of everybody."""
    key = key_of(request)
    return services_of(request).jobs.get(job, None if key.role is Role.ADMIN else key.id)


def _described(job: Job) -> JobDocument:
    at, status = job.progress, job.status
    progress = None
    if at is not None:
        progress = JobProgress(**asdict(at))
    problem = _problem(job) if status is JobStatus.FAILED else None
    return JobDocument(id=job.id, status=status, created_at=job.created_at, progress=progress, problem=problem)


def _problem(job: Job) -> Problem:
    error = job.future.exception()
    if not isinstance(error, DispatchError):
        _log.error("job failed", exc_info=error, extra={"job": job.id})
        error = DispatchError("something went wrong within the program", advice="Maybe report it with the job's id.")
    return Problem.model_validate(problem_of(error, request_id_now.get() or ""))
