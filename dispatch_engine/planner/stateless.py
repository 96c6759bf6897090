"""Plan a document that came from elsewhere, within the limits of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.planner.limits import bounded, require_size
from dispatch_engine.planner.options import effective_options
from dispatch_engine.planner.run import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.limits import PlanLimits
    from dispatch_engine.planner.options import EffectiveOptions, PlanOptions
    from dispatch_engine.planner.search import SearchState
    from dispatch_engine.travel.source import TravelSource


@dataclass(frozen=True)
class PlanWork:
    """The work of planning one document: a callable as jobs take it.

    Attributes
    ----------
    problem, options
        What to plan and how hard, within the limits.
    source
        Travel times.
    """

    problem: ProblemDocument
    options: EffectiveOptions
    source: TravelSource

    @classmethod
    def of(cls, problem: ProblemDocument, asked: PlanOptions, limits: PlanLimits, source: TravelSource) -> PlanWork:
        """Return the work.

        Raises
        ------
        TooManyError, EffortError
            It is more than the limits allow.
        """
        require_size(problem, limits)
        return cls(problem, bounded(effective_options(asked, problem.policy), limits), source)

    def __call__(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        """Return the plan document as text without white space."""
        found = plan(self.problem, self.options, tell, asked_to_stop, self.source)
        return found.model_dump_json(exclude_none=True).encode()
