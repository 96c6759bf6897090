"""The engine itself, asked like a peer: one thread, compiled beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from bench.peer import OURS, Answer, Task
from bench.report import ALL_RULES
from bench.rules import RuleSet
from dispatch_engine.clock import Stopwatch
from dispatch_engine.planner.stopping import TimeLimit
from solver.params import Params
from solver.solve import solve
from solver.stop import IterationLimit

EVERYTHING = RuleSet(ALL_RULES, ())


@dataclass(frozen=True)
class Engine:
    """``solver.solve`` under a time limit."""

    name: str = OURS
    rules: RuleSet = EVERYTHING

    def answer(self, task: Task) -> Answer:
        """Compile and load everything with a few iterations, then search."""
        solve(task.problem, Params(seed=task.seed), IterationLimit(20))
        watch = Stopwatch()
        result = solve(task.problem, Params(seed=task.seed), TimeLimit(task.time_limit_s, watch))
        seconds = watch.elapsed_s
        routes: list[list[int]] = [[] for _ in range(task.problem.n_shifts)]
        for route in result.solution.routes:
            routes[route.shift] = list(route.visits)
        return Answer(routes, seconds, result.iterations, result.solution.cost_ticks)
