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

from bench.ortools_routing.facade import Found, Setting
from bench.ortools_routing.model import Ground, build
from bench.peer import Answer, Task
from bench.rules import FAIRNESS, LATENESS_STEPS, PINS, RETIMING, UNPAID_BREAKS, RuleSet
from dispatch_engine.clock import Stopwatch

RULES = RuleSet("routing", (PINS, RETIMING, FAIRNESS, UNPAID_BREAKS, LATENESS_STEPS))

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

PLAIN = (Setting("PARALLEL_CHEAPEST_INSERTION"),)
"""No trials. The library's own choice (AUTOMATIC) plans nothing at all in 10 s on days of 200 calls."""


@dataclass(frozen=True)
class OrToolsRouting:
    """The library with one metaheuristic; of several settings the best in a short trial is given the whole time."""

    name: str
    settings: tuple[Setting, ...] = TRIED
    iterated: bool = False
    rules: RuleSet = RULES

    def answer(self, task: Task) -> Answer:
        """Try the settings shortly, then search with the best of them."""
        ground = Ground.of(task.problem)
        setting = self._best(ground, task)
        result, seconds = self._search(ground, task.seed, setting, task.time_limit_s)
        if result is None:
            return Answer([[] for _ in range(ground.nodes.n_shifts)], seconds, note="no solution")
        return Answer(result.routes, seconds, stated_ticks=ground.cost_ticks(result), note=setting.words)

    def _best(self, ground: Ground, task: Task) -> Setting:
        if len(self.settings) == 1:
            return self.settings[0]
        trial_s = task.time_limit_s * TRIAL_SHARE
        tried = {setting: self._search(ground, task.seed, setting, trial_s)[0] for setting in self.settings}
        found = {setting: trial.objective for setting, trial in tried.items() if trial is not None}
        return min(found, key=lambda setting: found[setting]) if found else self.settings[0]

    def _search(self, ground: Ground, seed: int, setting: Setting, time_limit_s: float) -> tuple[Found | None, float]:
        model = build(ground, seed)
        watch = Stopwatch()
        found = model.solve(setting, time_limit_s, iterated=self.iterated)
        return found, watch.elapsed_s


PEERS = (
    OrToolsRouting("ortools-gls"),
    OrToolsRouting("ortools-plain", PLAIN),
    OrToolsRouting("ortools-ils", iterated=True),
)
