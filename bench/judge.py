"""The judge: every solver's visit sequences are timed, priced and checked by the same code.

A sequence says nothing about times: each route gets the cheapest timing of its order. A visit that breaks a rule at its
place in the sequence is counted as a violation and left out, as unplanned; the rest of the sequence goes on without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.checker import check
from solver.objective import Objective
from solver.solution import Solution
from solver.tables import build_tables
from solver.timetable import timed_route

if TYPE_CHECKING:
    from bench.peer import Routes
    from solver.problem import Ints, Problem
    from solver.solution import Route
    from solver.tables import Tables


@dataclass(frozen=True)
class Verdict:
    """The plan that came of a solver's sequences, what it costs, and how many of its visits broke a rule."""

    solution: Solution
    violations: int

    @property
    def cost_ticks(self) -> int:
        """The cost of the plan."""
        return self.solution.cost_ticks

    @property
    def unplanned(self) -> int:
        """The number of visits that are not planned."""
        return len(self.solution.unplanned)


class JudgeError(Exception):
    """The checker rejects a plan that the judge itself has put together."""


def judged(problem: Problem, routes: Routes) -> Verdict:
    """Time, price and check the visits of each shift.

    Raises
    ------
    JudgeError
        The checker finds fault with a plan from which all violations were taken out.
    """
    bench = _Judge(problem)
    timed = [bench.timed(shift, visits) for shift, visits in enumerate(routes)]
    used = tuple(route for route in timed if route is not None and route.stops)
    unplanned = tuple(v for v in range(problem.n_visits) if v not in bench.seen)
    costs = Objective(problem, bench.tables).cost_by_term(used, unplanned)
    solution = Solution(used, unplanned, costs)
    report = check(problem, solution)
    if not report.accepted:
        raise JudgeError(f"{len(report.violations)} faults, first: {report.violations[0].message}")
    return Verdict(solution, bench.violations)


class _Judge:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tables: Tables = build_tables(problem)
        self.left: Ints = problem.technicians.stock.copy()
        self.seen: set[int] = set(problem.fact_visits)
        self.violations = 0

    def timed(self, shift: int, visits: list[int]) -> Route | None:
        """Return the route of a shift, without the visits that break a rule."""
        technician = self.problem.shifts.technician[shift]
        supplied = [visit for visit in visits if self._take(visit, technician)]
        route = timed_route(self.problem, self.tables, shift, supplied)
        if route is None:
            route = self._mended(shift, supplied)
        kept = [] if route is None else list(route.visits)
        self.seen.update(kept)
        self.violations += len(visits) - len(kept)
        return route

    def _take(self, visit: int, technician: int) -> bool:
        """Tell whether a visit is not served yet and the van has its parts, and take them."""
        parts = self.problem.visits.parts[visit]
        if visit in self.seen or (parts > self.left[technician]).any():
            return False
        self.left[technician] -= parts
        return True

    def _mended(self, shift: int, visits: list[int]) -> Route | None:
        """Return the route of those visits that can be driven one after the other."""
        kept: list[int] = []
        for visit in visits:
            if timed_route(self.problem, self.tables, shift, [*kept, visit]) is not None:
                kept.append(visit)
        return timed_route(self.problem, self.tables, shift, kept)
