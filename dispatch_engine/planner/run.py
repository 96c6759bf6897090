"""From a problem document to its plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.kernels import is_warm, prepare, warmup
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.plan import PlanWarning
from dispatch_engine.planner.answer import plan_document
from dispatch_engine.planner.sourcings import cut_warning
from dispatch_engine.planner.translate import translate
from dispatch_engine.planner.warm_start import warm_start
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.planner.search import SearchState
    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.travel.source import TravelSource


def plan(
    problem: ProblemDocument,
    options: EffectiveOptions,
    progress: Callable[[SearchState], None] | None = None,
    interrupt: Callable[[], bool] | None = None,
    source: TravelSource | None = None,
    pool: Pool | None = None,
) -> PlanDocument:
    """Plan the calls of a document.

    Parameters
    ----------
    problem
        A document without faults (``formats.documents`` reads no other).
    options
        Limits, seed, threads, and the earlier plan to begin with.
    progress
        Called between slices of the search.
    interrupt
        Asked between slices; true ends the search with the best plan so far.
    source
        Travel times; None opens what the document names.
    pool
        Where regions of the plan are worked on; None: by threads of this process.

    Raises
    ------
    NotDivisibleError, ScaleOutError
        Regions cannot be worked on apart.
    TravelError
        Travel times are not to be had.
    PlanRejectedError
        What was found breaks a rule; that is a fault of the engine.
    """
    prepare()
    if pool is not None:
        options = replace(options, threads=pool.size)
    translation = translate(problem, source or open_travel(problem.travel, options.base_dir))
    if not is_warm():
        warmup()
    if options.bound and not is_warm(bound=True):
        warmup(bound=True)
    from dispatch_engine.planner.search import search  # loads the kernels, which are to be found in their folder

    start, stale = (None, ()) if options.warm_start is None else warm_start(options.warm_start, translation)
    found = search(translation, options, start, progress, interrupt, pool)
    cut = cut_warning(translation.frame.ways)
    return plan_document(translation, options, found, (*document_warnings(problem), *cut, *stale))


def document_warnings(problem: ProblemDocument) -> tuple[PlanWarning, ...]:
    """Return what is worth knowing of the document itself."""
    return tuple(
        PlanWarning(code=each.code, message=f"{each.rule} {each.advice}", detail={"pointer": each.pointer})
        for each in warnings_of(problem)
    )
