"""The documents of the API itself; those of the engine are in ``dispatch_engine.model``."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field

from dispatch_engine.jobs.job import JobStatus
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Id, Instant
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.comparison import ComparisonDocument


class FaultDocument(Model):
    """One fault of a document or parameter."""

    pointer: str
    """JSON pointer (RFC 6901) to the place; of a parameter: /query/name, /path/name or /header/name."""
    code: str
    value: str
    """What was found, as JSON, shortened."""
    rule: str
    advice: str


class Problem(Model):
    """An error (RFC 9457). Every code is explained in docs/errors.md."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    """Stands in the server's log, too."""
    advice: str | None = None
    pointer: str | None = None
    value: str | None = None
    faults: tuple[FaultDocument, ...] = ()
    """All that is wrong with the document or the parameters."""


class JobProgress(Model):
    """How far a search is."""

    cost: Decimal
    """Of the best plan so far."""
    unplanned: int
    iterations: int
    elapsed_s: float
    runs_done: int | None = None
    """Of a comparison: how many of its runs are done; the figures are those of the latest."""
    runs: int | None = None


class JobDocument(Model):
    """A job: a plan or a comparison that is being made."""

    id: Id
    status: JobStatus
    created_at: Instant
    progress: JobProgress | None = None
    problem: Problem | None = None
    """Of a job that failed: why."""
    plan: PlanDocument | None = None
    """Of a job that is done, or was cancelled while it was under way."""
    comparison: ComparisonDocument | None = None
    """The same, of a job that solves a scenario."""


class CheckRequest(Model):
    """A plan and the problem that it is to be judged against."""

    problem: ProblemDocument
    plan: PlanDocument


class FindingDocument(Model):
    """One rule that a plan breaks, or a figure that it states wrongly."""

    code: str
    message: str
    call: str | None = None
    technician: str | None = None
    shift: str | None = None


class Judgement(Model):
    """The outcome of a check."""

    accepted: bool
    is_same_problem: bool
    """Whether the plan was made for this very document."""
    findings: tuple[FindingDocument, ...] = ()


class Health(Model):
    """Whether the server lives, and what it can do."""

    status: str
    checks: dict[str, bool] = Field(default_factory=dict)
    version: str


def sample_problem() -> dict[str, Any]:
    """Return a small problem document that can be planned."""
    from dispatch_engine.catalogue.sample_day import SAMPLE_DAY

    return SAMPLE_DAY
