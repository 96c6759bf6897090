"""Plan a document that came from elsewhere, within the limits of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine import kernels
from dispatch_engine.planner.limits import bounded, require_size
from dispatch_engine.planner.options import effective_options
from dispatch_engine.planner.run import plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.limits import PlanLimits
    from dispatch_engine.planner.options import EffectiveOptions, PlanOptions
    from dispatch_engine.planner.search import SearchState
    from dispatch_engine.travel.permitted import PermittedSources


def get_ready() -> None:
    """Load the solver ahead of the first work, where it is compiled already."""
    if kernels.is_warm():
        import dispatch_engine.planner.search  # noqa: F401 - loads the kernels, which are to be found in their folder


@dataclass(frozen=True)
class PlanWork:
    """The work of planning one document: a callable as jobs take it, here or, pickled, in another process.

    Attributes
    ----------
    problem, options
        What to plan and how hard, within the limits.
    sources
        Travel times.
    """

    problem: ProblemDocument
    options: EffectiveOptions
    sources: PermittedSources

    @classmethod
    def of(
        cls, problem: ProblemDocument, asked: PlanOptions, limits: PlanLimits, sources: PermittedSources
    ) -> PlanWork:
        """Return the work.

        Raises
        ------
        TooManyError, EffortError
            It is more than the limits allow.
        TravelError
            The document names travel times that are not to be had.
        """
        require_size(problem, limits)
        sources.open(problem.travel)
        return cls(problem, bounded(effective_options(asked, problem.policy), limits), sources)

    def __call__(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        """Return the plan document as text without white space."""
        source = self.sources.open(self.problem.travel)
        found = plan(self.problem, self.options, tell, asked_to_stop, source)
        return found.model_dump_json(exclude_none=True).encode()
