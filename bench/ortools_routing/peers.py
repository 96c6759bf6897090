"""The routing library as three peers: guided local search, the same as most people would write it, and SISR.

It can express skills, tools, territories and technicians as allowed vehicles, windows, release, service by technician,
breaks, overtime, wages from the shift's start or from departure, call-outs, prices of pairs, drop prices, limits,
parts, and one step of lateness for each visit. What it cannot is in ``RULES``. Two breaks of a shift may overlap before
departure in its view, so that its plan may turn out dearer than it states.

References
----------
Voudouris & Tsang (1999), guided local search; Christiaens & Vanden Berghe (2020), slack induction by string removals.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from bench.ortools_routing.facade import Found, Setting
from bench.ortools_routing.model import Ground, build
from bench.peer import Answer, Task
from bench.rules import (
    BUFFERS,
    DURATIONS,
    FAIRNESS,
    LATENESS_STEPS,
    PINS,
    RESERVES,
    RETIMING,
    SUPPLY,
    UNPAID_BREAKS,
    RuleSet,
)
from dispatch_engine.clock import Stopwatch

RULES = RuleSet(
    "routing", (SUPPLY, PINS, RETIMING, FAIRNESS, UNPAID_BREAKS, LATENESS_STEPS, DURATIONS, BUFFERS, RESERVES)
)

FIRST_SOLUTIONS = (
    "PARALLEL_CHEAPEST_INSERTION",
    "LOCAL_CHEAPEST_INSERTION",
    "LOCAL_CHEAPEST_COST_INSERTION",
    "PATH_CHEAPEST_ARC",
)

TRIED = tuple(Setting(name, schedules=schedules) for name in FIRST_SOLUTIONS for schedules in (True, False))
"""What is tried: strategies for a first solution, with and without exact timing of every neighbour."""

TRIAL_SHARE = 0.1
"""Each trial takes this share of the time limit; trials are not counted as the peer's time."""

FINALISTS = 2
"""So many of the settings tried get the whole time, each by itself; the cheapest plan is the peer's answer."""

PLAIN = (Setting("PARALLEL_CHEAPEST_INSERTION"),)
"""No trials. The library's own choice (AUTOMATIC) plans nothing at all in 10 s on days of 200 calls."""


class _Trial(NamedTuple):
    setting: Setting
    found: Found | None
    seconds: float

    @property
    def objective(self) -> float:
        return inf if self.found is None else self.found.objective


@dataclass(frozen=True)
class OrToolsRouting:
    """The library with one metaheuristic; of several settings those best in a short trial are given the whole time."""

    name: str
    settings: tuple[Setting, ...] = TRIED
    iterated: bool = False
    rules: RuleSet = RULES

    def answer(self, task: Task) -> Answer:
        """Try the settings shortly, then search with the best of them."""
        ground = Ground.of(task.problem)
        finals = [self._search(ground, task, setting, task.time_limit_s) for setting in self._finalists(ground, task)]
        best = min(finals, key=lambda final: final.objective)
        if best.found is None:
            return Answer([[] for _ in range(ground.nodes.n_shifts)], best.seconds, note="no solution")
        return Answer(
            best.found.routes,
            best.seconds,
            stated_ticks=ground.cost_ticks(best.found.objective),
            note=best.setting.words,
            trace=tuple((seconds, ground.cost_ticks(objective)) for seconds, objective in best.found.better),
        )

    def _finalists(self, ground: Ground, task: Task) -> list[Setting]:
        if len(self.settings) == 1:
            return list(self.settings)
        trials = [self._search(ground, task, each, task.time_limit_s * TRIAL_SHARE) for each in self.settings]
        return [trial.setting for trial in sorted(trials, key=lambda trial: trial.objective)[:FINALISTS]]

    def _search(self, ground: Ground, task: Task, setting: Setting, time_limit_s: float) -> _Trial:
        model = build(ground, task.seed)
        watch = Stopwatch()
        found = model.solve(setting, time_limit_s, iterated=self.iterated)
        return _Trial(setting, found, watch.elapsed_s)


PEERS = (
    OrToolsRouting("ortools-gls"),
    OrToolsRouting("ortools-plain", PLAIN),
    OrToolsRouting("ortools-ils", iterated=True),
)
