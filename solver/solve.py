"""From a problem to its plan: search for columns, let CP-SAT combine them, go on, time and explain the best."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.bound.quick import lower_bound_ticks
from solver.explain import UnplannedReason, why_unplanned
from solver.master import Columns, MasterLimits, incumbent_columns, recombination
from solver.objective import Objective
from solver.search.team import Team
from solver.search.team_apart import ITERATIONS, TeamApart
from solver.search.worker import Ground
from solver.solution import Solution
from solver.stop import EarlyEnd, next_slice, paced
from solver.tables import build_tables
from solver.timetable import timed_route
from solver.validation import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solver.params import MasterParams, Params
    from solver.problem import Problem
    from solver.routing import Routing
    from solver.search.apart import Apart
    from solver.stop import Stop


SLICE_S, FIRST_SLICE = 0.01, 10
"""Seconds that a slice is to take where time is limited, and the iterations of the first: what goes on between two
slices takes as long as several iterations."""

LONGER_TOGETHER = 3
"""So many times longer is a slice of several threads, for they wait for each other at its end."""

SLICE_WORK, LONGEST_SLICE = 150_000, 400
"""Where iterations alone are limited a slice has fewer the more shifts and visits it looks at, and at most so many."""

FINEST = 0.005
"""A slice is no larger a share of a limit of iterations: the temperature falls and regions are drawn by that share."""


@dataclass(frozen=True)
class Progress:
    """How far the search is: cost of the best plan in ticks, visits it leaves out, iterations of all threads."""

    cost_ticks: int
    unplanned: int
    iterations: int


@dataclass(frozen=True)
class Result:
    """The plan, its prices, why visits are unplanned, the effort: ``iterations`` of all threads, ``columns`` collected.

    ``routings`` are the routes of all shifts with what each takes from where. ``bound_ticks`` is a proven lower bound
    on the cost of every plan, ``reached_gap`` whether it ended the search.
    """

    solution: Solution
    routings: tuple[Routing, ...]
    objective: Objective
    why: Mapping[int, tuple[UnplannedReason, ...]]
    iterations: int
    columns: int
    bound_ticks: int
    reached_gap: bool


def solve(
    problem: Problem,
    params: Params,
    stop: Stop,
    start: Sequence[Sequence[int]] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    apart: Apart | None = None,
) -> Result:
    """Find a cheap plan for a problem. The plan is feasible whatever the limit; what does not fit is unplanned.

    Parameters
    ----------
    problem
        What is to be planned.
    params
        Seed, threads and settings.
    stop
        When to end. A first plan is always made.
    start
        Stops of each shift to begin with (shape (n_shifts, any)), numbered as ``solver.stops`` does: the visits, and
        between them restocks; what is not feasible of them is left out.
    on_progress
        Called between slices of the search.
    apart
        Where regions of the plan are worked on, in place of threads here; not for meetings, which tie routes of several
        regions together.

    Raises
    ------
    ProblemError
        An array of the problem has a wrong shape, type or value.
    """
    validate(problem)
    run = _Run(problem, params, stop, on_progress, apart)
    run.begin(start if start is not None else [[] for _ in range(problem.n_shifts)])
    for until in run.stages():
        run.search(until)
        run.combine(until)
    run.raise_bound()
    return run.result()


def _iterations_of_a_slice(problem: Problem, region: int) -> int:
    shifts = min(problem.n_shifts, region)
    visits = problem.n_visits * shifts // max(1, problem.n_shifts)
    return max(10, min(LONGEST_SLICE, SLICE_WORK // (1 + visits + 10 * shifts)))


class _Run:
    """The searches of one call of ``solve`` and what they have found."""

    def __init__(
        self,
        problem: Problem,
        params: Params,
        stop: Stop,
        on_progress: Callable[[Progress], None] | None,
        apart: Apart | None,
    ) -> None:
        self.params, self.whole, self.on_progress = params, stop, on_progress
        self.stop = EarlyEnd(stop, params.bound.share) if params.bound else stop
        tables = build_tables(problem)
        self.ground = ground = Ground.of(problem, tables, params.search.neighbours)
        pool = params.master.pool if params.master else 0
        self.team = Team(ground, params, pool) if apart is None else TeamApart(ground, params, apart, self.stop)
        self.members = params.threads if apart is None else apart.size
        self.columns = Columns(problem, tables)
        self.bound_ticks = lower_bound_ticks(tables)
        self.iterations, self.cooled, self.pays_to_combine = 0, 0.0, True
        self.is_paced = apart is None and stop.seconds_left() is not None
        self.slice = FIRST_SLICE if self.is_paced else _iterations_of_a_slice(problem, params.search.region)
        self.slice_s = SLICE_S if params.threads == 1 else SLICE_S * LONGER_TOGETHER
        self.finest = FINEST
        if apart is not None:
            self.slice, self.finest = ITERATIONS, 1.0

    def begin(self, start: Sequence[Sequence[int]]) -> None:
        """Make the first plan."""
        self.team.start(start)
        self._report()

    def stages(self) -> list[float]:
        """Return the shares of the effort at which the master runs, and the end."""
        return [*(self.params.master.at if self.params.master else ()), 1.0]

    def search(self, until: float) -> None:
        """Let all searches run until a share of the effort is spent.

        They cool down from where they stood: what the master has taken of the time does not count.
        """
        if not self.ground.problem.n_visits:
            return
        since, cooled = self.stop.fraction(self.iterations), self.cooled
        with ThreadPoolExecutor(self.params.threads) as threads:
            while (begin := self.stop.fraction(self.iterations)) < until and not self.has_reached_gap():
                count = next_slice(self.stop, self.iterations, self.slice, self.finest)
                end = max(begin, self.stop.fraction(self.iterations + count))
                first, last = (cooled + (1.0 - cooled) * (at - since) / (1.0 - since) for at in (begin, end))
                left = self.stop.seconds_left()
                self.iterations += self.team.step(threads, count, first, last)
                self.cooled = last
                if self.is_paced:
                    self.slice = paced(count, (left or 0.0) - (self.stop.seconds_left() or 0.0), self.slice_s)
                self._report()
        self.team.agree()

    def has_reached_gap(self) -> bool:
        """Tell whether the best plan is proven to be within the gap that is asked for."""
        cost, gap = self.team.best_ticks, self.params.gap
        return gap is not None and cost - self.bound_ticks <= gap * abs(cost)

    def combine(self, until: float) -> None:
        """Recombine the columns of all searches, and let them go on from what comes of it.

        Where that was cut short, it is not tried again: there are too many routes, or too like ones, for the time.
        """
        params = self.params.master
        limits = self._master_limits(params, until) if params else None
        if params is None or limits is None or not self.pays_to_combine:
            return
        self.columns.add(self.team.take_columns())
        found = recombination(self.columns, self.team.best_routes(), params.columns, limits)
        self.pays_to_combine = not found.is_cut_short
        if found.routes is not None:
            self.team.adopt([[*routing.stops] for routing in found.routes])
        self._report()

    def raise_bound(self) -> None:
        """Look for a higher lower bound in the time that is left for it."""
        params, columns, tables = self.params.bound, self.columns, self.ground.tables
        if params is None or not columns.drop_ticks:
            return
        from solver.bound.column_generation import route_bound  # with kernels that a plan can do without
        from solver.bound.in_reach import parts_in_reach
        from solver.bound.known_routes import KnownRoute

        self.columns.add(self.team.take_columns())
        incumbent = incumbent_columns(self.ground.problem, tables, self.team.best_routes())
        plan, others = (
            [KnownRoute(column.shift, tuple(columns.visits(column)), column.ticks) for column in found]
            for found in (incumbent, columns.by_set.values())
        )
        known, threads = self.bound_ticks, self.params.threads
        tables = parts_in_reach(self.ground.problem, tables)
        self.bound_ticks = route_bound(tables, plan, others, params, threads, self.whole, known).ticks

    def _master_limits(self, params: MasterParams, until: float) -> MasterLimits | None:
        """Return the limits of the master's next run, None where it is not worth starting."""
        left = self.stop.seconds_left()
        if until >= 1.0 or self.stop.fraction(self.iterations) >= 1.0 or self.has_reached_gap():
            return None
        if left is not None and left < params.least_s:
            return None
        kept_s = 0.0 if left is None else left * (1.0 - params.share)

        def seconds_left() -> float:
            return max(0.0, (self.stop.seconds_left() or 0.0) - kept_s)

        timed = None if left is None else seconds_left
        return MasterLimits(timed, params.deterministic_s, self.params.threads, self.params.seed)

    def _report(self) -> None:
        if self.on_progress is not None:
            unplanned = self.ground.problem.n_visits - len(self.ground.problem.fact_visits) - self.team.planned
            self.on_progress(Progress(self.team.best_ticks, unplanned, self.iterations * self.members))

    def result(self) -> Result:
        """Time the best routes, price them, and say why the rest is unplanned."""
        problem, tables = self.ground.problem, self.ground.tables
        best = self.team.best_routes()
        routes = [timed_route(problem, tables, s, *routing) for s, routing in enumerate(best)]
        used = tuple(route for route in routes if route is not None and route.stops)
        planned = {stop.visit for route in used for stop in route.stops}
        unplanned = tuple(v for v in range(problem.n_visits) if v not in planned)
        objective = Objective(problem, tables)
        solution = Solution(used, unplanned, objective.cost_by_term(used, unplanned))
        why = why_unplanned(problem, tables, [routing.stops for routing in best], unplanned)
        return Result(
            solution=solution,
            routings=tuple(best),
            objective=objective,
            why=why,
            iterations=self.iterations * self.members,
            columns=len(self.columns.by_set),
            bound_ticks=self.bound_ticks,
            reached_gap=self.has_reached_gap(),
        )
