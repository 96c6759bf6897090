"""How hard to search: what the caller asks for, what the policy says, and what holds in the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.policy import Policy

DEFAULT_TIME_LIMIT_S = 10.0


@dataclass(frozen=True)
class PlanOptions:
    """What a caller asks for; None leaves it to the policy.

    Attributes
    ----------
    time_limit_s
        Seconds of search, at least 0.
    iterations
        Iterations of each thread.
    gap_pct
        Percent above the proven bound at which the search may end.
    bound
        Whether to prove how far the plan is from the best possible, which takes half of the time; else a quick bound
        does.
    seed
        Of the random numbers.
    threads
        Searches side by side.
    warm_start
        An earlier plan with whose routes the search begins.
    base_dir
        The document's folder; None is the working folder.
    """

    time_limit_s: float | None = None
    iterations: int | None = None
    gap_pct: float | None = None
    seed: int | None = None
    threads: int | None = None
    warm_start: PlanDocument | None = None
    base_dir: Path | None = None
    bound: bool = False


@dataclass(frozen=True)
class EffectiveOptions:
    """What holds; fields as in ``PlanOptions``. None: no such limit."""

    time_limit_s: float | None
    iterations: int | None
    gap_pct: float | None
    seed: int
    threads: int
    warm_start: PlanDocument | None
    base_dir: Path
    bound: bool = False


def effective_options(asked: PlanOptions, policy: Policy) -> EffectiveOptions:
    """Fill in what is not asked for: from the policy, else no gap, seed 0, one thread.

    Ten seconds are the limit where neither caller nor policy limits time or iterations; iterations alone are enough,
    so that the same seed gives the same plan on any machine.
    """
    stated = policy.solver
    time_limit_s, iterations = asked.time_limit_s, _first(asked.iterations, stated.iterations)
    if time_limit_s is None and stated.time_limit is not None and asked.iterations is None:
        time_limit_s = stated.time_limit.total_seconds()
    if time_limit_s is None and iterations is None:
        time_limit_s = DEFAULT_TIME_LIMIT_S
    return EffectiveOptions(
        time_limit_s=time_limit_s,
        iterations=iterations,
        gap_pct=asked.gap_pct if asked.gap_pct is not None else stated.gap_pct,
        seed=_first(asked.seed, stated.seed) or 0,
        threads=_first(asked.threads, stated.threads) or 1,
        warm_start=asked.warm_start,
        base_dir=asked.base_dir or Path.cwd(),
        bound=asked.bound,
    )


def _first(asked: int | None, stated: int | None) -> int | None:
    return stated if asked is None else asked
