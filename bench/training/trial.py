"""One made instance, planned with some settings until so much processor time is spent, and checked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from bench.instances import translated
from bench.training.kinds import KINDS
from bench.training.settings import with_settings
from dispatch_engine.clock import Stopwatch
from dispatch_engine.kernels import prepare
from dispatch_engine.planner.stopping import TimeLimit
from solver.params import Params


class ProcessorWatch(Stopwatch):
    """Runs while this process computes: what else the machine does plays no part."""

    def __init__(self) -> None:
        self._began_s = time.process_time()

    @property
    def elapsed_s(self) -> float:
        """Seconds of processor time since it was made."""
        return time.process_time() - self._began_s


@dataclass(frozen=True)
class Asked:
    """An instance by family and seed, and how it is to be planned."""

    family: str
    seed: int
    time_limit_s: float
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a plan came to. ``cost`` is the family's measure, with the price of every request that is left out."""

    family: str
    seed: int
    time_limit: float
    settings: str
    cost: float
    unplanned: int
    iterations: int
    faults: tuple[str, ...] = ()


def trial(asked: Asked) -> Trial:
    """Make the instance, plan it by the ordinary translation and solver, and check the plan."""
    prepare()
    problem = translated(KINDS[asked.family](asked.seed).document(), Path.cwd())
    from solver.checker import check
    from solver.money import TICKS_PER_MILLI
    from solver.solve import solve

    params = with_settings(Params(seed=asked.seed), list(asked.settings))
    found = solve(problem, params, TimeLimit(asked.time_limit_s, ProcessorWatch()))
    return Trial(
        family=asked.family,
        seed=asked.seed,
        time_limit=asked.time_limit_s,
        settings=" ".join(f"{name}={value}" for name, value in asked.settings),
        cost=sum(found.solution.cost_by_term.values()) / (1000 * TICKS_PER_MILLI),
        unplanned=len(found.solution.unplanned),
        iterations=found.iterations,
        faults=tuple(violation.message for violation in check(problem, found.solution).violations),
    )
