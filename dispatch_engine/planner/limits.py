"""How much a server is willing to do for one plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dispatch_engine.model.paths import place_paths
from dispatch_engine.planner.errors import EffortError, TooManyError

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.options import EffectiveOptions


@dataclass(frozen=True)
class PlanLimits:
    """The most that one plan may take.

    Attributes
    ----------
    places
        Mentions of places in the document: matrices grow with their square.
    seconds
        Of search.
    threads
        Searches side by side.
    """

    places: int = 5_000
    seconds: float = 600.0
    threads: int = 8


def require_size(problem: ProblemDocument, limits: PlanLimits) -> None:
    """Refuse a document with too many places.

    Raises
    ------
    TooManyError
        It has more than the limit.
    """
    require_at_most(limits.places, "places", sum(1 for _ in place_paths(problem)))


def require_at_most(limit: int, what: str, found: int, pointer: str = "") -> None:
    """Refuse more than so many of something.

    Raises
    ------
    TooManyError
        There are more than the limit.
    """
    if found > limit:
        raise TooManyError(what, found, limit, pointer)


def bounded(options: EffectiveOptions, limits: PlanLimits) -> EffectiveOptions:
    """Return the options within the limits: without a time limit of its own, a search ends at that of the server.

    Raises
    ------
    EffortError
        More is asked for than the limits allow.
    """
    if options.threads > limits.threads:
        raise EffortError("the number of threads", options.threads, limits.threads)
    if options.time_limit_s is None:
        return replace(options, time_limit_s=limits.seconds)
    if options.time_limit_s > limits.seconds:
        raise EffortError("the time limit in seconds", options.time_limit_s, limits.seconds)
    return options
