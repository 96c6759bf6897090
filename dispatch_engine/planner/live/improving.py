"""Search on from the running plan for a cheaper one. Importing this loads the solver's kernels.

All of it goes in short pieces: whoever repairs a plan in another thread meanwhile needs the interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.clock import Stopwatch
from dispatch_engine.planner.live.judging import Found, checked, priced, running_plan
from dispatch_engine.planner.live.leaving_out import left_out_anew
from dispatch_engine.planner.live.ledgers import Ledgers
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.planner.timeline import whole_s
from solver.master import Columns, MasterLimits, recombine
from solver.objective import Objective
from solver.params import MasterParams, SearchParams
from solver.search.worker import Ground, Search
from solver.stop import paced

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.policy import Policy
    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.options import EffectiveOptions

LEAST_GAIN = timedelta(minutes=1)
"""Another plan is worth the calls to those concerned where it is cheaper by so much work at the policy's price."""

WARM = SearchParams(hot=0.05)
"""The running plan is a good one: the search does not begin so hot that it would be lost."""

MASTER = MasterParams(columns=2000, pool=20_000)
"""Recombining takes a second or more in one piece, so that it is done once in a search that is long enough."""

SLICE_S = 0.025
"""So long a slice of the search lasts, about."""
FIRST_SLICE = 20
"""Iterations of the first one."""

COUNTED_SLICE = 200
"""Iterations of a slice where iterations are counted instead of seconds; the temperature falls evenly within."""


class Stopped(Exception):  # noqa: N818 -- nothing is wrong
    """Somebody has asked to stop."""


@dataclass(frozen=True)
class Effort:
    """How much of the time is up; asking raises ``Stopped`` once it is not wanted any more."""

    seconds: float
    stop: Callable[[], bool]
    watch: Stopwatch

    def go_on(self) -> None:
        """Raise where somebody has asked to stop."""
        if self.stop():
            raise Stopped

    @property
    def share(self) -> float:
        """The share of the time that is up."""
        return self.watch.elapsed_s / self.seconds if self.seconds > 0 else 1.0


def improved(
    running: RunningPlan, options: EffectiveOptions, stop: Callable[[], bool], seconds: float
) -> RunningPlan | None:
    """Return a plan that is cheaper by more than ``LEAST_GAIN``, None where none was found or somebody asks to stop.

    It is checked in full, and says anew why calls are left out.

    Raises
    ------
    PlanRejectedError
        What was found breaks a rule.
    """
    effort = Effort(seconds, stop, Stopwatch())
    try:
        return _better(running, _searched(running, options, effort), effort.go_on)
    except Stopped:
        return None


def improved_by(running: RunningPlan, options: EffectiveOptions, iterations: int) -> RunningPlan | None:
    """Return a plan as ``improved`` does, after so many iterations: the same one on every run, whatever the machine.

    Nothing is recombined: with the few iterations between two events there is nothing to recombine yet.

    Raises
    ------
    PlanRejectedError
        What was found breaks a rule.
    """
    search, done = _begun(running, options), 0
    while done < iterations:
        count = min(COUNTED_SLICE, iterations - done)
        search.step(count, done / iterations, (done + count) / iterations)
        done += count
    return _better(running, search, lambda: None)


def _better(running: RunningPlan, search: Search, go_on: Callable[[], None]) -> RunningPlan | None:
    if running.report.cost_ticks - search.best_ticks <= least_gain_ticks(running):
        return None
    return _judged(running, search, go_on)


def least_gain_ticks(running: RunningPlan) -> int:
    """Return what another plan must save."""
    policy: Policy = running.problem.policy
    return ticks_per_s(policy.prices.per_hour) * whole_s(LEAST_GAIN)


def _begun(running: RunningPlan, options: EffectiveOptions) -> Search:
    """Return a search that begins with the running plan."""
    problem, tables = running.translation.solver_problem, running.tables
    ground = Ground.of(problem, tables, WARM.neighbours)
    search = Search(ground, WARM, options.seed, 0, MASTER.pool)
    search.start([routing.stops for routing in running.routings])
    return search


def _searched(running: RunningPlan, options: EffectiveOptions, effort: Effort) -> Search:
    """Return a search that has gone on from the running plan until the time was up."""
    effort.go_on()
    search = _begun(running, options)
    recombine_at, count = list(MASTER.at), FIRST_SLICE
    while (begin := effort.share) < 1.0:
        effort.go_on()
        if recombine_at and begin >= recombine_at[0]:
            recombine_at.pop(0)
            _recombined(search, options, effort)
        began_s = effort.watch.elapsed_s
        search.step(count, begin, min(1.0, begin + SLICE_S / effort.seconds))
        count = paced(count, effort.watch.elapsed_s - began_s, SLICE_S)
    return search


def _recombined(search: Search, options: EffectiveOptions, effort: Effort) -> None:
    """Let CP-SAT recombine the routes that the search has accepted, where there is the time, and go on from there."""
    left_s = effort.seconds - effort.watch.elapsed_s
    if left_s < MASTER.least_s:
        return
    columns = Columns(search.ground.problem, search.ground.tables)
    columns.add(search.take_columns())
    until_s = effort.watch.elapsed_s + left_s * MASTER.share
    limits = MasterLimits(lambda: max(0.0, until_s - effort.watch.elapsed_s), MASTER.deterministic_s, 1, options.seed)
    effort.go_on()
    found = recombine(columns, search.best_routes(), MASTER.columns, limits, effort.stop)
    effort.go_on()
    if found is not None:
        search.adopt([routing.stops for routing in found])


def _judged(running: RunningPlan, search: Search, go_on: Callable[[], None]) -> RunningPlan:
    """Return the best plan of the search, checked in full."""
    routings = tuple(search.best_routes())
    found = Found(running.translation, running.tables, routings, Ledgers.of(routings))
    objective = Objective(running.translation.solver_problem, running.tables)
    same = {s: route for s, route in running.judged.items() if routings[s] == running.routings[s]}
    routes = priced(found, objective, same, go_on)
    report = checked(found, routes.solution, {}, go_on)
    unplanned = left_out_anew(found, routes.left_out, None, go_on)
    return running_plan(found, objective, routes, report, unplanned, running.routes, go_on)
