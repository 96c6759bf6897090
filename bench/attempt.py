"""A document planned by the ordinary planner, and the plan judged from its document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.isolated import peak_mb
from dispatch_engine.planner.errors import PlanRejectedError
from dispatch_engine.planner.judge import judge
from dispatch_engine.planner.options import effective_options
from dispatch_engine.planner.run import plan
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.options import PlanOptions


@dataclass(frozen=True)
class Attempt:
    """The plan, None where the engine's checker rejected what the search found, and the faults that the checker finds.

    ``peak_mb`` is the most memory that the process held until there was a plan.
    """

    found: PlanDocument | None
    faults: tuple[str, ...]
    peak_mb: float


def attempted(document: ProblemDocument, asked: PlanOptions) -> Attempt:
    """Plan a document and judge the plan, each from scratch."""
    options = effective_options(asked, document.policy)
    try:
        found = plan(document, options)
    except PlanRejectedError as error:
        return Attempt(None, tuple(violation.message for violation in error.violations), _held_mb())
    held_mb = _held_mb()
    verdict = judge(document, found, open_travel(document.travel, options.base_dir))
    return Attempt(found, tuple(finding.message for finding in verdict.findings), held_mb)


def _held_mb() -> float:
    return round(peak_mb(), 1)
