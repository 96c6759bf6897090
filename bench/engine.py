"""The engine itself, asked like a peer: one thread, compiled beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from bench.peer import Answer, Task
from bench.record import ALL_RULES, OURS
from bench.rules import RuleSet
from bench.trace import Trace
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
        watch, trace = Stopwatch(), Trace()
        stop = TimeLimit(task.time_limit_s, watch)
        result = solve(
            task.problem,
            Params(seed=task.seed),
            stop,
            on_progress=lambda progress: trace.add(watch.elapsed_s, progress.cost_ticks),
        )
        seconds = watch.elapsed_s
        routes: list[list[int]] = [[] for _ in range(task.problem.n_shifts)]
        for route in result.solution.routes:
            routes[route.shift] = list(route.visits)
        return Answer(
            routes,
            seconds,
            result.iterations,
            result.solution.cost_ticks,
            bound_ticks=result.bound_ticks,
            trace=trace.points,
        )
